import assert from "node:assert/strict";
import { test } from "node:test";

import { entryPath, notFoundTarget, pathInVersion, isOlder, placeOf, type Versions } from "../versions/place";

const data: Versions = {
  versions: ["1.10.0", "1.9.0", "1.0.0"],
  languages: ["ja", "en"],
  pages: { "about/opening": "rules/borrowing#hours" },
  ids: { desk: "about/storage#desk" },
  since: { "about/storage": "1.9.0" },
  words: {},
};
const place = (version: string, page: string) => ({ version, language: "ja", page });

test("a path has version, language and page", () => {
  assert.deepEqual(placeOf("1.0.0/ja/rules/terms.html", data), place("1.0.0", "rules/terms"));
  assert.deepEqual(placeOf("latest/ja/index.html", data), place("1.10.0", "index"));
  assert.deepEqual(placeOf("latest/ja/", data), place("1.10.0", "index"));
  assert.deepEqual(placeOf("ja/rules/", data), place("", "rules/index"));
  assert.equal(placeOf("", data), null);
  assert.equal(placeOf("favicon.ico", data), null);
});

test("versions are compared by number", () => {
  assert.equal(isOlder("1.9.0", "1.10.0"), true);
  assert.equal(isOlder("1.10.0", "1.9.0"), false);
  assert.equal(isOlder("1.10.0", "1.10.0"), false);
});

test("the same page in another version", () => {
  assert.equal(
    pathInVersion(place("1.0.0", "rules/terms"), "1.10.0", "#loan", data),
    "latest/ja/rules/terms.html#loan",
  );
  assert.equal(pathInVersion(place("1.10.0", "rules/terms"), "1.0.0", "", data), "1.0.0/ja/rules/terms.html");
  assert.equal(pathInVersion(place("1.10.0", "about/storage"), "1.0.0", "", data), "1.0.0/ja/index.html");
  assert.equal(
    pathInVersion(place("1.0.0", "about/opening"), "1.10.0", "", data),
    "latest/ja/rules/borrowing.html#hours",
  );
  assert.equal(
    pathInVersion(place("1.0.0", "rules/roles"), "1.10.0", "#desk", data),
    "latest/ja/about/storage.html#desk",
  );
});

test("a language that the newest version does not have leads to its first language", () => {
  assert.equal(
    pathInVersion({ ...place("1.0.0", "index"), language: "fr" }, "1.10.0", "", data),
    "latest/ja/index.html",
  );
});

test("only moved entries are redirected, for any fragment", () => {
  assert.equal(entryPath("#desk", "en", data), "latest/en/about/storage.html#desk");
  for (const hash of ["#loan", "#", "", "#%E0%A4%A", "#constructor", "#__proto__"]) {
    assert.equal(entryPath(hash, "en", data), null);
  }
});

test("a missing page redirects to the newest version, or not at all", () => {
  assert.equal(notFoundTarget(place("1.0.0", "about/storage"), "", data), "latest/ja/about/storage.html");
  assert.equal(notFoundTarget(place("1.10.0", "about/opening"), "", data), "latest/ja/rules/borrowing.html#hours");
  assert.equal(notFoundTarget(place("1.10.0", "nothing"), "", data), null);
  assert.equal(notFoundTarget({ version: "a", language: "b", page: "c" }, "", data), null);
  assert.equal(notFoundTarget(null, "", data), null);
});
