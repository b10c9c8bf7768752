// Assessments of another version of their checklist, in the storage of the browser.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Migration } from "../assessment/migrate";
import * as migration from "../assessment/migrate";
import { FakeStore } from "./fake-store";
import { laterChecklist, sampleChecklist } from "./sample";
import { answerValue, workspaceOn } from "./sample-workspace";

test("a stored assessment is migrated to a newer checklist, with a report", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  workspace.answer("has-partner", { value: "met" });
  await workspace.flush();
  const later = await workspaceOn(store, laterChecklist());
  assert.deepEqual(later.report?.changed, ["course"]);
  later.dismissReport();
  assert.equal(later.report, undefined);
  later.answer("course", { confirmed: true });
  await later.flush();
  assert.equal((await workspaceOn(store, laterChecklist())).report, undefined);
});

const neverLoaded = (): Promise<Migration> => Promise.reject(new Error("not loaded"));

test("what migrates is not loaded for an assessment of this version", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  const again = await workspaceOn(store, sampleChecklist(), neverLoaded);
  again.answer("has-partner", { value: "unmet" });
  await again.flush();
  assert.deepEqual([again.problem, answerValue(again), again.isStored], ["none", "met", true]);
});

test("an assessment of another version stays as it is until what migrates it is loaded", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  const stored = store.draftOf(workspace.draft.id);
  let load = neverLoaded;
  const later = await workspaceOn(store, laterChecklist(), () => load());
  assert.deepEqual([later.problem, later.draft.answers.size], ["off", 0]);
  later.answer("has-partner", { value: "unmet" });
  await later.flush();
  assert.deepEqual(store.draftOf(workspace.draft.id), stored);
  load = () => Promise.resolve(migration);
  await later.refresh();
  assert.equal(later.find(workspace.draft.id)?.draft.checklist.version, "1.1.0");
  assert.deepEqual([later.problem, answerValue(later, "has-partner")], ["none", "unmet"]);
});

test("an answer is written into what a window of another version has stored meanwhile", async () => {
  const store = new FakeStore();
  const workspace = await workspaceOn(store);
  workspace.answer("course", { value: "met" });
  await workspace.flush();
  const later = await workspaceOn(store, laterChecklist());
  later.answer("course", { note: "from the later version" });
  await later.flush();
  workspace.answer("has-partner", { value: "unmet" });
  await workspace.flush();
  const { answers } = store.draftOf(workspace.draft.id) ?? workspace.draft;
  assert.deepEqual(
    [workspace.isStored, answers.get("has-partner")?.value, answers.get("course")?.note],
    [true, "unmet", "from the later version"],
  );
});
