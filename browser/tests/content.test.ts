// Content: rows, attribution, content beside an answer, and the version of the format.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fieldFault } from "../assessment/content";
import {
  draftOf,
  mergeChanges,
  newDraft,
  partId,
  overlongTexts,
  withAnswer,
  withRespondent,
} from "../assessment/draft";
import { filteredItems, isLater } from "../assessment/filter";
import { migrateDraft } from "../assessment/migrate";
import type { AssessmentRecord, Draft, ChecklistPageData, Item, Row } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { readRecord } from "../assessment/read-file";
import { recordOf, recordText } from "../assessment/record";
import { newRow, rowsOf, withField, withMoved, withoutRow, withRow } from "../assessment/rows";
import { answer, ID, NOW } from "./sample";

const pageData = JSON.parse(readFileSync("../tests/vectors/page-data.json", "utf8")) as ChecklistPageData;
const checklist = checklistOf(pageData);
const item = (id: string): Item => checklist.items.get(id) as Item;
const blank = newDraft(checklist, ID, NOW);
const row = (number: number, fields: Record<string, string> = {}): Row => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  fields,
});
const change = (draft: Draft, id: string, answerChange: Parameters<typeof withAnswer>[2], now = NOW): Draft =>
  withAnswer(draft, item(id), answerChange, checklist, now);

test("rows are added, moved and restored without changing the others", () => {
  const rows = [row(1), row(2), row(3)];
  assert.deepEqual(
    withMoved(rows, row(1).id, 1).map(({ id }) => id),
    [row(2).id, row(1).id, row(3).id],
  );
  assert.equal(withMoved(rows, row(1).id, -1), rows);
  assert.equal(withMoved(rows, row(3).id, 1), rows);
  assert.equal(withMoved(rows, "gone", 1), rows);
  const left = withoutRow(rows, row(2).id);
  assert.equal(left[0], rows[0]);
  assert.deepEqual(withRow(left, row(2), 1), rows);
  assert.deepEqual(withRow([], row(2), 7), [row(2)]);
});

test("fields are in the order of the checklist, not in the order in which they were filled in", () => {
  const withHours = withField([row(1)], item("helpers"), row(1).id, "hours", "2");
  const withTask = withField(withHours, item("helpers"), row(1).id, "task", "a");
  assert.deepEqual(Object.keys(withTask[0]?.fields ?? {}), ["task", "hours"]);
  assert.deepEqual(withField(withTask, item("helpers"), row(1).id, "hours", "")[0]?.fields, { task: "a" });
});

test("a new row has a ready-made text and its choice", () => {
  const [first, second] = item("notices").ready?.texts ?? [];
  assert.deepEqual(newRow(item("notices"), "x", first).fields, { sort: "loud", wording: first?.text });
  assert.deepEqual(newRow(item("notices"), "x", second).fields, { wording: second?.text });
  assert.deepEqual(newRow(item("notices"), "x").fields, {});
});

test("an answer given instead of content keeps the content, and new content replaces it", () => {
  const entered = change(blank, "guests", { content: "12" });
  const instead = change(entered, "guests", { value: "room-unsure" });
  assert.deepEqual(
    [instead.answers.get("guests")?.value, instead.answers.get("guests")?.content],
    ["room-unsure", "12"],
  );
  const again = change(instead, "guests", { content: "13" });
  assert.deepEqual([again.answers.get("guests")?.value, again.answers.get("guests")?.content], ["", "13"]);
  assert.equal(change(entered, "guests", { content: null }).answers.size, 0);
  const rooms = change(change(blank, "rooms", { content: ["hall"] }), "rooms", { value: "no-room" });
  assert.equal(rooms.answers.get("rooms")?.content, undefined);
});

test("answers and changed rows are attributed while a respondent is named", () => {
  const first = change(withRespondent(blank, " 企画係 "), "helpers", { content: [row(1, { task: "a" })] });
  const rows = rowsOf(first.answers.get("helpers")?.content);
  const later = "2026-11-22T09:30:00.000Z";
  const second = change(
    withRespondent(first, "総務係"),
    "helpers",
    { content: [...rows, row(2, { task: "b" })] },
    later,
  );
  const attributions = rowsOf(second.answers.get("helpers")?.content).map((row) => [row.respondent, row.answered]);
  assert.deepEqual(attributions, [
    ["企画係", NOW],
    ["総務係", later],
  ]);
  assert.equal(second.answers.get("helpers")?.respondent, "総務係");
  const third = change(withRespondent(second, ""), "helpers", { note: "x" }, later);
  assert.equal(third.answers.get("helpers")?.respondent, undefined);
  assert.deepEqual(third.answers.get("helpers")?.content, second.answers.get("helpers")?.content);
});

