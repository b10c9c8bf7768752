// Levels, required answers, running results, formats of texts and identifiers, with the test vectors of the Python code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { appliedResults } from "../assessment/conditions";
import { filteredItems } from "../assessment/filter";
import { fieldFault } from "../assessment/content";
import { newDraft } from "../assessment/draft";
import { isInstitutionId, parseInstitutionId } from "../assessment/institution-id";
import type { Answer, ChecklistPageData, Counts, Identifier } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { recordOf } from "../assessment/record";
import { answer } from "./sample";

interface Vector {
  case: string;
  answers: Record<string, Partial<Answer>>;
  standings: Record<string, string>;
  results: Record<string, string[]>;
  complete: boolean;
  levels: Record<string, Counts>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(`../tests/vectors/${name}`, "utf8"));
const checklist = checklistOf(read("page-data-levels.json") as ChecklistPageData);

for (const { case: name, answers: given, standings, results, complete, levels } of read("levels.json") as Vector[]) {
  test(name, () => {
    const answers = new Map(Object.entries(given).map(([item, part]) => [item, answer("", part)] as const));
    const progress = progressOf(checklist, answers);
    assert.deepEqual(Object.fromEntries(progress.statuses), standings);
    const applied = appliedResults(checklist, answers, progress.asked);
    assert.deepEqual(Object.fromEntries(applied.map(({ id, reasons }) => [id, reasons])), results);
    const record = recordOf({ ...newDraft(checklist, "id", "2026-01-01T00:00:00.000Z"), answers }, checklist);
    assert.deepEqual(record.computed.levels, levels);
    assert.equal(record.status, complete ? "complete" : "in-progress");
    assert.equal(record.format_version, "1.3.0");
  });
}

test("a filter of levels shows the questions of the chosen levels", () => {
  const draft = newDraft(checklist, "id", "2026-01-01T00:00:00.000Z");
  const shown = (...levels: string[]): string[] => {
    const filter = { unanswered: false, changed: false, levels: new Set(levels) };
    return [...filteredItems(checklist, draft, progressOf(checklist, draft.answers), filter)];
  };
  assert.deepEqual(shown("must"), ["has-plan"]);
  assert.deepEqual(shown("should"), ["licence", "contacts"]);
  assert.deepEqual(shown("must", "should"), ["has-plan", "licence", "contacts"]);
  assert.equal(shown().length, 5);
});

test("formats of texts", () => {
  for (const { format, text, valid } of read("text-formats.json") as { format: "url"; text: string; valid: boolean }[])
    assert.equal(fieldFault({ type: "text", format }, text), valid ? undefined : `bad-${format}`, text);
});

test("identifiers of institutions", () => {
  for (const { valid, ...identifier } of read("institution-ids.json") as (Identifier & { valid: boolean })[])
    assert.equal(isInstitutionId(identifier), valid, identifier.value);
});

test("identifiers as people paste them", () => {
  const ror = { scheme: "ror", value: "057zh3y96" };
  for (const text of ["057zh3y96", "https://ror.org/057zh3y96", " ROR.org/057ZH3Y96"])
    assert.deepEqual(parseInstitutionId(text), ror, text);
  const number = { scheme: "houjin-bangou", value: "5010005007398" };
  for (const text of ["5010005007398", "５０１０００５００７３９８", "5-0100-0500-7398"])
    assert.deepEqual(parseInstitutionId(text), number, text);
  for (const text of ["", "123456789018", "057zh3y97", "0000-0002-1825-0097"])
    assert.equal(parseInstitutionId(text), undefined, text);
});
