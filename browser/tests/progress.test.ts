import assert from "node:assert/strict";
import { test } from "node:test";

import type { Answer } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { answer, sampleChecklist, samplePageData } from "./sample";

function progress(answers: Record<string, Answer>, checklist = sampleChecklist()) {
  return progressOf(checklist, new Map(Object.entries(answers)));
}

function courseStatus(course: Answer): string | undefined {
  return progress({ course }).statuses.get("course");
}

test("statuses of answers", () => {
  assert.equal(progress({}).statuses.get("course"), "unanswered");
  assert.equal(courseStatus(answer("", { note: "only a note" })), "unanswered");
  assert.equal(courseStatus(answer("unmet")), "answered");
  assert.equal(courseStatus(answer("unknown")), "open");
  assert.equal(courseStatus(answer("not-applicable")), "reason-missing");
  assert.equal(courseStatus(answer("not-applicable", { justification: " \n" })), "reason-missing");
  assert.equal(courseStatus(answer("not-applicable", { justification: "海外との連携がありません" })), "answered");
  assert.equal(courseStatus(answer("met", { rev: 3 })), "to-confirm");
});

test("an answer that the item does not offer does not count", () => {
  const answers = { "has-partner": answer("not-applicable", { justification: "…" }) };
  assert.equal(progress(answers).statuses.get("has-partner"), "unanswered");
});

test("shares of a whole add up to the whole, not to a minute more", () => {
  const share = 600 / 7;
  const checklist = checklistOf(
    samplePageData(({ checklist }) => {
      const [section] = checklist.sections;
      const [item] = section?.items ?? [];
      assert(section && item);
      checklist.sections = [
        {
          ...section,
          items: Array.from({ length: 7 }, (_, index) => ({ ...item, id: `item-${index}`, minutes: share })),
        },
      ];
    }),
  );
  assert.notEqual(
    Array.from({ length: 7 }, () => share).reduce((sum, minutes) => sum + minutes, 0),
    600,
  );
  assert.equal(progress({}, checklist).total.minutes, 600);
});

test("only asked items are counted, in total and by section", () => {
  const { total, sections } = progress({
    "has-partner": answer("unmet"),
    "mou-review": answer("met"), // hidden, kept
    course: answer("unknown"),
  });
  assert.deepEqual([total.answered, total.asked], [2, 2]);
  assert.deepEqual(Object.fromEntries(total.byAnswer), { unmet: 1, unknown: 1 });
  assert.deepEqual([sections.get("partners")?.asked, sections.get("training")?.asked], [1, 1]);
});
