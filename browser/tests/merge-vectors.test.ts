// Merging, comparing and exporting, with the test vectors of the Python code (tests/vectors/make_joined.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { draftOf } from "../assessment/draft";
import type { AssessmentRecord, ChecklistPageData } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { readRecord } from "../assessment/read-file";
import { recordOf, recordText } from "../assessment/record";
import { translator } from "../assessment/translate";
import { viewOf } from "../assessment/assessment-view";
import type { Change } from "../assessment/compare";
import { compare } from "../assessment/compare";
import { csvText, escapeFormula, parseCsv } from "../assessment/csv";
import { markdownOf } from "../assessment/markdown";
import type { Decision, Agreement } from "../assessment/merge";
import { agreementsOf, latestCredibleTime, merge } from "../assessment/merge";
import { exportRows } from "../assessment/export-rows";
import type { ToolWords } from "../tools/words";

interface Vectors {
  words: ToolWords;
  label: string;
  reason: string;
  now: string;
  offices: Record<string, string>;
  cases: {
    records: AssessmentRecord[];
    decisions: Record<string, Decision>;
    merged: AssessmentRecord;
    joined: Agreement[];
    changes: Change[];
    csv: string;
    markdown: string;
  }[];
  levels: { record: AssessmentRecord; csv: string; markdown: string };
}

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist = checklistOf(read("page-data.json") as ChecklistPageData);
const { words, label, reason, now, offices, cases, levels } = read("joined.json") as Vectors;
const translate = translator(words.result);
const viewWords = {
  translate: translate,
  kinds: new Map(words.kinds),
  officeOf: (item: string) => offices[item] ?? "",
};

test("there are vectors", () => assert(cases.length > 0));

test("the clock of another computer may be a day ahead", () => {
  const hours = (Date.parse(latestCredibleTime()) - Date.now()) / 3_600_000;
  assert(hours > 23.9 && hours < 24.1);
});

test("merging gives the same record and the same agreements as Python", () => {
  for (const { records, decisions, merged, joined } of cases) {
    const drafts = records.map(draftOf);
    const decided = new Map(Object.entries(decisions));
    const { draft } = merge(drafts, checklist, decided, label, reason, now);
    assert(draft);
    assert.equal(recordText(recordOf(draft, checklist)), recordText(merged));
    assert.deepEqual(agreementsOf(drafts, checklist, decided), joined);
  }
});

test("a comparison gives the same changes as Python", () => {
  for (const { records, changes } of cases) {
    const [before, after] = records.map(draftOf);
    assert(before && after);
    assert.deepEqual(compare(before, after, checklist), changes);
  }
});

test("CSV and Markdown equal those of Python byte for byte, and CSV is read back", () => {
  for (const { merged, csv, markdown } of cases) {
    const view = viewOf(draftOf(merged), checklist, viewWords);
    const rows = exportRows(view, translate);
    assert.equal(csvText(rows), csv);
    assert.equal(markdownOf(view, translate), markdown);
    assert.deepEqual(
      parseCsv(csv),
      rows.map((row) => row.map(escapeFormula)),
    );
  }
});

test("the name of a handbook that is not this one is shown as not known", () => {
  const merged = cases[0]?.merged;
  assert(merged);
  const draft = { ...draftOf(merged), handbook: { id: "another-handbook", version: "9.0.0" } };
  assert.match(
    markdownOf(viewOf(draft, checklist, viewWords), translate),
    /another-handbook 9\.0\.0 \(not known here\)/,
  );
  assert(!markdownOf(viewOf(draftOf(merged), checklist, viewWords), translate).includes("not known"));
});

test("merging reports the question whose combined texts are too long", () => {
  const long = (cases[0]?.records ?? []).slice(0, 2).map((record) => {
    const draft = draftOf(record);
    return {
      ...draft,
      answers: new Map([["rooms", { rev: 1, value: "", note: "あ".repeat(15_000), evidence: "", justification: "" }]]),
    };
  });
  assert.equal(merge(long, checklist, new Map(), label, reason, now).tooLong, "rooms");
});

test("malformed CSV is distinguished from valid CSV", () => {
  assert.equal(parseCsv('a,"b'), undefined);
  assert.equal(parseCsv('"a"b,c'), undefined);
  assert.deepEqual(parseCsv('a,"b""\r\n,"\n,\rc'), [["a", 'b"\r\n,'], ["", ""], ["c"]]);
  assert.deepEqual(parseCsv("a;b\n", ";"), [["a", "b"]]);
});

test("levels, advice, running results and the identifier are exported as Python exports them", () => {
  const { record, csv, markdown } = levels;
  const withLevels = checklistOf(read("page-data-levels.json") as ChecklistPageData);
  const bytes = new TextEncoder().encode(recordText(record));
  assert.deepEqual(readRecord(bytes, withLevels), { record });
  const draft = draftOf(record);
  assert.equal(recordText(recordOf(draft, withLevels)), recordText(record));
  const view = viewOf(draft, withLevels, { ...viewWords, officeOf: () => "" });
  assert.equal(csvText(exportRows(view, translate)), csv);
  assert.equal(markdownOf(view, translate), markdown);
  const wrong = {
    ...record,
    subject: { ...record.subject, identifier: { scheme: "ror", value: "03yrm5c27" } as const },
  };
  const { refusal } = readRecord(new TextEncoder().encode(recordText(wrong)), withLevels);
  assert.deepEqual([refusal?.code, refusal?.values["place"]], ["schema", "subject/identifier/value"]);
});
