// Tables that spreadsheet programs save as text. Python is tested with the same vectors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { comparable, foldWidth, isoDate, readTextTable } from "../assessment/table-file";

const vectors = JSON.parse(readFileSync("../tests/vectors/tables.json", "utf8")) as {
  tables: { case: string; bytes: string; rows?: string[][]; kind?: string }[];
  ids: { text: string; folded: string }[];
};
const HEADINGS = ["ID", "質問", "回答"];
const isHeading = (titles: readonly string[]): boolean =>
  HEADINGS.every((heading) => titles.map(comparable).includes(heading));

for (const { case: name, bytes, rows, kind } of vectors.tables) {
  test(name, () => {
    const result = readTextTable(
      Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0)),
      isHeading,
    );
    assert.deepEqual(result, rows ? { rows } : { kind });
  });
}

test("full width is folded in ids and numbers", () => {
  for (const { text, folded } of vectors.ids) assert.equal(foldWidth(text), folded);
});

test("dates as spreadsheet programs write them", () => {
  for (const text of [
    "2026/4/1",
    "2026-4-1",
    "2026.04.01",
    "２０２６／４／１",
    "2026年4月1日",
    "2026/04/01 0:00",
    "2026-04-01",
  ])
    assert.equal(isoDate(text), "2026-04-01");
  for (const text of ["4/1/2026", "2026/4-1", "2026", "46113", "2026/4/1 9:30", "26/4/1"])
    assert.equal(isoDate(text), text);
});
