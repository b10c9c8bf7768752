// Importing tables: each row is taken as a whole or refused with the reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { newDraft, withAnswer } from "../assessment/draft";
import type { Checklist, Draft, ChecklistPageData, Item } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { translator } from "../assessment/translate";
import { viewOf } from "../assessment/assessment-view";
import { csvText, parseCsv, unescapeFormula } from "../assessment/csv";
import type { Cell, TableImport } from "../assessment/import-table";
import { importTable } from "../assessment/import-table";
import { exportRows } from "../assessment/export-rows";
import type { ToolWords } from "../tools/words";
import { ID, NOW } from "./sample";

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist: Checklist = checklistOf(read("page-data.json") as ChecklistPageData);
const { words } = read("joined.json") as { words: ToolWords };
const translate = translator(words.result);
const item = (id: string): Item => checklist.items.get(id) as Item;

/** A draft with a few answers. */
const draft: Draft = [
  (draft: Draft) => withAnswer(draft, item("rooms"), { content: ["hall"] }, checklist, NOW),
  (draft: Draft) => withAnswer(draft, item("guests"), { content: "12" }, checklist, NOW),
  (draft: Draft) => withAnswer(draft, item("purpose"), { content: "=SUM(1)", note: "'=as it was" }, checklist, NOW),
].reduce((draft, change) => change(draft), newDraft(checklist, ID, NOW));

const viewWords = { translate, kinds: new Map<string, string>(), officeOf: () => "" };

/** Imports the export of the draft after changes to its cells, by item and column. */
function importChanged(
  changes: Record<string, Record<string, string>> = {},
  formulas: string[] = [],
  merged: number[] = [],
  into: Draft = draft,
): TableImport | { headings: string[] } {
  const [head = [], ...rows] = exportRows(viewOf(into, checklist, viewWords), translate);
  const column = (name: string): number => head.indexOf(translate(`columns.${name}`));
  for (const row of rows) {
    const cells = changes[row[column("item")] ?? ""] ?? {};
    for (const [name, text] of Object.entries(cells)) row[column(name)] = text;
  }
  const back = (parseCsv(csvText([head, ...rows])) ?? []).map((row) =>
    row.map((text) => ({ text: unescapeFormula(text), formula: formulas.includes(text) })),
  );
  return importTable({ rows: back, merged: new Set(merged) }, into, checklist, translate);
}

const accepted = (result: ReturnType<typeof importChanged>): TableImport => {
  assert(!("headings" in result));
  return result;
};

test("an unchanged export changes nothing", () => {
  assert.deepEqual(accepted(importChanged()), { taken: [], refused: [], same: 6 });
});

test("changed cells are taken: choices, multiple choices, content, texts", () => {
  const changes = { rooms: { answer: "Garden\nHall" }, guests: { answer: "Not settled yet", note: "a\r\nb" } };
  const { taken, refused } = accepted(importChanged(changes));
  assert.deepEqual(refused, []);
  const changeByItem = new Map(taken.map((proposal) => [proposal.item, proposal.change]));
  assert.deepEqual(changeByItem.get("rooms"), { content: ["hall", "garden"] });
  assert.equal(changeByItem.get("guests")?.note, "a\nb");
  assert.equal(changeByItem.get("guests")?.value, "room-unsure");
});

test("full width in ids and numbers, and dates as spreadsheet programs write them, are read", () => {
  const dated = withAnswer(draft, item("day"), { content: "2026-04-01" }, checklist, NOW);
  const changes = { guests: { item: "ｇｕｅｓｔｓ", answer: "２６" }, day: { answer: "2026/4/1" } };
  const { taken, refused, same } = accepted(importChanged(changes, [], [], dated));
  assert.deepEqual([taken.map(({ item, change }) => [item, change.content]), refused], [[["guests", "26"]], []]);
  assert.equal(same, 6);
  const later = accepted(importChanged({ day: { answer: "２０２６年５月２０日" } }, [], [], dated));
  assert.deepEqual(later.taken, [{ row: 3, item: "day", change: { content: "2026-05-20" } }]);
});

test("decomposed texts are equal to composed ones", () => {
  const noted = withAnswer(draft, item("guests"), { note: "ガーデンで" }, checklist, NOW);
  const { taken, same } = accepted(importChanged({ guests: { note: "ガーデンで".normalize("NFD") } }, [], [], noted));
  assert.deepEqual([taken, same], [[], 6]);
});

test("a row with a cell that cannot be read is refused, naming the cell and what it holds", () => {
  const head = exportRows(viewOf(draft, checklist, viewWords), translate)[0] ?? [];
  const texts: Record<string, string> = { item: "guests", question: item("guests").question, answer: "#REF!" };
  const columns = Object.entries(texts).map(
    ([name, text]) => [head.indexOf(translate(`columns.${name}`)), text] as const,
  );
  const row: Cell[] = head.map((_title, index) => ({
    text: columns.find(([at]) => at === index)?.[1] ?? "",
    formula: false,
  }));
  const answer = row[head.indexOf(translate("columns.answer"))];
  assert(answer);
  answer.fault = { why: "cell-error", cell: "D2" };
  const rows = [head.map((text) => ({ text, formula: false })), row];
  const { refused } = accepted(importTable({ rows, merged: new Set() }, draft, checklist, translate));
  assert.deepEqual(refused, [{ row: 2, why: "cell-error", values: { cell: "D2", text: "#REF!" } }]);
});

test("an empty cell changes nothing", () => {
  assert.deepEqual(accepted(importChanged({ guests: { answer: "" }, purpose: { note: "" } })).taken, []);
});

test("rows are refused individually, with the reason", () => {
  const result = accepted(
    importChanged(
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
  assert.deepEqual(result.taken, []);
  assert.deepEqual(
    result.refused.map(({ row, why }) => [row, why]),
    [
      [2, "answer"],
      [4, "bad-number"],
      [5, "question"],
      [6, "content"],
      [7, "unknown-item"],
    ],
  );
});

test("formulas, merged cells, rows without an id and duplicate rows are refused", () => {
  const result = accepted(
    importChanged({ guests: { answer: "13" }, helpers: { item: "" }, notices: { item: "rooms" } }, ["13"], [2]),
  );
  assert.deepEqual(
    result.refused.map(({ row, why }) => [row, why]),
    [
      [3, "merged"],
      [4, "formula"],
      [6, "no-item"],
      [7, "again"],
    ],
  );
});

test("a table without the headings of the export is refused", () => {
  const rows = [["Question", "Note", "Note"].map((text) => ({ text, formula: false }))];
  const result = importTable({ rows, merged: new Set() }, draft, checklist, translate);
  assert("headings" in result);
  assert(result.headings.includes("Note") && result.headings.includes("Id") && !result.headings.includes("Question"));
});
