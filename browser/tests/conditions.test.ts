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

test("an item is asked when the answer it waits for is given", () => {
  assert.deepEqual(asked({ "has-partner": answer("partial") }), ["has-partner", "mou-review", "course"]);
  assert.deepEqual(asked({ "has-partner": answer("unmet") }), ["has-partner", "course"]);
});

test("the kept answer of a hidden item decides nothing", () => {
  const kept = { "mou-review": answer("met") };
  assert.deepEqual(asked({ "has-partner": answer("unmet"), ...kept }), ["has-partner", "course"]);
  assert.deepEqual(asked({ "has-partner": answer("met"), ...kept }), [
    "has-partner",
    "mou-review",
    "mou-archive",
    "course",
  ]);
});

test("any needs one condition, all needs every one", () => {
  assert(asked({ course: answer("met") }).includes("constructor"));
  // has-partner "unknown" hides mou-review, so the inner all can never hold.
  assert(!asked({ "has-partner": answer("unknown"), "mou-review": answer("met") }).includes("constructor"));
});

test("an empty value is no answer, and names of Object.prototype are no answers", () => {
  assert.deepEqual(asked({ "has-partner": answer("", { note: "…" }) }), ["has-partner", "course"]);
  const odd = sampleChecklist(({ checklist }) => {
    for (const item of checklist.sections[0]?.items ?? []) item.when = { item: "toString", is: ["met"] };
  });
  assert.deepEqual(asked({}, odd), ["course"]);
});

test("a circle of conditions ends, with nothing asked", () => {
  const circle = sampleChecklist(({ checklist }) => {
    const items = checklist.sections[0]?.items ?? [];
    if (items[0]) items[0].when = { item: "mou-review", is: ["met"] };
    if (items[1]) items[1].when = { item: "has-partner", is: ["met"] };
  });
  assert.deepEqual(asked({ "has-partner": answer("met"), "mou-review": answer("met") }, circle), ["course"]);
});
