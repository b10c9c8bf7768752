// Published figures: groups by round and kind, tallies, and what is withheld.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { FigureRow } from "../assessment/published-figures";
import { fewestCounted, figureGroups, shareOf, shownCount, talliesOf } from "../assessment/published-figures";

const ROWS: FigureRow[] = [
  ["2025", "", "constructor", 1, "met", 9, false, 5],
  ["2026", "university", "course", 1, "met", 12, false, 5],
  ["2026", "university", "course", 1, "partial", 0, true, 5],
  ["2026", "university", "course", 1, "not-met", 0, true, 5],
  ["2026", "university", "course", 1, "withheld", 8, false, 5],
  ["2026", "withheld", "course", 1, "partial", 6, false, 5],
  ["2026", "withheld", "course", 2, "withheld", 0, true, 5],
];

test("the newest round comes first, and kinds only where there are several", () => {
  assert.deepEqual(figureGroups(ROWS), [
    { round: "2026" },
    { round: "2026", kind: "university" },
    { round: "2026", kind: "withheld" },
    { round: "2025" },
  ]);
});

test("counts are added up over kinds, question by question and revision by revision", () => {
  const tallies = talliesOf(ROWS, { round: "2026" });
  assert.deepEqual([...tallies.keys()], ["course"]);
  const tally = tallies.get("course")?.get(1);
  assert(tally);
  assert.equal(tally.asked, 26);
  assert.equal(tally.shown("partial"), "≥ 6");
  assert.equal(tally.shown("not-met"), "*");
  assert.equal(shareOf(tally, "met"), 46);
  assert.equal(shareOf(tally, "unanswered"), 0);
  assert.equal(shareOf(tally, "partial"), undefined, "the count is not known");
});

test("a question that is not counted has no denominator and no share", () => {
  const tally = talliesOf(ROWS, { round: "2026", kind: "withheld" }).get("course")?.get(2);
  assert(tally?.isIncomplete);
  assert.equal(shownCount(tally.asked, tally.isIncomplete), "*");
  assert.equal(shareOf(tally, "withheld"), undefined);
  assert.equal(tally.shown("met"), "*", "somebody can have given the answer");
});

test("the limit of withholding is the least of all rows", () => {
  assert.equal(fewestCounted(ROWS), 5);
  assert.equal(fewestCounted([...ROWS, ["2024", "", "course", 1, "met", 2, false, 1]]), 1);
});
