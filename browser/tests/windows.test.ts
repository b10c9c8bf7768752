// Several windows on one storage: each field is a unit, and "do not keep" holds for all of them.
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Action, Draft } from "../assessment/model";
import { FakeStore } from "./fake-store";
import { answer } from "./sample";
import { answerIn, clock, openWindow, row, rowsIn, setCell, setRows, settle, twoWindows } from "./site-windows";
import { sampleDraft } from "./sample";

test("two windows change two fields of a question at the same time: both changes stay", async () => {
  const { first, second } = await twoWindows();
  first.answer("stewards", { note: "by the first" });
  second.answer("stewards", { value: "not-done" });
  second.answer("stewards", { evidence: "by the second" });
  await settle(second, first);
  for (const window of [first, second]) {
    const { value, note, evidence } = answerIn(window) ?? {};
    assert.deepEqual([value, note, evidence], ["not-done", "by the first", "by the second"]);
  }
});

test("undo in a window leaves alone what another window changed in the same question", async () => {
  const { first, second } = await twoWindows({});
  first.answer("stewards", { note: "by the first" });
  await settle(first, second);
  second.answer("stewards", { value: "done" });
  second.answer("stewards", { evidence: "by the second" });
  await settle(second, first);
  assert.deepEqual(first.step("undo"), ["stewards"]);
  await settle(first, second);
  assert.deepEqual(answerIn(second), answer("done", { evidence: "by the second" }));
  first.step("redo");
  assert.deepEqual(answerIn(first), answer("done", { evidence: "by the second", note: "by the first" }));
});

test("a field that another window has changed since is not undone, and the step says so", async () => {
  const { first, second } = await twoWindows();
  second.answer("stewards", { value: "not-done" });
  await settle(second, first);
  assert.deepEqual(first.step("undo"), []);
  assert.equal(answerIn(first)?.value, "not-done");
});

test("undoing a typed text leaves alone what arrived while it was typed", async () => {
  const { first, second } = await twoWindows({});
  clock.betweenChanges = 10;
  first.answer("stewards", { note: "a" });
  second.answer("stewards", { evidence: "by the second" });
  await settle(second, first);
  first.answer("stewards", { note: "ab" });
  clock.betweenChanges = 5_000;
  assert.equal(first.steps.undo, 1);
  first.step("undo");
  assert.deepEqual(answerIn(first), answer("", { evidence: "by the second" }));
});

test("a field that another window changes twice is not set back by an unwritten change beside it", async () => {
  const { store, first, second } = await twoWindows();
  first.answer("stewards", { note: "not written yet" });
  second.answer("stewards", { evidence: "a" });
  await second.flush();
  store.failing = new DOMException("no room", "QuotaExceededError");
  const { list } = store;
  store.list = (id) => {
    store.failing = undefined;
    return list.call(store, id).finally(() => (store.failing = new DOMException("no room", "QuotaExceededError")));
  };
  await first.refresh(); // it reads, but cannot write
  store.failing = undefined;
  second.answer("stewards", { evidence: "ab" });
  await second.flush();
  await first.flush();
  assert.deepEqual([answerIn(first)?.note, answerIn(first)?.evidence], ["not written yet", "ab"]);
});

test("rows: cells, new rows and removed rows of two windows are merged", async () => {
  const { first, second } = await twoWindows({ helpers: { content: [row(1, { task: "a" }), row(2, { task: "b" })] } });
  setCell(first, row(1).id, "hours", "2");
  setRows(first, [...rowsIn(first), row(3, { task: "c" })]);
  setCell(second, row(1).id, "task", "A");
  setRows(second, [...rowsIn(second).slice(0, 1), row(4, { task: "d" })]);
  await settle(first, second);
  assert.deepEqual(rowsIn(first), rowsIn(second));
  const cells = new Map(rowsIn(first).map(({ id, fields }) => [id, fields]));
  assert.deepEqual(cells.get(row(1).id), { task: "A", hours: "2" });
  assert.deepEqual([...cells.keys()].sort(), [row(1).id, row(3).id, row(4).id]);
});

