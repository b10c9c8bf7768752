// All assessments of this checklist in memory, synchronized with the browser's storage.
//
// All windows on this site share the storage, so it is never overwritten as a whole: each window merges the fields
// that were changed in it into what is stored at that moment.
import { isBlank, valueAt } from "../assessment/draft";
import type { Migration, MigrationReport } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import { isUpToDate } from "../assessment/up-to-date";
import { isFull } from "./database";
import type { Entry } from "./entry";
import { fileState, hasContent, mergeEntries, USED } from "./entry";
import type { EntryStore } from "./entry-store";
import { NotKept } from "./entry-store";
import type { PendingEntry } from "./stored-rows";
import { latestOf } from "./stored-rows";

/** none: the last attempt succeeded. off: the browser offers no storage. full: the quota is exceeded. */
export type StorageProblem = "none" | "off" | "full";

/** Values before the unwritten changes, by item id, partId, SAVED and USED. */
type BaseValues = Map<string, unknown>;

/** What migrates drafts has not been loaded, and a draft needs it. */
class MigrationMissing extends Error {}

function problemOf(error: unknown): StorageProblem {
  return isFull(error) ? "full" : "off";
}

/** The values of these items and parts in a draft. */
function basesOf(draft: Draft, parts: Iterable<string>): BaseValues {
  return new Map([...parts].map((part) => [part, valueAt(draft, part)]));
}

export class Entries {
  problem: StorageProblem = "none";
  /** Id of the entry that is shown. */
  currentId = "";
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Map<string, BaseValues>();
  /** The changes that are being written. */
  readonly #writing = new Map<string, BaseValues>();
  readonly #reports = new Map<string, MigrationReport>();
  #migration: Migration | undefined;
  /** Whether a choice to keep or not to keep could not be stored. */
  #isChoicePending = false;
  /** Whether the storage has been read at least once. */
  #isListed = false;