test("two windows: the respondent is merged without undoing answers", () => {
  const base = change(blank, "purpose", { content: "x" });
  const mine = withRespondent(blank, "企画係");
  const merged = mergeChanges(base, mine, new Map([[partId("respondent"), undefined]]));
  assert.deepEqual(
    [merged.respondent, merged.answers.get("purpose")?.content, merged.updated],
    ["企画係", "x", base.updated],
  );
});

test("a file has the lowest version with its members, is read back, and is saved again as the same bytes", () => {
  assert.equal(recordOf(change(blank, "stewards", { value: "done" }), checklist).format_version, "1.0.0");
  const draft = change(withRespondent(blank, "企画係"), "helpers", { content: [row(1, { task: "𠮷野 \ud800" })] });
  const record = recordOf(draft, checklist);
  assert.equal(record.format_version, "1.1.0");
  assert.equal(rowsOf(record.answers["helpers"]?.content)[0]?.fields["task"], "𠮷野 \ufffd");
  const text = recordText(record);
  assert.deepEqual(readRecord(new TextEncoder().encode(text), checklist).record, JSON.parse(text));
  assert.equal(recordText(recordOf(draftOf(JSON.parse(text) as AssessmentRecord), checklist)), text);
});

test("texts inside rows over the limit are found before a file is made", () => {
  const draft = change(blank, "helpers", { content: [row(1, { task: "あ".repeat(20_001) })] });
  assert.deepEqual(overlongTexts(draft), [{ item: "helpers", length: 20_001 }]);
});

test("content that a question does not accept becomes an orphan, and is restored later", () => {
  const answers = new Map([
    ["day", answer("", { content: ["hall"] })],
    ["stewards", answer("", { content: "x" })],
  ]);
  const { draft, report } = migrateDraft({ ...blank, answers }, checklist);
  assert.deepEqual(report.setAside, ["day", "stewards"]);
  const withTextType = checklistOf({
    ...pageData,
    checklist: {
      ...pageData.checklist,
      digest: `sha256:${"1".repeat(64)}`,
      sections: pageData.checklist.sections.map((section) => ({
        ...section,
        items: section.items.map((item) => (item.id === "stewards" ? { ...item, type: "text" as const } : item)),
      })),
    },
  });
  assert.deepEqual(migrateDraft(draft, withTextType).report.restored, ["stewards"]);
});

test("the filter shows only questions that changed since the answered version", () => {
  const draft = { ...blank, checklist: { ...blank.checklist, carried_from: "1.0.0" } };
  const shown = filteredItems(checklist, draft, progressOf(checklist, draft.answers), {
    unanswered: false,
    changed: true,
    levels: new Set(),
  });
  assert.deepEqual([...shown], ["rooms"]); // contact is new as well, but not asked
  assert(isLater("1.10.0", "1.9.9") && !isLater("1.0.0", "1.0.0") && !isLater("0.9.0", "1.0.0"));
});

test("dates and numbers that are not valid", () => {
  const date = (text: string): string | undefined => fieldFault({ type: "date" }, text);
  assert.deepEqual(["2024-02-29", "2023-02-29", "2024-13-01", "0000-01-01", "tomorrow", ""].map(date), [
    undefined,
    "bad-date",
    "bad-date",
    "bad-date",
    "bad-date",
    undefined,
  ]);
  const number = (text: string): string | undefined => fieldFault({ type: "number", min: 0.5, max: 8 }, text);
  assert.deepEqual(["0.5", "8", "8.01", "-1", "1e1", "1,5", "ten"].map(number), [
    undefined,
    undefined,
    ...Array<string>(5).fill("bad-number"),
  ]);
  assert.equal(fieldFault({ type: "text", required: true }, " \n"), "missing");
});
