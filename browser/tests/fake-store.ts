// A storage in memory that can fail. Several workspaces share it as windows share IndexedDB.
import type { Entry } from "../storage/entry";
import type { EntryStore } from "../storage/entry-store";

export class FakeStore implements EntryStore {
  readonly rows = new Map<string, Entry>();
  failing: Error | undefined;
  lost = false;
  /** Runs between reading and writing of an update, to simulate a change in another tab. */
  meanwhile: () => void = () => undefined;

  async list(checklistId: string) {
    await this.#mayFail();
    const entries = [...this.rows.values()].filter((entry) => entry.draft.checklist.id === checklistId);
    const { lost } = this;
    this.lost = false;
    return { entries, lost };
  }

  async update(id: string, change: (stored: Entry | undefined) => Entry) {
    await this.#mayFail();
    const entry = { ...change(this.rows.get(id)), stored: true };
    this.meanwhile();
    await Promise.resolve();
    this.rows.set(id, entry);
    return entry;
  }

  putNow(entries: readonly Entry[]): void {
    for (const entry of entries) this.rows.set(entry.draft.id, { ...entry, stored: true });
  }

  async remove(id: string): Promise<void> {
    await this.#mayFail();
    this.rows.delete(id);
  }

  async clear(): Promise<void> {
    await this.#mayFail();
    this.rows.clear();
  }

  async #mayFail(): Promise<void> {
    await Promise.resolve();
    if (this.failing) throw this.failing;
  }
}
