import assert from "node:assert/strict";
import { test } from "node:test";

import { migrateDraft } from "../assessment/migrate";
import { recordOf } from "../assessment/record";
import { nextLabel, nextRound } from "../assessment/next-round";
import { answer, laterChecklist, sampleChecklist, sampleDraft } from "./sample";

const LATER = "2027-11-21T09:30:00.000Z";
const NEW_ID = "11111111-2222-4333-8444-555555555555";

test("the next round is a new assessment with the answers, and the earlier one does not change", () => {
  const checklist = sampleChecklist();
  const courseAnswer = answer("met", {
    note: "as every year",
    respondent: "office",
    answered: "2026-04-01T00:00:00.000Z",
  });
  const actions = (["planned", "started", "done", "dropped"] as const).map((state) => ({
    item: "course",
    text: state,
    owner: "",
    due: "",
    state,
  }));
  const before = sampleDraft({ course: courseAnswer }, { label: "Faculty", kind: "faculty", round: "2026", actions });
  const asBefore = JSON.stringify(recordOf(before, checklist));
  const { draft, report } = migrateDraft(nextRound(before, "Faculty 2027", NEW_ID, LATER, checklist), checklist);
  assert.equal(draft.id, NEW_ID);
  assert.deepEqual([draft.created, draft.updated], [LATER, LATER]);
  assert.deepEqual([draft.label, draft.kind, draft.round], ["Faculty 2027", "faculty", undefined]);
  assert.deepEqual(draft.answers.get("course"), courseAnswer, "who gave it, and when, stays");
  assert.deepEqual(
    draft.actions?.map(({ text }) => text),
    ["planned", "started"],
  );
  assert.equal(draft.checklist.carried_from, undefined, "the version is the same");
  assert.deepEqual(report.changed, []);
  assert.equal(JSON.stringify(recordOf(before, checklist)), asBefore);
});

test("with another version of the checklist, the next round has the earlier version and the answers to confirm", () => {
  const later = laterChecklist();
  const before = sampleDraft({ course: answer("met"), "no-such-item": answer("unmet") });
  const { draft, report } = migrateDraft(nextRound(before, "Faculty 2027", NEW_ID, LATER, later), later);
  assert.equal(draft.checklist.version, later.version);
  assert.equal(draft.checklist.carried_from, before.checklist.version);
  assert.equal(report.otherVersion, before.checklist.version);
  assert.deepEqual(report.setAside, ["no-such-item"]);
  assert.equal(draft.answers.size + draft.orphans.size, 2, "nothing is lost");
});

test("the next round gets a name that no other assessment has", () => {
  const next = (label: string, ...taken: string[]): string => nextLabel(label, [label, ...taken], 2027);
  assert.equal(next("2026年度"), "2027年度");
  assert.equal(next("Faculty 2023"), "Faculty 2027");
  assert.equal(next("2027"), "2028");
  assert.equal(next("2026年度 第1回"), "2026年度 第2回");
  assert.equal(next("Round 9 of 2026", "Round 10 of 2026"), "Round 11 of 2026");
  assert.equal(next("Physics"), "Physics (2)");
  assert.equal(next("Physics", "Physics (2)"), "Physics (3)");
  assert.equal(next("2026年度", "2027年度"), "2028年度");
  assert.equal(next(""), "2027");
});
