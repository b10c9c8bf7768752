// Equality of data, which merging, undo and migration compare answers with.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";

import { canonicalJson } from "../assessment/canonical";
import { areEqual } from "../assessment/equality";

test("the order of members and members that are undefined make no difference", () => {
  assert(areEqual({ a: 1, b: [{ x: "x", y: "" }] }, { b: [{ y: "", x: "x" }], a: 1, i: undefined }));
  assert(!areEqual({ a: 1 }, { a: 1, b: null }));
  assert(!areEqual([], {}), "an array is no object");
  assert(!areEqual(["a", "b"], ["b", "a"]), "the order of an array counts");
  assert(!areEqual({ constructor: "x" }, {}), "names of the prototype are names like others");
  assert(!areEqual(undefined, ""));
  assert(areEqual(new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]])));
  assert(!areEqual(new Map([["a", { b: 1 }]]), new Map([["a", { b: 2 }]])));
});

test("data is equal where its canonical form is", () => {
  const data = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(data, data, (value, other) => {
      assert(areEqual(value, structuredClone(value)));
      assert.equal(areEqual(value, other), canonicalJson(value) === canonicalJson(other));
    }),
  );
});
