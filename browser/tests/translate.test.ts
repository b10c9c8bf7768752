// The messages of the form: the same in all languages, complete, and all used.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import type { Strings } from "../assessment/model";
import { translator } from "../assessment/translate";
import { randomUuid } from "../shared/uuid";

const LOCALES = "../generator/tebiki/locales";
const LANGUAGES = readdirSync(LOCALES).filter((name) => /^[a-z-]+$/i.test(name)); // beside Python files

/** Messages by dotted key. The files are plain nested mappings of quoted strings: no YAML parser needed. */
function readMessages(language: string, files: readonly string[] = ["form", "form_tools"]): Map<string, string> {
  const readMessages = new Map<string, string>();
  let group = "";
  const text = files.map((name) => readFileSync(`${LOCALES}/${language}/${name}.yml`, "utf8")).join("\n");
  for (const line of text.split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const match = /^( *)"?([\w-]+)"?:(?: (".*"))?$/.exec(line);
    assert(match, `${language}: ${line}`);
    const [, indent, key, value] = match;
    if (value === undefined) {
      group = `${key}.`;
      assert(![...readMessages.keys()].some((key) => key.startsWith(group)), `${language}: two groups ${group}`);
    } else readMessages.set(indent === "" ? String(key) : group + key, JSON.parse(value) as string);
  }
  return readMessages;
}

const japanese = readMessages("ja");
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test("all languages have the same messages with the same placeholders", () => {
  for (const language of LANGUAGES) {
    const others = readMessages(language);
    assert.deepEqual([...others.keys()], [...japanese.keys()], language);
    for (const [key, text] of others) {
      assert.deepEqual(placeholders(text), placeholders(japanese.get(key) ?? ""), `${language}: ${key}`);
    }
  }
});

test("all used messages exist, and all messages are used", () => {
  const sources = ["assessment", "form", "navigation", "shared", "storage", "tools"]
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
  const knownKeys = new Set([...japanese.keys(), ...readMessages("ja", ["result"]).keys()]);
  for (const key of [...inScript, ...inTemplate]) {
    if (key) assert(knownKeys.has(key) || [...knownKeys].some((name) => name.startsWith(key)), `no message: ${key}`);
  }
  // Keys that are composed at run time, and messages that Python shows.
  const composed =
    /^(errors|hints|state|storage|left|question\.evidence-|content\.bad-|formats|panel\.(file-|label|list|respondent|delete)|rows|result-ok|keep|delete|open|report|twin|save|steps|hub|saving|exporting|comparing|merging|planning|subject|importing|history|starting|role|tabs|reuse-left|outline)\b/;
  const used = new Set([...inScript, ...inTemplate]);
  for (const key of japanese.keys()) assert(used.has(key) || composed.test(key), `not used: ${key}`);
});

test("placeholders are filled from own properties only, and a missing message appears as its key", () => {
  const strings = { a: { b: "{x} and {toString}" } } as Strings;
  const translate = translator(strings);
  assert.equal(translate("a.b", { x: 1 }), "1 and {toString}");
  assert.equal(translate("a.toString"), "a.toString");
});

test("random ids are UUIDs of version 4, also where crypto.randomUUID is missing", () => {
  const source = { getRandomValues: crypto.getRandomValues.bind(crypto) };
  assert.match(randomUuid(source), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(randomUuid(source), randomUuid(source));
});
