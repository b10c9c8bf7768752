// Tables filled in elsewhere: each row is taken whole or refused with its reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { newDraft, withAnswer } from "../assessment/draft";
import type { Checklist, Draft, ChecklistPageData, Item } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { translator } from "../assessment/translate";
import { viewOf } from "../assessment/assessment-view";
import { csvText, parseCsv, unescapeFormula } from "../assessment/csv";
import type { TableImport } from "../assessment/import-table";
import { importTable } from "../assessment/import-table";
import { exportRows } from "../assessment/export-rows";
import type { ToolWords } from "../tools/words";
import { ID, NOW } from "./sample";

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist: Checklist = checklistOf(read("page-data.json") as ChecklistPageData);
const { words } = read("joined.json") as { words: ToolWords };
const r = translator(words.result);
const item = (id: string): Item => checklist.items.get(id) as Item;

/** A draft in which little is answered. */
const draft: Draft = [
  (one: Draft) => withAnswer(one, item("rooms"), { content: ["hall"] }, checklist, NOW),
  (one: Draft) => withAnswer(one, item("guests"), { content: "12" }, checklist, NOW),
  (one: Draft) => withAnswer(one, item("purpose"), { content: "=SUM(1)", note: "'=as it was" }, checklist, NOW),
].reduce((one, change) => change(one), newDraft(checklist, ID, NOW));

/** The export of the draft, with some cells changed: by item and column. */
function table(
  changes: Record<string, Record<string, string>> = {},
  formulas: string[] = [],
  merged: number[] = [],
): TableImport | { headings: string[] } {
  const [head = [], ...rows] = exportRows(
    viewOf(draft, checklist, { translate: r, kinds: new Map(), officeOf: () => "" }),
    r,
  );
  const column = (name: string): number => head.indexOf(r(`columns.${name}`));
  for (const row of rows) {
    const cells = changes[row[column("item")] ?? ""] ?? {};
    for (const [name, text] of Object.entries(cells)) row[column(name)] = text;
  }
  const back = (parseCsv(csvText([head, ...rows])) ?? []).map((row) =>
    row.map((text) => ({ text: unescapeFormula(text), formula: formulas.includes(text) })),
  );
  return importTable({ rows: back, merged: new Set(merged) }, draft, checklist, r);
}

const whole = (found: ReturnType<typeof table>): TableImport => {
  assert(!("headings" in found));
  return found;
};

test("an export that nobody changed changes nothing", () => {
  assert.deepEqual(whole(table()), { taken: [], refused: [], same: 6 });
});

test("what was filled in is taken: choices, several of them, words, texts", () => {
  const changes = { rooms: { answer: "Garden\nHall" }, guests: { answer: "Not settled yet", note: "a\r\nb" } };
  const { taken, refused } = whole(table(changes));
  assert.deepEqual(refused, []);
  const found = new Map(taken.map((one) => [one.item, one.change]));
  assert.deepEqual(found.get("rooms"), { content: ["hall", "garden"] });
  assert.equal(found.get("guests")?.note, "a\nb");
  assert.equal(found.get("guests")?.value, "room-unsure");
});

test("an empty cell changes nothing", () => {
  assert.deepEqual(whole(table({ guests: { answer: "" }, purpose: { note: "" } })).taken, []);
});

test("rows are refused one by one, with the reason", () => {
  const found = whole(
    table(
      {
        rooms: { answer: "Cellar" },
        guests: { answer: "many", note: "not taken either" },
        purpose: { question: "Something else?" },
        helpers: { answer: "Me" },
        notices: { item: "mou-review" },
      },
      [],
    ),
  );
  assert.deepEqual(found.taken, []);
  assert.deepEqual(
    found.refused.map(({ row, why }) => [row, why]),
    [
      [2, "answer"],
      [4, "bad-number"],
      [5, "question"],
      [6, "content"],
      [7, "unknown-item"],
    ],
  );
});

test("formulas, merged cells, rows without an id and rows that come twice are refused", () => {
  const found = whole(
    table({ guests: { answer: "13" }, helpers: { item: "" }, notices: { item: "rooms" } }, ["13"], [2]),
  );
  assert.deepEqual(
    found.refused.map(({ row, why }) => [row, why]),
    [
      [3, "merged"],
      [4, "formula"],
      [6, "no-item"],
      [7, "again"],
    ],
  );
});

test("headings that are not those of the export refuse the table", () => {
  const rows = [["Question", "Note", "Note"].map((text) => ({ text, formula: false }))];
  const found = importTable({ rows, merged: new Set() }, draft, checklist, r);
  assert("headings" in found);
  assert(found.headings.includes("Note") && found.headings.includes("Id") && !found.headings.includes("Question"));
});
