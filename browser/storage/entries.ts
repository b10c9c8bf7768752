// All assessments of this checklist in memory, synchronized with the browser's storage.
//
// All windows on this site share the storage, so it is never overwritten as a whole: each window merges the items
// that were changed in it into what is stored at that moment.
import type { Entry } from "./entry";
import { hasContent, mergeEntries, USED } from "./entry";
import type { MigrationReport } from "../assessment/migrate";
import { migrateDraft, needsAttention } from "../assessment/migrate";
import type { Checklist } from "../assessment/model";
import type { EntryStore } from "./entry-store";

/** none: the last attempt succeeded. off: the browser offers no storage. full: the quota is exceeded. */
export type StorageProblem = "none" | "off" | "full";

function problemOf(error: unknown): StorageProblem {
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "off";
}

export class Entries {
  problem: StorageProblem = "none";
  readonly #entries = new Map<string, Entry>();
  /** The unwritten changes, by id of the assessment: item ids, partIds, SAVED, USED. */
  readonly #changes = new Map<string, Set<string>>();
  readonly #writing = new Set<string>();
  readonly #reports = new Map<string, MigrationReport>();

  constructor(
    private readonly checklist: Checklist,
    private readonly store: EntryStore,
  ) {}

  /** All entries, the most recently used first. */
  get entries(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => b.used - a.used);
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** What became of the answers when the entry was migrated to this version of the checklist. */
  report(id: string): MigrationReport | undefined {
    return this.#reports.get(id);
  }

  dismissReport(id: string): void {
    this.#reports.delete(id);
  }

  /** Adds an entry, migrated to this version of the checklist, or replaces the one with its id. */
  put(entry: Entry): void {
    const { draft, report } = migrateDraft(entry.draft, this.checklist);
    if (needsAttention(report)) this.#reports.set(draft.id, report);
    else this.#reports.delete(draft.id);
    this.#entries.set(draft.id, { ...entry, draft });
  }

  /** Changes an entry and records which part of it has to be written. */
  change(id: string, part: string, change: Partial<Entry> = {}): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.set(id, { ...entry, ...change });
    this.#changes.set(id, (this.#changes.get(id) ?? new Set()).add(part));
  }

  /** Whether the entry has unwritten changes. */
  isChanged(id: string): boolean {
    return this.#changes.has(id);
  }

  /** Removes an entry from memory, not from the storage. */
  forget(id: string): void {
    this.#entries.delete(id);
    this.#changes.delete(id);
    this.#reports.delete(id);
  }

  /** Reads the storage; unwritten changes take precedence over it. A failure sets `problem`. */
  async load(): Promise<void> {
    try {
      const { entries, lost } = await this.store.list(this.checklist.id);
      for (const entry of entries) this.#receive(entry);
      const storedIds = new Set(entries.map((entry) => entry.draft.id));
      for (const [id, entry] of this.#entries) {
        if (!entry.stored || storedIds.has(id)) continue;
        // No longer in the storage. If the browser deleted it, or it was changed here since, it is written again.
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
   * Writes all changes; resolves with whether anything was written. A failure sets `problem`; the changes stay
   * and are written by the next call.
   */
  async write(): Promise<boolean> {
    let written = false;
    for (const [id, entry] of [...this.#entries]) {
      if (!this.#isDue(entry)) continue;
      const changes = this.#changes.get(id) ?? new Set<string>();
      this.#changes.delete(id); // later changes are written by the next call
      this.#writing.add(id);
      try {
        const result = await this.store.update(id, (stored) => {
          // An entry that was never stored from here, such as one opened from a file, replaces the stored one.
          return stored && entry.stored ? mergeEntries(this.#migrated(stored), entry, changes) : entry;
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

  /** Starts writing immediately, for a page that is being unloaded: there may be no time for a callback. */
  writeNow(): void {
    const pending = this.entries.filter((entry) => this.#isDue(entry) || this.#writing.has(entry.draft.id));
    if (pending.length > 0) this.store.putNow(pending);
  }

  #isDue(entry: Entry): boolean {
    return entry.kept && hasContent(entry) && this.isChanged(entry.draft.id);
  }

  #migrated(stored: Entry): Entry {
    return { ...stored, draft: migrateDraft(stored.draft, this.checklist).draft };
  }

  #receive(stored: Entry): void {
    const { id } = stored.draft;
    const current = this.#entries.get(id);
    if (!current) this.put(stored);
    else if (!current.stored)
      return; // the next write replaces what is stored
    else if (current.draft.updated !== stored.draft.updated || current.savedAt !== stored.savedAt) {
      const changes = this.#changes.get(id) ?? new Set<string>();
      this.#entries.set(id, mergeEntries(this.#migrated(stored), current, changes));
    }
  }
}
