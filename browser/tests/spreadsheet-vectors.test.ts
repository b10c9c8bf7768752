// Texts that a spreadsheet could run as a formula. Python is tested with the same vectors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { csvText, escapeFormula, parseCsv, unescapeFormula } from "../assessment/csv";

const vectors = JSON.parse(readFileSync("../tests/vectors/spreadsheet.json", "utf8")) as {
  text: string;
  safe: string;
}[];

test("formulas are escaped and other texts stay", () => {
  for (const { text, safe } of vectors) assert.equal(escapeFormula(text), safe);
});

test("the text comes back from what was escaped, except for NUL", () => {
  for (const { text, safe } of vectors) assert.equal(unescapeFormula(safe), text.replaceAll("\0", "\u2400"));
});

test("CSV contains the escaped texts", () => {
  for (const { text, safe } of vectors) assert.deepEqual(parseCsv(csvText([[text, "end"]])), [[safe, "end"]]);
});
