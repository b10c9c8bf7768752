// Windows of one site for tests: they share a storage and a clock.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import * as migration from "../assessment/migrate";
import type { AnswerChange } from "../assessment/draft";
import type { ChecklistPageData, Row } from "../assessment/model";
import { checklistOf } from "../assessment/model";
import { rowsOf, withField } from "../assessment/rows";
import { Workspace } from "../storage/workspace";
import { FakeStore } from "./fake-store";

const pageData = JSON.parse(readFileSync("../tests/vectors/page-data.json", "utf8")) as ChecklistPageData;
export const checklist = checklistOf(pageData);
const helpers = checklist.items.get("helpers");
assert(helpers?.type === "rows");

let ids = 0;

/** The time of all windows, and how far each change moves it, in milliseconds: by default too far for one undo step. */
export const clock = { time: 1_800_000_000_000, betweenChanges: 5_000 };

function nextId(): string {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
}

function nextTime(): Date {
  clock.time += clock.betweenChanges;
  return new Date(clock.time);
}

/** A window that hears of no other until it is told to refresh. */
export async function openWindow(store: FakeStore, keptByDefault = true): Promise<Workspace> {
  const workspace = new Workspace({
    checklist,
    store,
    now: nextTime,
    newId: nextId,
    keptByDefault,
    loadMigration: () => Promise.resolve(migration),
    onChange: () => undefined,
    onStored: () => undefined,
  });
  await workspace.start();
  return workspace;
}

/** Writes and reads until all windows show what is stored. */
export async function settle(...windows: Workspace[]): Promise<void> {
  for (const window of [...windows, ...windows]) await window.refresh();
}

export async function twoWindows(given: Record<string, AnswerChange> = { stewards: { value: "done" } }) {
  const store = new FakeStore();
  const first = await openWindow(store);
  for (const [item, change] of Object.entries(given)) first.answer(item, change);
  await first.flush();
  return { store, first, second: await openWindow(store) };
}

export const answerIn = ({ draft }: Workspace, item = "stewards") => draft.answers.get(item);
export const rowsIn = (window: Workspace): readonly Row[] => rowsOf(answerIn(window, "helpers")?.content);
export const row = (number: number, fields: Record<string, string> = {}): Row => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  fields,
});
export const setRows = (window: Workspace, rows: readonly Row[]): void => window.answer("helpers", { content: rows });
export const setCell = (window: Workspace, id: string, field: string, text: string): void =>
  setRows(window, withField(rowsIn(window), helpers, id, field, text));
