import assert from "node:assert/strict";
import { test } from "node:test";

import { recordOf } from "../assessment/record";
import { FakeStore } from "./fake-store";
import { answer, sampleChecklist, sampleDraft } from "./sample";
import { answerValue, workspaceOn } from "./sample-workspace";

const quota = new DOMException("no room", "QuotaExceededError");

test("a blank assessment is not stored; an answer is stored and restored", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  await workspace.flush();
  assert.equal(store.rows.size, 0);
  workspace.answer("course", { value: "met" });
  assert.equal(workspace.isStored, false);
  await workspace.flush();
  assert.equal(workspace.isStored, true);
  assert.equal(answerValue(await workspaceOn(store)), "met");
});

test("the most recently used assessment is restored, not the most recently changed", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  const first = workspace.draft.id;
  workspace.create();
  workspace.answer("course", { value: "unmet" });
  await workspace.switchTo(first);
  assert.equal((await workspaceOn(store)).draft.id, first);
  assert.equal(store.rows.size, 2, "the second was written on the way");
});

test("two windows on one assessment keep each other's answers", async () => {
  const store = new FakeStore();
  const firstWindow = await workspaceOn(store);
  firstWindow.answer("course", { value: "met" });
  await firstWindow.flush();
  const secondWindow = await workspaceOn(store);
  secondWindow.answer("has-partner", { value: "unmet" });
  await secondWindow.flush();
  firstWindow.answer("course", { note: "from one" });
  await firstWindow.flush();
  assert.deepEqual(
    [answerValue(firstWindow, "has-partner"), firstWindow.draft.answers.get("course")?.note],
    ["unmet", "from one"],
  );
  await secondWindow.refresh();
  assert.equal(secondWindow.draft.answers.get("course")?.note, "from one");
});

test("an answer during a write is not lost", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  store.meanwhile = () => {
    store.meanwhile = () => undefined;
    workspace.answer("has-partner", { value: "partial" });
  };
  await workspace.flush();
  assert.deepEqual(
    [answerValue(workspace), answerValue(workspace, "has-partner"), workspace.isStored],
    ["met", "partial", false],
  );
  await workspace.flush();
  assert.equal(answerValue(await workspaceOn(store), "has-partner"), "partial");
});

test("a full storage is reported, nothing is lost, and the next successful write clears the problem", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  store.failing = quota;
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  assert.deepEqual([workspace.problem, workspace.isAtRisk, answerValue(workspace)], ["full", true, "met"]);
  workspace.create();
  workspace.answer("course", { value: "unmet" });
  await workspace.flush();
  store.failing = undefined;
  await workspace.flush();
  assert.deepEqual([workspace.problem, workspace.isAtRisk, store.rows.size], ["none", false, 2]);
});

test("without storage everything except keeping works", async () => {
  const store = new FakeStore();
  store.failing = new Error("off");
  const workspace = await workspaceOn(store);
  assert.equal(workspace.problem, "off");
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  await workspace.setKept(false);
  await workspace.remove();
  workspace.answer("course", { value: "unmet" });
  await workspace.removeAll();
  assert.equal(answerValue(workspace), undefined);
});

test("a file with all answers ends the risk", async () => {
  const store = new FakeStore();
  store.failing = new Error("off");
  const checklist = sampleChecklist();
  const workspace = await workspaceOn(store, checklist);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  await workspace.markSaved(recordOf(workspace.draft, checklist).digest, "2026-11-21T09:30:00.000Z");
  assert.equal(workspace.isAtRisk, false);
  workspace.answer("course", { note: "more" });
  await workspace.flush();
  assert.equal(workspace.isAtRisk, true);
});

test("an assessment that is not kept is removed from the storage at once and never written", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  await workspace.setKept(false);
  workspace.answer("course", { note: "secret" });
  await workspace.flush();
  workspace.flushNow();
  workspace.create();
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  assert.equal(store.rows.size, 0, "a new one begun beside it is not kept either");
  assert.equal(workspace.isAtRisk, true);
  await workspace.setKept(true);
  assert.equal(store.rows.size, 2);
});

test('a change of page just after "do not keep" was chosen does not rely on the storage', async () => {
  const workspace = await workspaceOn(new FakeStore());
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  const choice = workspace.setKept(false);
  assert.deepEqual([workspace.kept, workspace.willKeep, workspace.isAtRisk], [true, false, false], "still stored");
  await choice;
  assert.deepEqual([workspace.kept, workspace.willKeep, workspace.isAtRisk], [false, false, true]);
});

test("a failure to remove is reported", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  store.failing = new Error("off");
  await assert.rejects(workspace.setKept(false));
  await assert.rejects(workspace.remove());
  await assert.rejects(workspace.removeAll());
  assert.deepEqual([workspace.kept, answerValue(workspace)], [true, "met"]);
});

test("opening a file replaces the stored assessment with the same id only", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("has-partner", { value: "met" });
  await workspace.flush();
  const otherId = workspace.draft.id;
  await workspace.add(sampleDraft({ course: answer("met") }), "sha256:x", "2026-11-21T09:30:00.000Z");
  await workspace.add(sampleDraft({ course: answer("unmet") }), "sha256:y", "2026-11-21T09:30:00.000Z");
  assert.deepEqual([store.rows.size, answerValue(workspace)], [2, "unmet"]);
  assert.equal(store.draftOf(workspace.draft.id)?.answers.get("course")?.value, "unmet");
  assert(store.rows.has(otherId));
});

test("an assessment removed in another window is removed here, unless it was changed here since", async () => {
  const store = new FakeStore();
  const firstWindow = await workspaceOn(store);
  firstWindow.answer("course", { value: "met" });
  await firstWindow.flush();
  const secondWindow = await workspaceOn(store);
  await firstWindow.removeAll();
  await secondWindow.refresh();
  assert.equal(answerValue(secondWindow), undefined);
  secondWindow.answer("course", { value: "unmet" });
  await secondWindow.flush();
  await firstWindow.refresh();
  store.rows.clear();
  secondWindow.answer("course", { note: "still writing" });
  await secondWindow.refresh();
  assert.equal(store.rows.size, 1);
});

test("an assessment that the browser deleted is written again", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  store.rows.clear();
  store.lost = true;
  await workspace.refresh();
  assert.deepEqual([store.rows.size, answerValue(workspace)], [1, "met"]);
});

test("after the last assessment is removed a blank one is created", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  await workspace.remove();
  assert.deepEqual([store.rows.size, workspace.entries.length, workspace.draft.answers.size], [0, 1, 0]);
});
