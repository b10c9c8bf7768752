// Keeps assessments between visits: IndexedDB, database "tebiki", store "assessments".
// Their earlier states are in another database (history-store.ts) and are deleted when the storage is full.
import { Database, resultOf } from "./database";
import type { Entry } from "./entry";
import type { Draft } from "../assessment/model";
import { HistoryStore } from "./history-store";

export interface Listing {
  entries: Entry[];
  /** Whether the browser has deleted the storage since the last listing. */
  lost: boolean;
}

/** All methods except putNow reject when the browser's storage is off, blocked or full. */
export interface EntryStore {
  /** The entries of one checklist, in no particular order. */
  list(checklistId: string): Promise<Listing>;
  /** Replaces an entry by the result of `change`, in one transaction; resolves with that result. */
  update(id: string, change: (stored: Entry | undefined) => Entry): Promise<Entry>;
  /**
   * Starts overwriting stored entries without waiting for the end, for a page that is being unloaded.
   * An active write transaction is aborted for it.
   */
  putNow(entries: readonly Entry[]): void;
  remove(id: string): Promise<void>;
  /** Removes the entries of all checklists. */
  clear(): Promise<void>;
}

interface StoredRow {
  id: string;
  checklist: string;
  draft: Draft;
  savedDigest: string;
  savedAt: string;
  savedUpdated?: string | undefined;
  used: number;
}

function rowOf({ draft, savedDigest, savedAt, savedUpdated, used }: Entry): StoredRow {
  return { id: draft.id, checklist: draft.checklist.id, draft, savedDigest, savedAt, savedUpdated, used };
}

function entryOf({ draft, savedDigest, savedAt, savedUpdated, used }: StoredRow): Entry {
  return { draft, kept: true, stored: true, savedDigest, savedAt, savedUpdated, used };
}

/** Whether a row can be read. A damaged one is left in the storage and must not stop the form. */
function isValidRow(row: StoredRow): boolean {
  return row.draft?.answers instanceof Map && row.draft.orphans instanceof Map;
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** The store of this browser. */
export class BrowserStore implements EntryStore {
  readonly #database = new Database("tebiki", "assessments", (created) =>
    created.createObjectStore("assessments", { keyPath: "id" }).createIndex("checklist", "checklist"),
  );
  readonly #history = new HistoryStore();
  /** The running write transaction, if any. */
  #activeTransaction: IDBTransaction | undefined;

  async list(checklistId: string): Promise<Listing> {
    const rows = await this.#database.run("readonly", (store) =>
      resultOf<StoredRow[]>(store.index("checklist").getAll(checklistId)),
    );
    const { lost } = this.#database;
    this.#database.lost = false;
    return { entries: rows.filter(isValidRow).map(entryOf), lost };
  }

  async update(id: string, change: (stored: Entry | undefined) => Entry): Promise<Entry> {
    let before: Entry | undefined;
    const work = async (rows: IDBObjectStore): Promise<Entry> => {
      const row = await resultOf<StoredRow | undefined>(rows.get(id));
      before = row && isValidRow(row) ? entryOf(row) : undefined;
      const entry = { ...change(before), stored: true };
      rows.put(rowOf(entry));
      return entry;
    };
    const entry = await this.#write(work).catch(async (error: unknown) => {
      if (!isFull(error)) throw error;
      await this.#history.remove(); // the present state matters more than earlier ones
      return this.#write(work);
    });
    if (before) await this.#history.keep(before.draft, entry.draft.updated).catch(() => undefined);
    return entry;
  }

  putNow(entries: readonly Entry[]): void {
    try {
      // A running transaction waits for callbacks that an unloading page no longer gets, and would block this
      // one until both are discarded.
      this.#activeTransaction?.abort();
    } catch {
      // It is already complete.
    }
    try {
      const transaction = this.#database.connection?.transaction("assessments", "readwrite");
      for (const entry of entries) transaction?.objectStore("assessments").put(rowOf(entry));
      transaction?.commit();
    } catch {
      // The storage is full or closed: the notice about the storage has already been shown.
    }
  }

  async remove(id: string): Promise<void> {
    await this.#history.remove(id);
    await this.#write((rows) => resultOf(rows.delete(id)));
  }

  async clear(): Promise<void> {
    await this.#history.remove();
    await this.#write((rows) => resultOf(rows.clear()));
  }

  async #write<T>(work: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      return await this.#database.run("readwrite", work, (transaction) => {
        this.#activeTransaction = transaction;
      });
    } finally {
      this.#activeTransaction = undefined;
    }
  }
}
