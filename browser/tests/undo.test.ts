import assert from "node:assert/strict";
import { test } from "node:test";

import * as migration from "../assessment/migrate";
import type { Draft } from "../assessment/model";
import { supersededStates } from "../storage/history-store";
import { UndoHistory } from "../assessment/undo";
import { Workspace } from "../storage/workspace";
import { differingValues } from "../assessment/differing-values";
import { FakeStore } from "./fake-store";
import { answer, laterChecklist, sampleChecklist, sampleDraft } from "./sample";

let ids = 0;

function nextId(): string {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function workspaceAt(times: { now: number }, store = new FakeStore()): Promise<Workspace> {
  const workspace = new Workspace({
    checklist: sampleChecklist(),
    store,
    now: () => new Date(times.now),
    newId: nextId,
    keptByDefault: true,
    loadMigration: () => Promise.resolve(migration),
    onChange: () => undefined,
    onStored: () => undefined,
  });
  await workspace.start();
  return workspace;
}

const texts = ({ draft }: Workspace): string[] =>
  [...draft.answers].map(([id, { value, note }]) => `${id} ${value} ${note}`);

test("steps are undone and redone, and a new change clears what can be redone", async () => {
  const times = { now: 1_800_000_000_000 };
  const workspace = await workspaceAt(times);
  workspace.answer("course", { value: "met" });
  workspace.answer("course", { value: "unmet" });
  workspace.setPart("label", "Faculty");
  assert.deepEqual(workspace.steps, { undo: 3, redo: 0 });
  assert.deepEqual(workspace.step("undo"), ["#label"]);
  assert.equal(workspace.draft.label, "");
  assert.deepEqual(workspace.step("undo"), ["course"]);
  assert.deepEqual(texts(workspace), ["course met "]);
  workspace.step("undo");
  assert.deepEqual(texts(workspace), []);
  assert.equal(workspace.step("undo"), undefined);
  workspace.step("redo");
  assert.deepEqual(texts(workspace), ["course met "]);
  workspace.answer("has-partner", { value: "met" });
  assert.deepEqual(workspace.steps, { undo: 2, redo: 0 });
});

test("a typed text is one step until a pause", async () => {
  const times = { now: 1_800_000_000_000 };
  const workspace = await workspaceAt(times);
  for (const note of ["a", "ab", "abc"]) {
    workspace.answer("course", { note });
    times.now += 100;
  }
  times.now += 5_000;
  workspace.answer("course", { note: "abcd" });
  assert.equal(workspace.steps.undo, 2);
  workspace.step("undo");
  assert.deepEqual(texts(workspace), ["course  abc"]);
  workspace.step("undo");
  assert.deepEqual(texts(workspace), []);
});

test("undoing a step does not undo what another window has changed since", async () => {
  const times = { now: 1_800_000_000_000 };
  const store = new FakeStore();
  const firstWindow = await workspaceAt(times, store);
  firstWindow.answer("course", { value: "met" });
  await firstWindow.flush();
  const secondWindow = await workspaceAt(times, store);
  times.now += 1_000;
  secondWindow.answer("has-partner", { value: "unmet" });
  await secondWindow.flush();
  await firstWindow.refresh();
  times.now += 1_000;
  firstWindow.step("undo");
  await firstWindow.flush();
  await secondWindow.refresh();
  assert.deepEqual(texts(firstWindow), ["has-partner unmet "]);
  assert.deepEqual(texts(secondWindow), ["has-partner unmet "]);
});

test("each assessment has its own steps", async () => {
  const workspace = await workspaceAt({ now: 1_800_000_000_000 });
  workspace.answer("course", { value: "met" });
  workspace.create();
  assert.equal(workspace.step("undo"), undefined);
});

test("restoring an earlier state is one step that can be undone", async () => {
  const times = { now: 1_800_000_000_000 };
  const workspace = await workspaceAt(times);
  workspace.answer("course", { value: "met", note: "first" });
  const state = workspace.draft;
  workspace.answer("course", { value: "unmet" });
  workspace.answer("has-partner", { value: "met" });
  workspace.setPart("label", "Faculty");
  const after = texts(workspace);
  times.now += 1_000;
  workspace.set(differingValues(workspace.draft, state, sampleChecklist()));
  assert.deepEqual(texts(workspace), ["course met first"]);
  assert.equal(workspace.draft.label, "");
  assert.notEqual(workspace.draft.updated, state.updated, "going back is a change");
  workspace.step("undo");
  assert.deepEqual(texts(workspace), after);
  assert.equal(workspace.draft.label, "Faculty");
});

test("an earlier state of an older version is migrated, with its orphans", () => {
  const state: Draft = sampleDraft({ course: answer("met", { note: "old" }), gone: answer("met") });
  const values = differingValues(sampleDraft({}), state, laterChecklist());
  assert(values.has("course") || values.has("#orphans"));
  assert((values.get("#orphans") as Map<string, unknown>).has("gone"));
});

test("only the last steps are kept", () => {
  const steps = new UndoHistory();
  for (let number = 0; number < 1_000; number += 1)
    steps.record(new Map([["q", { before: number - 1, after: number }]]), "", number);
  assert.equal(steps.undo.length, 200);
  assert.equal(steps.undo.at(-1)?.get("q")?.after, 999);
});

test("of earlier states the last of each minute, hour and day stay, at most 50", () => {
  const now = Date.UTC(2026, 10, 21, 12, 0, 30);
  const kept = (times: number[]): number[] => {
    const dropped = new Set(supersededStates(times, now));
    return times.filter((_, index) => !dropped.has(index));
  };
  const seconds = Array.from({ length: 120 }, (_, index) => now - (119 - index) * 1_000);
  assert(kept(seconds).length <= 3, "one for each minute");
  assert.equal(kept(seconds).at(-1), now, "the latest stays");
  const minutes = Array.from({ length: 300 }, (_, index) => now - (299 - index) * MINUTE);
  assert(kept(minutes).length <= 10 + 6);
  const years = Array.from({ length: 400 }, (_, index) => now - (399 - index) * DAY);
  assert.equal(kept(years).length, 50);
  // After a clock was set back, times are in the future: such states are not dropped at once.
  assert.deepEqual(kept([now + DAY, now + DAY + 2 * MINUTE, now]), [now + DAY, now + DAY + 2 * MINUTE, now]);
});