test("rows: one that was removed in one window and changed in the other stays", async () => {
  for (const isRemovedFirst of [true, false]) {
    const { first, second } = await twoWindows({
      helpers: { content: [row(1, { task: "a" }), row(2, { task: "b" })] },
    });
    setRows(first, rowsIn(first).slice(1));
    setCell(second, row(1).id, "hours", "3");
    await settle(...(isRemovedFirst ? [first, second] : [second, first]));
    for (const window of [first, second])
      assert.deepEqual(
        rowsIn(window).map(({ fields }) => fields),
        [{ task: "a", hours: "3" }, { task: "b" }],
      );
  }
});

test("rows: moving them in one window keeps the cells and new rows of the other", async () => {
  const { first, second } = await twoWindows({ helpers: { content: [row(1, { task: "a" }), row(2, { task: "b" })] } });
  setRows(first, [...rowsIn(first)].reverse());
  setRows(second, [...rowsIn(second), row(3, { task: "c" })]);
  setCell(second, row(1).id, "task", "A");
  await settle(second, first);
  assert.deepEqual(
    rowsIn(second).map(({ fields }) => fields["task"]),
    ["b", "c", "A"],
  );
});

test("an action plan: changed, new and removed actions of two windows are merged", async () => {
  const action = (text: string, more: Partial<Action> = {}): Action => ({
    item: "",
    text,
    owner: "",
    due: "",
    state: "planned",
    ...more,
  });
  const merged = async (mine: readonly Action[], theirs: readonly Action[]): Promise<Draft["actions"]> => {
    const { first, second } = await twoWindows();
    first.setPart("actions", [action("a"), action("b")]);
    await settle(first, second);
    second.setPart("actions", theirs);
    first.setPart("actions", mine);
    await settle(second, first);
    assert.deepEqual(first.draft.actions, second.draft.actions);
    return first.draft.actions;
  };
  const [plain, other, added] = [action("a"), action("b"), action("c")];
  const owned = action("a", { owner: "office" });
  const dated = action("a", { due: "2027-01-01" });
  const both = action("a", { owner: "office", due: "2027-01-01" });
  assert.deepEqual(await merged([owned, other], [dated, other]), [both, other]);
  assert.deepEqual(await merged([owned, other], [plain, other, added]), [owned, other, added]);
  assert.deepEqual(await merged([plain], [plain, other, added]), [plain, added]);
  assert.deepEqual(await merged([plain, other, added], [other]), [other, added]);
});

test("the second of two blank windows joins the first as soon as that stores an answer", async () => {
  const store = new FakeStore();
  const first = await openWindow(store);
  const second = await openWindow(store);
  first.answer("stewards", { value: "done" });
  await first.flush();
  await second.refresh();
  assert.equal(second.draft.id, first.draft.id);
  second.answer("stewards", { note: "x" });
  await settle(second, first);
  assert.deepEqual([store.rows.size, answerIn(first)?.note], [1, "x"]);
});

test("two blank windows in which somebody types at once are one assessment", async () => {
  const store = new FakeStore();
  const windows = [await openWindow(store), await openWindow(store), await openWindow(store)] as const;
  const [first, second, third] = windows;
  first.answer("stewards", { value: "done" });
  second.answer("stewards", { note: "by the second" });
  third.setPart("label", "by the third");
  await Promise.all([first.flush(), second.flush()]);
  third.flushNow(); // it is closed
  await settle(first, second);
  assert.deepEqual([store.rows.size, first.draft.id], [1, second.draft.id]);
  assert.deepEqual([answerIn(first)?.value, answerIn(first)?.note], ["done", "by the second"]);
  assert.equal(second.draft.label, "by the third");
});

