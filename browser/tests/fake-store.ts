// A storage in memory that can fail. Several workspaces share it as windows share IndexedDB.
import type { Entry } from "../storage/entry";
import type { EntryStore } from "../storage/entry-store";
import { NotKept } from "../storage/entry-store";
import type { PendingEntry, StoredRow } from "../storage/stored-rows";
import { isPending, latestOf, mergeRows, pendingRow, rowOf } from "../storage/stored-rows";

export class FakeStore implements EntryStore {
  readonly rows = new Map<string, StoredRow>();
  kept: boolean | undefined;
  failing: Error | undefined;
  lost = false;
  /** Runs between reading and writing of an update, to simulate a change in the same window. */
  meanwhile: () => void = () => undefined;

  async list(checklistId: string) {
    await this.#mayFail();
    const entries = [...this.#merged().values()].filter((entry) => entry.draft.checklist.id === checklistId);
    const { kept, lost } = this;
    this.lost = false;
    return { entries, kept, lost };
  }

  async update(id: string, change: (stored: Entry | undefined) => Entry, joinedId?: string) {
    await this.#mayFail();
    if (this.kept === false) throw new NotKept();
    const entries = this.#merged();
    const stored = entries.get(id) ?? (joinedId === undefined ? undefined : latestOf(entries.values()));
    const entry = { ...change(stored), stored: true };
    this.rows.set(entry.draft.id, rowOf(entry));
    this.meanwhile();
    await Promise.resolve();
    return entry;
  }

  putNow(pending: readonly PendingEntry[]): void {
    if (this.kept === false) return;
    for (const row of pending.map((row) => pendingRow(row, "2026-11-21T09:30:00.000Z"))) this.rows.set(row.id, row);
  }

  async remove(id: string): Promise<void> {
    await this.#mayFail();
    for (const key of [...this.rows.keys()]) if (key.startsWith(id)) this.rows.delete(key);
  }

  async clear(): Promise<void> {
    await this.#mayFail();
    this.rows.clear();
  }

  async setKept(kept: boolean, id: string): Promise<void> {
    await this.#mayFail();
    this.kept = kept;
    if (!kept) await this.remove(id);
  }

  /** What is stored of an assessment. */
  draftOf(id: string) {
    return mergeRows([...this.rows.values()]).entries.get(id)?.draft;
  }

  #merged(): Map<string, Entry> {
    const rows = [...this.rows.values()];
    const { entries, mergedIds } = mergeRows(rows);
    for (const row of rows.filter(isPending)) this.rows.delete(row.id);
    for (const id of mergedIds) this.rows.set(id, rowOf(entries.get(id) as Entry));
    return entries;
  }

  async #mayFail(): Promise<void> {
    await Promise.resolve();
    if (this.failing) throw this.failing;
  }
}
