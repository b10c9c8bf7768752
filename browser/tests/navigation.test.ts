// The ways through a long form: the next question that is not settled, and the search within the form.
import assert from "node:assert/strict";
import { test } from "node:test";

import { progressOf } from "../assessment/progress";
import { matches } from "../navigation/find";
import { nextUnsettled } from "../navigation/next-question";
import { fold } from "../search/fold";
import { answer, sampleChecklist } from "./sample";

test("the next unsettled question follows the present one, from the end on to the start", () => {
  const checklist = sampleChecklist();
  const order = checklist.sections.flatMap(({ items }) => items.map(({ id }) => id));
  const answers = new Map([
    ["has-partner", answer("met")],
    ["course", answer("unknown")],
  ]);
  const progress = progressOf(checklist, answers);
  const next = (after: string): string | undefined => nextUnsettled(order, progress, after);
  assert.equal(next(""), "mou-review", "the answered question is left out");
  assert.equal(next("mou-review"), "mou-review", "questions that are not asked, and “don't know”, are left out");
  assert.equal(next("constructor"), "mou-review", "from the end to the start");
  assert.equal(
    nextUnsettled(order, progressOf(checklist, new Map([...answers, ["mou-review", answer("unmet")]])), ""),
    undefined,
  );
});

test("the search within a form finds all words in any spelling that the search of the site folds", () => {
  const texts = new Map([
    ["risk", fold("1-1 リスクを確認していますか。")],
    ["mou", fold("1-2 覚書（MOU）を審査していますか。")],
  ]);
  assert.deepEqual(matches(texts, "りすく"), ["risk"]);
  assert.deepEqual(matches(texts, "ｍｏｕ　審査"), ["mou"]);
  assert.deepEqual(matches(texts, "していますか"), ["risk", "mou"]);
  assert.deepEqual(matches(texts, "mou リスク"), []);
  assert.deepEqual(matches(texts, " "), []);
});