test("a new assessment begun on request, and one from a file, stay apart", async () => {
  const { store, first, second } = await twoWindows();
  first.create();
  first.answer("stewards", { value: "not-done" });
  await settle(first, second);
  await second.add({ ...sampleDraft({}), checklist: first.draft.checklist, label: "file" }, "sha256:x", "");
  await settle(first, second);
  assert.equal(store.rows.size, 3);
  assert.deepEqual([answerIn(first)?.value, second.draft.label], ["not-done", "file"]);
});

test("a page that is unloaded does not overwrite what another window wrote meanwhile", async () => {
  const { first, second } = await twoWindows();
  second.answer("stewards", { evidence: "by the second" });
  await second.flush();
  first.answer("stewards", { note: "typed last" });
  first.flushNow();
  await second.refresh();
  assert.deepEqual([answerIn(second)?.evidence, answerIn(second)?.note], ["by the second", "typed last"]);
});

test("what a page writes while it is unloaded does not bring back a removed assessment", async () => {
  const { store, first, second } = await twoWindows();
  first.answer("stewards", { note: "typed last" });
  await second.remove();
  first.flushNow();
  await second.refresh();
  assert.deepEqual([store.rows.size, second.entries.length], [0, 1]);
});

test("not kept: no other window stores anything, opened before or after, typing or closing", async () => {
  const { store, first, second } = await twoWindows();
  second.answer("stewards", { note: "typed in the second" });
  await first.setKept(false);
  await second.flush();
  second.answer("stewards", { evidence: "more" });
  second.flushNow();
  const third = await openWindow(store);
  third.answer("stewards", { note: "typed in the third" });
  await settle(first, second, third);
  third.flushNow();
  assert.equal(store.rows.size, 0);
  assert.deepEqual([first.kept, second.kept, third.kept], [false, false, false]);
  assert.deepEqual([answerIn(second)?.note, answerIn(second)?.evidence], ["typed in the second", "more"]);
  assert(first.isAtRisk && second.isAtRisk && third.isAtRisk);
});

test("not kept: what another window shows is removed too, other assessments stay", async () => {
  const { store, first, second } = await twoWindows();
  second.create();
  second.answer("stewards", { note: "shown in the second" });
  await second.flush();
  const earlier = second.draft.id;
  second.create();
  second.answer("stewards", { note: "shown later" });
  await settle(first, second);
  await first.setKept(false);
  await second.refresh();
  assert.deepEqual([...store.rows.keys()], [earlier]);
  assert.equal(answerIn(second)?.note, "shown later");
});

test("kept again: both windows store what they have, merged by field", async () => {
  const { store, first, second } = await twoWindows();
  await first.setKept(false);
  await second.refresh();
  first.answer("stewards", { note: "by the first" });
  second.answer("stewards", { evidence: "by the second" });
  await second.setKept(true);
  await settle(first, second);
  const { note, evidence } = store.draftOf(first.draft.id)?.answers.get("stewards") ?? {};
  assert.deepEqual([note, evidence], ["by the first", "by the second"]);
  assert.deepEqual([first.isAtRisk, second.isAtRisk], [false, false]);
});

test("a page that begins as not kept stores nothing until somebody chooses to keep", async () => {
  const store = new FakeStore();
  const first = await openWindow(store, false);
  first.answer("stewards", { value: "done" });
  await first.flush();
  first.flushNow();
  assert.deepEqual([store.rows.size, first.kept, first.isAtRisk], [0, false, true]);
  await first.setKept(true);
  assert.deepEqual([store.rows.size, first.isAtRisk], [1, false]);
  assert.equal((await openWindow(store, false)).kept, true, "the choice holds for the pages opened later");
});

test("a choice not to keep is stored once the storage works", async () => {
  const store = new FakeStore();
  store.failing = new Error("off");
  const window = await openWindow(store);
  window.answer("stewards", { note: "secret" });
  await window.setKept(false);
  store.failing = undefined;
  await window.refresh();
  assert.deepEqual([store.rows.size, store.kept, window.kept], [0, false, false]);
});
