import assert from "node:assert/strict";
import { test } from "node:test";

import { askedItems } from "../assessment/conditions";
import type { Answer } from "../assessment/model";
import { answer, sampleChecklist } from "./sample";

function asked(answers: Record<string, Answer>, checklist = sampleChecklist()): string[] {
  return [...askedItems(checklist, new Map(Object.entries(answers)))];
}

test("an item without a condition is always asked, a retired one never", () => {
  assert.deepEqual(asked({}), ["has-partner", "course"]);
});

test("an item is asked when the answer in its condition is given", () => {
  assert.deepEqual(asked({ "has-partner": answer("partial") }), ["has-partner", "mou-review", "course"]);
  assert.deepEqual(asked({ "has-partner": answer("unmet") }), ["has-partner", "course"]);
});

test("the kept answer to a hidden item has no effect", () => {
  const kept = { "mou-review": answer("met") };
  assert.deepEqual(asked({ "has-partner": answer("unmet"), ...kept }), ["has-partner", "course"]);
  assert.deepEqual(asked({ "has-partner": answer("met"), ...kept }), [
    "has-partner",
    "mou-review",
    "mou-archive",
    "course",
  ]);
});

test("any needs one condition, all needs all of them", () => {
  assert(asked({ course: answer("met") }).includes("constructor"));
  // has-partner "unknown" hides mou-review, so the inner all can never hold.
  assert(!asked({ "has-partner": answer("unknown"), "mou-review": answer("met") }).includes("constructor"));
});

test("an empty value is no answer, and names of Object.prototype are no answers", () => {
  assert.deepEqual(asked({ "has-partner": answer("", { note: "…" }) }), ["has-partner", "course"]);
  const unusual = sampleChecklist(({ checklist }) => {
    for (const item of checklist.sections[0]?.items ?? []) item.when = { item: "toString", is: ["met"] };
  });
  assert.deepEqual(asked({}, unusual), ["course"]);
});

test("circular conditions end, and their items are not asked", () => {
  const circle = sampleChecklist(({ checklist }) => {
    const items = checklist.sections[0]?.items ?? [];
    if (items[0]) items[0].when = { item: "mou-review", is: ["met"] };
    if (items[1]) items[1].when = { item: "has-partner", is: ["met"] };
  });
  assert.deepEqual(asked({ "has-partner": answer("met"), "mou-review": answer("met") }, circle), ["course"]);
});
