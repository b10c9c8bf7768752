import assert from "node:assert/strict";
import { test } from "node:test";

import { fitToChecklist, isWorthTelling } from "../checklist/migrate";
import { recordOf } from "../checklist/record";
import { answer, laterChecklist, NOW, sampleChecklist, sampleDraft } from "./sample";

const answers = {
  "has-partner": answer("met"),
  "mou-archive": answer("met", { note: "keep me" }),
  course: answer("partial"),
  "never-heard-of": answer("met"),
};
const draft = sampleDraft(answers, { orphans: new Map([["old-course", answer("unmet")]]) });

test("on its own checklist a draft stays as it is", () => {
  const own = sampleDraft({ course: answer("met") });
  const { draft: same, report } = fitToChecklist(own, sampleChecklist());
  assert.equal(same, own);
  assert.equal(isWorthTelling(report), false);
});

test("a newer checklist drops no answer and tells what became of each", () => {
  const { draft: fitted, report } = fitToChecklist(draft, laterChecklist());
  assert.deepEqual([...fitted.answers.keys()].sort(), ["course", "has-partner", "old-course"]);
  assert.deepEqual([...fitted.orphans.keys()].sort(), ["mou-archive", "never-heard-of"]);
  assert.deepEqual(report, {
    otherVersion: "1.0.0",
    kept: ["has-partner", "old-course"],
    changed: ["course"],
    unanswered: ["mou-review", "constructor"],
    setAside: ["mou-archive", "never-heard-of"],
    restored: ["old-course"],
  });
  assert.equal(fitted.answers.get("course")?.rev, 1, "not confirmed by us");
  assert.equal(fitted.checklist.version, "1.1.0");
  assert.equal(fitted.updated, NOW);
});

test("there and back again loses nothing", () => {
  const there = fitToChecklist(draft, laterChecklist()).draft;
  const back = fitToChecklist(there, sampleChecklist()).draft;
  assert.deepEqual(new Map([...back.answers, ...back.orphans]), new Map([...draft.answers, ...draft.orphans]));
});

test("fitting twice is fitting once", () => {
  const later = laterChecklist();
  const once = fitToChecklist(draft, later).draft;
  assert.equal(recordOf(fitToChecklist(once, later).draft, later).digest, recordOf(once, later).digest);
});

test("an orphan does not push out an answer, and one that is not understood stays an orphan", () => {
  const twice = sampleDraft({ course: answer("met") }, { orphans: new Map([["course", answer("unmet")], ["has-partner", answer("yes")]]) });
  const { draft: fitted } = fitToChecklist(twice, sampleChecklist());
  assert.equal(fitted.answers.get("course")?.value, "met");
  assert.deepEqual([...fitted.orphans.keys()], ["course", "has-partner"]);
});
