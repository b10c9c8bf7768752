import assert from "node:assert/strict";
import { test } from "node:test";

import { isBlank, mergeChanges, partId, overlongTexts, withAnswer, withPart } from "../assessment/draft";
import type { Draft, Item } from "../assessment/model";
import { answer, laterChecklist, NOW, sampleChecklist, sampleDraft } from "./sample";

const LATER = "2026-11-22T00:00:00.000Z";
const checklist = sampleChecklist();
const item = (id: string, from = checklist): Item => from.items.get(id) as Item;

test("a change keeps the rest of the answer and stamps the draft", () => {
  const before = sampleDraft({ course: answer("met", { note: "n" }) }, { language: "en" });
  const after = withAnswer(before, item("course"), { evidence: "e" }, checklist, LATER);
  assert.deepEqual(after.answers.get("course"), answer("met", { note: "n", evidence: "e" }));
  assert.deepEqual([after.updated, after.created, after.language], [LATER, NOW, "ja"]);
  assert.equal(before.answers.get("course")?.evidence, "", "the given draft is left alone");
});

test("an answer that is emptied again is removed", () => {
  const noted = withAnswer(sampleDraft({}), item("course"), { note: "x" }, checklist, NOW);
  const emptied = withAnswer(noted, item("course"), { note: "" }, checklist, NOW);
  assert(isBlank(emptied));
});

test("choosing or confirming takes the present revision; writing a note does not", () => {
  const later = laterChecklist();
  const old = sampleDraft({ course: answer("met") });
  const course = item("course", later);
  assert.equal(withAnswer(old, course, { note: "n" }, later, NOW).answers.get("course")?.rev, 1);
  assert.equal(withAnswer(old, course, { value: "met" }, later, NOW).answers.get("course")?.rev, 2);
  assert.equal(withAnswer(old, course, { confirmed: true }, later, NOW).answers.get("course")?.rev, 2);
  const onlyNote = sampleDraft({ course: answer("", { note: "n" }) });
  assert.equal(withAnswer(onlyNote, course, { note: "m" }, later, NOW).answers.get("course")?.rev, 2);
});

test("a lone surrogate becomes U+FFFD, a surrogate pair stays", () => {
  const draft = withAnswer(sampleDraft({}), item("course"), { note: "😀\ud83d𠮷" }, checklist, NOW);
  assert.equal(draft.answers.get("course")?.note, "😀\ufffd𠮷");
  assert.equal(withPart(draft, "label", "\udc00", checklist, NOW).label, "\ufffd");
});

test("merging changes only the changed items", () => {
  const base: Draft = sampleDraft({ course: answer("met"), "has-partner": answer("met") }, { label: "theirs" });
  const mine: Draft = sampleDraft({ course: answer("unmet"), constructor: answer("partial") }, { label: "mine" });
  const changes = new Map([
    ["constructor", undefined],
    ["has-partner", answer("met")],
  ]);
  const merged = mergeChanges(base, mine, changes);
  assert.deepEqual(Object.fromEntries(merged.answers), { course: answer("met"), constructor: answer("partial") });
  assert.equal(merged.label, "theirs");
  assert.equal(mergeChanges(base, mine, new Map([[partId("label"), ""]])).label, "mine");
  assert.deepEqual(mergeChanges(base, mine, new Map()), base);
});

test("the parts of an assessment are merged separately, and are content", () => {
  const action = { item: "", text: "x", owner: "", due: "", state: "planned" } as const;
  const theirs: Draft = { ...sampleDraft({}), kind: "branch", actions: [action] };
  const mine: Draft = { ...sampleDraft({}), round: "2026" };
  const merged = mergeChanges(theirs, mine, new Map([[partId("round"), undefined]]));
  assert.deepEqual([merged.kind, merged.round, merged.actions], ["branch", "2026", [action]]);
  const emptied = mergeChanges(
    theirs,
    mine,
    new Map<string, unknown>([
      [partId("kind"), "branch"],
      [partId("actions"), [action]],
    ]),
  );
  assert.deepEqual([emptied.kind, emptied.round, emptied.actions], [undefined, undefined, undefined]);
  assert(!isBlank(theirs) && !isBlank(mine) && isBlank(emptied));
});

test("the limit of a text is counted in code points", () => {
  const long = (text: string): number => overlongTexts(sampleDraft({ course: answer("met", { note: text }) })).length;
  assert.equal(long("あ".repeat(20_000)), 0);
  assert.equal(long("𠮷".repeat(20_000)), 0);
  assert.equal(long("𠮷".repeat(20_001)), 1);
});
