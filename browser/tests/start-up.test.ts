import assert from "node:assert/strict";
import { test } from "node:test";

import * as migration from "../assessment/migrate";
import type { StartSteps } from "../form/start-up";
import { StartUp } from "../form/start-up";
import { Workspace } from "../storage/workspace";
import { FakeStore } from "./fake-store";
import { sampleChecklist } from "./sample";

/** A start-up on a workspace over `store`, and the timer that would run out. */
function startUpOn(store: FakeStore) {
  const entered: string[] = [];
  const timers: (() => void)[] = [];
  const workspace = new Workspace({
    checklist: sampleChecklist(),
    store,
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    keptByDefault: true,
    loadMigration: () => Promise.resolve(migration),
    onChange: () => undefined,
    onStored: () => undefined,
  });
  /** What one key press does: it goes into the assessment, or stays in the field of the page. */
  const type = (note: string): void => {
    if (startUp.takesChanges) workspace.answer("course", { note });
    else entered.push(note);
  };
  const steps: StartSteps = {
    openStorage: async () => {
      await workspace.start();
      return workspace.problem === "none";
    },
    onSilence: () => workspace.markStorageOff(),
    mount: () => {
      mounts += 1;
      for (const note of entered.splice(0)) type(note);
    },
    schedule: (work) => timers.push(work),
  };
  let mounts = 0;
  const startUp = new StartUp(steps);
  return {
    startUp,
    workspace,
    type,
    runOut: () => timers.forEach((work) => void work()),
    mounts: () => mounts,
    note: () => workspace.draft.answers.get("course")?.note,
  };
}

/** Lets everything that waits for nothing else happen. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("a storage that answers: from the static page to a ready form", async () => {
  const form = startUpOn(new FakeStore());
  assert.equal(form.startUp.state, "static");
  form.startUp.start();
  assert.deepEqual([form.startUp.state, form.startUp.takesChanges], ["opening storage", false]);
  await settled();
  assert.deepEqual([form.startUp.state, form.startUp.takesChanges, form.mounts()], ["ready", true, 1]);
  form.runOut();
  assert.deepEqual([form.startUp.state, form.mounts()], ["ready", 1], "the timer comes too late to matter");
});

test("keys typed before the mount, and while the storage opens, are taken over", async () => {
  const form = startUpOn(new FakeStore());
  form.type("before the mount");
  form.startUp.start();
  form.type("while the storage opens");
  assert.equal(form.note(), undefined);
  await settled();
  assert.equal(form.note(), "while the storage opens");
  form.type("after");
  assert.equal(form.note(), "after");
});

test("a storage that fails: the form works without it, and says so", async () => {
  const store = new FakeStore();
  store.failing = new Error("off");
  const form = startUpOn(store);
  form.type("early");
  form.startUp.start();
  await settled();
  assert.deepEqual([form.startUp.state, form.workspace.problem, form.note()], ["without storage", "off", "early"]);
});

test("an opening that is rejected mounts the form as well", async () => {
  let mounts = 0;
  const startUp = new StartUp({
    openStorage: () => Promise.reject(new Error("unexpected")),
    onSilence: () => undefined,
    mount: () => {
      mounts += 1;
    },
    schedule: () => undefined,
  });
  startUp.start();
  await settled();
  assert.deepEqual([startUp.state, mounts], ["without storage", 1]);
});

test("a storage that never answers: the form works without it, what is entered is at risk until a file has it", async () => {
  const store = new FakeStore();
  store.list = () => new Promise(() => undefined);
  const form = startUpOn(store);
  form.type("early");
  form.startUp.start();
  await settled();
  assert.deepEqual([form.startUp.state, form.mounts()], ["opening storage", 0]);
  form.runOut();
  assert.deepEqual([form.startUp.state, form.workspace.problem, form.note()], ["without storage", "off", "early"]);
  assert.equal(form.workspace.isAtRisk, true);
});

test("a storage that answers late: what was entered meanwhile is kept in it, beside what it had", async () => {
  const store = new FakeStore();
  const earlier = startUpOn(store);
  earlier.startUp.start();
  await settled();
  earlier.type("from last week");
  await earlier.workspace.flush();

  const list = store.list.bind(store);
  let answer = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    answer = resolve;
  });
  store.list = async (checklistId) => {
    await late;
    return list(checklistId);
  };
  const form = startUpOn(store);
  form.startUp.start();
  form.runOut();
  form.type("meanwhile");
  answer();
  await settled();
  await form.workspace.flush();
  assert.deepEqual([form.startUp.state, form.mounts(), form.workspace.problem], ["ready", 1, "none"]);
  assert.equal(form.note(), "meanwhile");
  const notes = [...store.rows.keys()].map((id) => store.draftOf(id)?.answers.get("course")?.note);
  assert.deepEqual(notes, ["from last week", "meanwhile"]);
});

test("a second mount changes nothing", async () => {
  const form = startUpOn(new FakeStore());
  form.startUp.start();
  form.startUp.start();
  await settled();
  form.startUp.start();
  await settled();
  assert.deepEqual([form.startUp.state, form.mounts()], ["ready", 1]);
});
