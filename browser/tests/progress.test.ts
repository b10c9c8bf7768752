import assert from "node:assert/strict";
import { test } from "node:test";

import type { Answer } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { answer, sampleChecklist } from "./sample";

function progress(answers: Record<string, Answer>, checklist = sampleChecklist()) {
  return progressOf(checklist, new Map(Object.entries(answers)));
}

function standing(given: Answer): string | undefined {
  return progress({ course: given }).statuses.get("course");
}

test("what counts as answered", () => {
  assert.equal(progress({}).statuses.get("course"), "unanswered");
  assert.equal(standing(answer("", { note: "only a note" })), "unanswered");
  assert.equal(standing(answer("unmet")), "answered");
  assert.equal(standing(answer("unknown")), "open");
  assert.equal(standing(answer("not-applicable")), "reason-missing");
  assert.equal(standing(answer("not-applicable", { justification: " \n" })), "reason-missing");
  assert.equal(standing(answer("not-applicable", { justification: "海外との連携がありません" })), "answered");
  assert.equal(standing(answer("met", { rev: 3 })), "to-confirm");
});

test("an answer that the item does not offer is none", () => {
  const given = { "has-partner": answer("not-applicable", { justification: "…" }) };
  assert.equal(progress(given).statuses.get("has-partner"), "unanswered");
});

test("counts are over asked items only, in total and by section", () => {
  const { total, sections } = progress({
    "has-partner": answer("unmet"),
    "mou-review": answer("met"), // hidden, kept
    course: answer("unknown"),
  });
  assert.deepEqual([total.answered, total.asked], [2, 2]);
  assert.deepEqual(Object.fromEntries(total.byAnswer), { unmet: 1, unknown: 1 });
  assert.deepEqual([sections.get("partners")?.asked, sections.get("training")?.asked], [1, 1]);
});
