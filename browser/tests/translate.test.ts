// The words of the form: the same in every language, all there, none left over.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { Strings } from "../assessment/model";
import { translator } from "../assessment/translate";
import { randomUuid } from "../shared/uuid";

const LOCALES = "../generator/tebiki/locales";
const LANGUAGES = readdirSync(LOCALES).filter((name) => /^[a-z-]+$/i.test(name)); // beside Python files

/** Messages by dotted key. The files are plain nested mappings of quoted strings: no YAML parser needed. */
function messages(language: string, files: readonly string[] = ["form", "form_tools"]): Map<string, string> {
  const found = new Map<string, string>();
  let group = "";
  const text = files.map((name) => readFileSync(`${LOCALES}/${language}/${name}.yml`, "utf8")).join("\n");
  for (const line of text.split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const match = /^( *)"?([\w-]+)"?:(?: (".*"))?$/.exec(line);
    assert(match, `${language}: ${line}`);
    const [, indent, key, value] = match;
    if (value === undefined) {
      group = `${key}.`;
      assert(![...found.keys()].some((one) => one.startsWith(group)), `${language}: two groups ${group}`);
    } else found.set(indent === "" ? String(key) : group + key, JSON.parse(value) as string);
  }
  return found;
}

const japanese = messages("ja");
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test("every language has the same messages with the same places to fill", () => {
  for (const language of LANGUAGES) {
    const others = messages(language);
    assert.deepEqual([...others.keys()], [...japanese.keys()], language);
    for (const [key, text] of others) {
      assert.deepEqual(placeholders(text), placeholders(japanese.get(key) ?? ""), `${language}: ${key}`);
    }
  }
});

test("every message that is used is there, and every message that is there is used", () => {
  const sources = ["assessment", "form", "shared", "storage", "tools"]
    .flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8")))
    .join("\n");
  const template = readFileSync("../generator/tebiki/compiling/templates/checklist_form.html.jinja", "utf8");
  const inScript = [...sources.matchAll(/\btranslate\(\s*(?:\w+ \? )?"([\w.-]+)"(?: : "([\w.-]+)")?/g)].flatMap(
    (match) => [match[1], match[2]],
  );
  const inTemplate = [...template.matchAll(/\bwords\.(\w+)(?:\.(\w+)|\["([\w-]+)"\])/g)].map(
    (match) => `${match[1]}.${match[2] ?? match[3]}`,
  );
  // The modules of assessment/ translate the messages of reports as well.
  const known = new Set([...japanese.keys(), ...messages("ja", ["result"]).keys()]);
  for (const key of [...inScript, ...inTemplate]) {
    if (key) assert(known.has(key) || [...known].some((name) => name.startsWith(key)), `no message: ${key}`);
  }
  // Keys that are put together from a part known only when the form runs, and what Python shows.
  const composed =
    /^(errors|hints|state|storage|left|question\.evidence-|panel\.(file-|label|list|respondent)|rows|result-ok|keep|delete|open|report|twin|save|steps|hub|saving|exporting|comparing|merging|planning|importing|history|starting)\b/;
  const used = new Set([...inScript, ...inTemplate]);
  for (const key of japanese.keys()) assert(used.has(key) || composed.test(key), `not used: ${key}`);
});

test("messages are filled from own values only, and a missing one shows its key", () => {
  const strings = { a: { b: "{x} and {toString}" } } as Strings;
  const t = translator(strings);
  assert.equal(t("a.b", { x: 1 }), "1 and {toString}");
  assert.equal(t("a.toString"), "a.toString");
});

test("random ids are UUIDs of version 4, also where crypto.randomUUID is missing", () => {
  const source = { getRandomValues: crypto.getRandomValues.bind(crypto) };
  assert.match(randomUuid(source), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(randomUuid(source), randomUuid(source));
});
