// Lists with the structure of ASVS, the OpenSSF badge and the AIA: answered at random, saved, opened and migrated.
// tests/vectors/make_foreign_lists.py writes them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { appliedResults } from "../assessment/conditions";
import { choicesFor } from "../assessment/content";
import { draftOf, newDraft } from "../assessment/draft";
import { migrateDraft } from "../assessment/migrate";
import type { Answer, Checklist, ChecklistPageData, Draft, Item } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { readRecord } from "../assessment/read-file";
import { recordOf, recordText } from "../assessment/record";
import { answer, ID, NOW } from "./sample";

const SIZES: Record<string, [questions: number, sections: number, conditions: number]> = {
  standard: [345, 80, 0],
  badge: [145, 18, 0],
  impact: [295, 13, 200],
};
const lists = JSON.parse(readFileSync("../tests/vectors/foreign-lists.json", "utf8")) as ChecklistPageData[];

/** Numbers from 0 to below 1 that are the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

function randomAnswer(item: Item, checklist: Checklist, random: () => number): Answer {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const more = { rev: item.rev, note: pick(["", "メモ", "<b>"]) };
  switch (item.type ?? "choice") {
    case "choice":
      return answer(pick([...choicesFor(item, checklist).keys()]), more);
    case "choices":
      return answer("", { ...more, content: ["health"] });
    case "number":
      return answer("", { ...more, content: String(Math.floor(random() * 9)) });
    default:
      return answer("", { ...more, content: pick(["https://example.org/a", "words"]) });
  }
}

/** The next version: every seventh question has another meaning, some are retired, one stands elsewhere. */
function nextVersion(page: ChecklistPageData): Checklist {
  const next = structuredClone(page);
  next.checklist.version = "2.0.0";
  next.checklist.digest = `sha256:${"2".repeat(64)}`;
  const items = next.checklist.sections.flatMap((section) => section.items as Item[]);
  for (const [number, item] of items.entries()) {
    if (number % 7 === 0) item.rev += 1;
    else if (number % 11 === 0) item.status = "retired";
  }
  const [first, second] = next.checklist.sections;
  second?.items.push(...(first?.items.splice(-1) ?? []));
  return checklistOf(next);
}

/** Everything that somebody entered, wherever it stands. */
const entered = ({ answers, orphans }: Draft): string[] =>
  [...answers, ...orphans].map(([id, { value, note, content }]) => JSON.stringify([id, value, note, content])).sort();

for (const page of lists) {
  const checklist = checklistOf(page);
  const random = randomNumbers(7);
  const items = [...checklist.items.values()];
  const answers = new Map(
    items.filter(() => random() < 0.9).map((item) => [item.id, randomAnswer(item, checklist, random)]),
  );
  const draft: Draft = { ...newDraft(checklist, ID, NOW), answers };

  test(`${checklist.id} has its size`, () => {
    const conditions = items.filter(({ when }) => when).length;
    assert.deepEqual([items.length, checklist.sections.length, conditions], SIZES[checklist.id]);
  });

  test(`${checklist.id} is saved and opened without loss`, () => {
    const text = recordText(recordOf(draft, checklist));
    const { record, refusal } = readRecord(new TextEncoder().encode(text), checklist);
    assert.equal(refusal, undefined);
    assert(record);
    assert.deepEqual(entered(draftOf(record)), entered(draft));
    assert.equal(recordText(recordOf(draftOf(record), checklist)), text);
  });

  test(`${checklist.id} is migrated without loss, and back`, () => {
    const next = nextVersion(page);
    const { draft: migrated, report } = migrateDraft(draft, next);
    assert.deepEqual(entered(migrated), entered(draft));
    assert(report.changed.length > 10 && report.setAside.length > 5);
    const { draft: back } = migrateDraft(migrated, checklist);
    assert.deepEqual(entered(back), entered(draft));
  });

  test(`${checklist.id} counts each question that is asked once`, () => {
    const progress = progressOf(checklist, answers);
    const asked = items.filter(({ id }) => progress.asked.has(id));
    assert.equal(progress.total.asked, asked.length);
    assert(asked.length > items.length / 3);
    for (const { reasons } of appliedResults(checklist, answers, progress.asked)) assert(reasons.length > 0);
  });
}