  /**
   * @param kept Whether entries may be kept in this browser; the choice in the storage takes precedence
   * @param loadMigration Loads what migrates drafts of other versions: most visitors never have one
   */
  constructor(
    private readonly checklist: Checklist,
    private readonly store: EntryStore,
    public kept: boolean,
    private readonly loadMigration: () => Promise<Migration>,
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

  /** Loads what migrates drafts if one of these needs it; rejects when it does not load. */
  async prepare(drafts: readonly Draft[]): Promise<void> {
    if (!drafts.every((draft) => isUpToDate(draft, this.checklist))) this.#migration ??= await this.loadMigration();
  }

  /** Adds an entry, migrated to this version of the checklist, or replaces the one with its id; after `prepare`. */
  put(entry: Entry): void {
    const { draft, report } = this.#migrate(entry.draft);
    if (report && this.#migration?.needsAttention(report)) this.#reports.set(draft.id, report);
    else this.#reports.delete(draft.id);
    this.#entries.set(draft.id, { ...entry, draft });
  }

  /** Changes an entry and records which parts of it have to be written. */
  change(id: string, parts: readonly string[], change: Partial<Entry>): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.set(id, { ...entry, ...change });
    this.#changes.set(id, new Map([...basesOf(entry.draft, parts), ...(this.#changes.get(id) ?? [])]));
  }

  /** Whether the entry has unwritten changes. */
  isChanged(id: string): boolean {
    return this.#changes.has(id);
  }

  /** Whether the storage holds the entry with all its changes. */
  isStored(entry: Entry): boolean {
    return entry.stored && !this.isChanged(entry.draft.id);
  }

  /** The entries with answers that neither the storage nor a file holds. */
  get unsaved(): Entry[] {
    const isUnsaved = (entry: Entry): boolean => !this.isStored(entry) && fileState(entry, this.checklist) !== "saved";
    return this.entries.filter((entry) => !isBlank(entry.draft) && isUnsaved(entry));
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
      if (this.#isChoicePending) await this.setKept(this.kept);
      const { entries, kept = this.kept, lost } = await this.store.list(this.checklist.id);
      if (this.kept && !kept) {
        await this.store.remove(this.currentId); // what this window shows is not kept either
        this.#turnOff();
        return await this.load();
      }
      await this.prepare(entries.map(({ draft }) => draft));
      this.kept = kept;
      for (const entry of entries) this.#receive(entry);
      this.#dropRemoved(new Set(entries.map((entry) => entry.draft.id)), lost);
      this.#join(latestOf(entries));
      this.#isListed = true;
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
    for (const id of [...this.#entries.keys()]) {
      const entry = this.#entries.get(id);
      if (!entry || !this.#isDue(entry)) continue;
      const changes = this.#changes.get(id) ?? new Map<string, unknown>();
      this.#changes.delete(id); // later changes are written by the next call
      this.#writing.set(id, changes);
      const joinedId = entry.origin === "page" && this.#isListed ? this.checklist.id : undefined;
      try {
        const merge = (stored: Entry | undefined): Entry =>
          stored && entry.origin !== "file" ? mergeEntries(this.#migrated(stored), entry, changes) : entry;
        this.#merge(id, await this.store.update(id, merge, joinedId));
        this.problem = "none";
        written = true;
      } catch (error) {
        this.#changes.set(id, new Map([...(this.#changes.get(id) ?? []), ...changes]));
        const isMissing = error instanceof MigrationMissing;
        if (isMissing || error instanceof NotKept) await this.load();
        else this.problem = problemOf(error);
        if (isMissing && this.#migration) return await this.write();
      } finally {
        this.#writing.delete(id);
      }
    }
    return written;
  }

  /**
   * Starts writing immediately, for a page that is being unloaded: there may be no time for a callback.
   *
   * @returns Whether there was anything to write
   */
  writeNow(): boolean {
    const pending: PendingEntry[] = [];
    for (const entry of this.kept ? this.entries : []) {
      const { id } = entry.draft;
      const changes = new Map([...(this.#changes.get(id) ?? []), ...(this.#writing.get(id) ?? [])]);
      if (changes.size > 0 && hasContent(entry)) pending.push({ entry, changes });
    }
    if (pending.length > 0) this.store.putNow(pending);
    return pending.length > 0;
  }

  /** Sets whether entries may be kept; if not, the current one is removed from the storage. Rejects when that fails. */
  async setKept(kept: boolean): Promise<void> {
    const entry = this.#entries.get(this.currentId);
    this.#isChoicePending = false;
    await this.store.setKept(kept, this.currentId).catch((error: unknown) => {
      if (entry?.stored) throw error;
      this.#isChoicePending = true;
    });
    if (kept) this.kept = true;
    else this.#turnOff();
  }

  #turnOff(): void {
    this.kept = false;
    const current = this.#entries.get(this.currentId);
    if (current && hasContent(current)) this.change(this.currentId, [USED], { stored: false });
  }

  #isDue(entry: Entry): boolean {
    return this.kept && hasContent(entry) && this.isChanged(entry.draft.id);
  }

  #migrated(stored: Entry): Entry {
    return { ...stored, draft: this.#migrate(stored.draft).draft };
  }

  #migrate(draft: Draft): { draft: Draft; report?: MigrationReport } {
    if (isUpToDate(draft, this.checklist)) return { draft };
    if (!this.#migration) throw new MigrationMissing();
    return this.#migration.migrateDraft(draft, this.checklist);
  }

  #receive(stored: Entry): void {
    const { id } = stored.draft;
    const current = this.#entries.get(id);
    if (!current) this.put(stored);
    else if (current.origin !== "file") this.#merge(id, this.#migrated(stored)); // a file replaces what is stored
  }

  /** Follows what other windows have removed. */
  #dropRemoved(storedIds: ReadonlySet<string>, lost: boolean): void {
    for (const [id, entry] of this.#entries) {
      if (!entry.stored || storedIds.has(id)) continue;
      // If the browser deleted it, or it was changed here since, it is written again. If keeping was turned off, it
      // stays on this page. Otherwise the person has removed it in another window.
      const isTurnedOff = !this.kept && id === this.currentId;
      if (lost || isTurnedOff || this.isChanged(id)) this.change(id, [USED], { stored: false });
      else this.forget(id);
    }
  }

  /** Makes the entry that the page began with a part of the one that is stored. */
  #join(stored: Entry | undefined): void {
    const current = this.#entries.get(this.currentId);
    if (!stored || current?.origin !== "page") return;
    // What was entered here before the storage could be read is another assessment.
    if ((this.kept && this.#isListed) || !hasContent(current)) this.#merge(this.currentId, this.#migrated(stored));
    else this.#entries.set(this.currentId, { ...current, origin: undefined });
  }

  /** Merges a stored entry into the one with this id, which gets the id of the stored one. */
  #merge(id: string, stored: Entry): void {
    const current = this.#entries.get(id) ?? stored;
    const changes = this.#changes.get(id) ?? new Map<string, unknown>();
    const storedId = stored.draft.id;
    this.#entries.delete(id);
    this.#changes.delete(id);
    this.#entries.set(storedId, mergeEntries(stored, current, changes));
    // From now on, only what differs from the stored entry is a change.
    if (changes.size > 0) this.#changes.set(storedId, basesOf(stored.draft, changes.keys()));
    if (this.currentId === id) this.currentId = storedId;
  }
}
