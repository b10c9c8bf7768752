// Workspaces on a store of the tests.
import type { Migration } from "../assessment/migrate";
import * as migration from "../assessment/migrate";
import type { Checklist } from "../assessment/model";
import { Workspace } from "../storage/workspace";
import type { FakeStore } from "./fake-store";
import { sampleChecklist } from "./sample";

let ids = 0;
let time = 1_800_000_000_000;

function nextId(): string {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
}

function nextSecond(): Date {
  time += 1000;
  return new Date(time);
}

/** A workspace on a store, with what it holds. */
export async function workspaceOn(
  store: FakeStore,
  checklist: Checklist = sampleChecklist(),
  loadMigration: () => Promise<Migration> = () => Promise.resolve(migration),
): Promise<Workspace> {
  const workspace = new Workspace({
    checklist,
    store,
    now: nextSecond,
    newId: nextId,
    keptByDefault: true,
    loadMigration,
    onChange: () => undefined,
    onStored: () => undefined,
  });
  await workspace.start();
  return workspace;
}

/** The choice that answers an item. */
export const answerValue = (workspace: Workspace, item = "course"): string | undefined =>
  workspace.draft.answers.get(item)?.value;
