// What the form asks when a file has another state of an assessment that is here.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Draft } from "../assessment/model";
import { duplicateQuestion } from "../form/duplicate-question";
import type { Question } from "../shared/dialog";
import { digestOf } from "../storage/entry";
import { answer, sampleChecklist, sampleDraft } from "./sample";

const checklist = sampleChecklist();
const EARLY = "2026-11-29T00:09:10.000Z";
const LATE = "2026-11-29T00:09:50.000Z";

/** A draft that differs in two answers and was changed at a time. */
function draftAt(updated: string, value: string): Draft {
  return sampleDraft({ "has-partner": answer(value), course: answer(value) }, { updated });
}

function ask(here: Draft, file: Draft, isSaved: boolean): Question {
  const savedDigest = isSaved ? digestOf(here, checklist) : "";
  const entry = { draft: here, kept: true, stored: true, savedDigest, savedAt: EARLY, used: 0 };
  return duplicateQuestion(entry, file, checklist, (key, values) => `${key} ${JSON.stringify(values ?? {})}`);
}

const mainChoice = ({ choices }: Question): string | undefined => choices.find(({ kind }) => kind === "main")?.id;

test("a file that comes back newer is to replace what another file holds", () => {
  const question = ask(draftAt(EARLY, "met"), draftAt(LATE, "unmet"), true);
  assert.equal(mainChoice(question), "replace");
  assert.match(question.text, /twin\.answers \{"count":2,"numbers":"has-partner, course"\}/);
  assert.match(question.text, /twin\.newer-file .*:09:10.*:09:50/);
  assert.equal(question.text.includes("twin.unsaved"), false);
});

test("nothing that only this browser holds is replaced by the main button", () => {
  const unsaved = ask(draftAt(EARLY, "met"), draftAt(LATE, "unmet"), false);
  assert.equal(mainChoice(unsaved), "both");
  assert.match(unsaved.text, /twin\.unsaved/);
  const older = ask(draftAt(LATE, "met"), draftAt(EARLY, "unmet"), true);
  assert.equal(mainChoice(older), "both");
  assert.match(older.text, /twin\.newer-here/);
});

test("a file that contains what is here and more is to replace it, although no file holds what is here", () => {
  const here = sampleDraft({ course: answer("met") }, { updated: EARLY });
  const more = sampleDraft({ course: answer("met"), "has-partner": answer("met") }, { updated: LATE });
  assert.equal(mainChoice(ask(here, more, false)), "replace");
});

test("a newer file that lacks an answer is kept beside what is here", () => {
  const here = sampleDraft({ course: answer("met"), "has-partner": answer("met") }, { updated: EARLY });
  const less = sampleDraft({ course: answer("unmet") }, { updated: LATE });
  assert.equal(mainChoice(ask(here, less, true)), "both");
});

test("a difference beside the answers is told apart", () => {
  const draft = draftAt(EARLY, "met");
  assert.match(ask(draft, { ...draft, label: "2026" }, true).text, /twin\.no-answers.*twin\.same-time/s);
});
