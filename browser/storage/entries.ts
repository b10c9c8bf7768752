// All assessments of this checklist in memory, and the part of them that the browser keeps.
//
// The storage is shared by every window on this site, so it is never overwritten as a whole: each
// window writes the items that were changed in it, on top of what is stored at that moment.
import type { Entry } from "./entry";
import { hasContent, mergeEntries, USED } from "./entry";
import type { FitReport } from "../assessment/migrate";
import { fitToChecklist, isWorthTelling } from "../assessment/migrate";
import type { Checklist } from "../assessment/model";
import type { EntryStore } from "./entry-store";

/** none: the last attempt succeeded. off: the browser has no storage for us. full: it has no room. */
export type StorageProblem = "none" | "off" | "full";

function problemOf(error: unknown): StorageProblem {
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "off";
}

export class Shelf {
  problem: StorageProblem = "none";
  readonly #entries = new Map<string, Entry>();
  /** What is still to be written, by id of the assessment: item ids, partId, SAVED, USED. */
  readonly #changes = new Map<string, Set<string>>();
  readonly #writing = new Set<string>();
  readonly #reports = new Map<string, FitReport>();

  constructor(
    private readonly checklist: Checklist,
    private readonly store: EntryStore,
  ) {}

  /** Every entry, the latest used first. */
  get entries(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => b.used - a.used);
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** What became of the answers when the entry was brought to this version of the checklist. */
  report(id: string): FitReport | undefined {
    return this.#reports.get(id);
  }

  dismissReport(id: string): void {
    this.#reports.delete(id);
  }

  /** Takes an entry in, brought to this version of the checklist. One with its id is replaced. */
  put(entry: Entry): void {
    const { draft, report } = fitToChecklist(entry.draft, this.checklist);
    if (isWorthTelling(report)) this.#reports.set(draft.id, report);
    else this.#reports.delete(draft.id);
    this.#entries.set(draft.id, { ...entry, draft });
  }

  /** Changes an entry and notes which part of it is to be written. */
  change(id: string, part: string, change: Partial<Entry> = {}): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.set(id, { ...entry, ...change });
    this.#changes.set(id, (this.#changes.get(id) ?? new Set()).add(part));
  }

  /** Whether something of the entry is not written yet. */
  isChanged(id: string): boolean {
    return this.#changes.has(id);
  }

  /** Takes an entry out of the memory; the storage is left as it is. */
  forget(id: string): void {
    this.#entries.delete(id);
    this.#changes.delete(id);
    this.#reports.delete(id);
  }

  /** Reads the storage; what is not written yet here stays on top. Failure shows as `problem`. */
  async load(): Promise<void> {
    try {
      const { entries, lost } = await this.store.list(this.checklist.id);
      for (const entry of entries) this.#receive(entry);
      const found = new Set(entries.map((entry) => entry.draft.id));
      for (const [id, entry] of this.#entries) {
        if (!entry.stored || found.has(id)) continue;
        // Gone from the storage. Thrown away by the browser, or changed here since: write it again.
        // Otherwise the person has removed it in another window.
        if (lost || this.isChanged(id)) this.change(id, USED, { stored: false });
        else this.forget(id);
      }
      if (this.problem === "off") this.problem = "none";
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /**
   * Writes what has changed; resolves with whether anything was written. Failure shows as
   * `problem`; the changes stay, and the next call tries them again.
   */
  async write(): Promise<boolean> {
    let written = false;
    for (const [id, entry] of [...this.#entries]) {
      if (!this.#isDue(entry)) continue;
      const changes = this.#changes.get(id) ?? new Set<string>();
      this.#changes.delete(id); // what changes from here on is written next time
      this.#writing.add(id);
      try {
        const result = await this.store.update(id, (stored) => {
          // An entry that was never stored by us, as one opened from a file, replaces its like.
          return stored && entry.stored ? mergeEntries(this.#fitted(stored), entry, changes) : entry;
        });
        const since = this.#changes.get(id) ?? new Set<string>();
        this.#entries.set(id, mergeEntries(result, this.#entries.get(id) ?? entry, since));
        this.problem = "none";
        written = true;
      } catch (error) {
        this.problem = problemOf(error);
        this.#changes.set(id, new Set([...changes, ...(this.#changes.get(id) ?? [])]));
      } finally {
        this.#writing.delete(id);
      }
    }
    return written;
  }

  /** Starts writing at once, for a page that is going away: there may be no time for a callback. */
  writeNow(): void {
    const due = this.entries.filter((entry) => this.#isDue(entry) || this.#writing.has(entry.draft.id));
    if (due.length > 0) this.store.putNow(due);
  }

  #isDue(entry: Entry): boolean {
    return entry.kept && hasContent(entry) && this.isChanged(entry.draft.id);
  }

  #fitted(stored: Entry): Entry {
    return { ...stored, draft: fitToChecklist(stored.draft, this.checklist).draft };
  }

  #receive(stored: Entry): void {
    const { id } = stored.draft;
    const mine = this.#entries.get(id);
    if (!mine) this.put(stored);
    else if (!mine.stored)
      return; // about to be written over it
    else if (mine.draft.updated !== stored.draft.updated || mine.savedAt !== stored.savedAt) {
      const changes = this.#changes.get(id) ?? new Set<string>();
      this.#entries.set(id, mergeEntries(this.#fitted(stored), mine, changes));
    }
  }
}
