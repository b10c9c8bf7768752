import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, sampleChecklist, sampleDraft } from "./sample";
import { viewOf } from "../assessment/assessment-view";
import { actionFor, gapsWithoutAction, isDay, isRound, mergeActions } from "../assessment/action-plan";

const words = { translate: (key: string) => key, kinds: new Map<string, string>(), officeOf: () => "知財課" };
const answers = { "has-partner": answer("unmet"), course: answer("unknown"), constructor: answer("met") };
const { lines } = viewOf(sampleDraft(answers), sampleChecklist(), words);

test("gaps without an action exclude those that an action refers to", () => {
  assert.deepEqual(
    gapsWithoutAction(lines, []).map(({ item }) => item),
    ["has-partner", "course"],
  );
  assert.deepEqual(
    gapsWithoutAction(lines, [actionFor("course")]).map(({ item }) => item),
    ["has-partner"],
  );
});

test("rounds and days have the form of the result format", () => {
  assert.deepEqual(["", "2026", "2026-04", "2026-13", "26", "2026-4"].map(isRound), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  assert.deepEqual(["", "2026-04-30", "2026-4-30", "soon"].map(isDay), [true, true, false, false]);
});

test("action plans are merged line by line", () => {
  const course = { ...actionFor("course"), text: "hold a course" };
  const owned = { ...course, owner: "office", state: "started" as const };
  const other = { ...course, owner: "library" };
  const later = { ...course, due: "2027-03-31", state: "done" as const };
  assert.deepEqual(mergeActions([course, owned, later]), [
    { ...course, owner: "office", due: "2027-03-31", state: "done" },
  ]);
  assert.deepEqual(mergeActions([owned, other]), [owned, other], "two owners, two lines");
  assert.deepEqual(mergeActions([course, actionFor("course")]), [course, actionFor("course")]);
});
