// Keeps assessments between visits: IndexedDB, database "tebiki", store "assessments".
// Their earlier states are in another database (history-store.ts) and are deleted when the storage is full.
import { Database, isFull, resultOf } from "./database";
import type { Entry } from "./entry";
import { HistoryStore } from "./history-store";
import type { PendingEntry, StoredRow } from "./stored-rows";
import { FIRST_ID, isPending, KEPT, latestOf, mergeRows, NOT_KEPT, pendingRow, rangeOf, rowOf } from "./stored-rows";

export interface Listing {
  entries: Entry[];
  /** Whether assessments may be kept in this browser; undefined when nobody has chosen. */
  kept: boolean | undefined;
  /** Whether the browser has deleted the storage since the last listing. */
  lost: boolean;
}

/** Rejects a write, because somebody has chosen in another window to keep nothing in this browser. */
export class NotKept extends Error {}

/** All methods except putNow reject when the browser's storage is off, blocked or full. */
export interface EntryStore {
  /** The entries of one checklist, in no particular order. */
  list(checklistId: string): Promise<Listing>;
  /**
   * Replaces an entry by the result of `change`, in one transaction; resolves with that result. Rejects with NotKept.
   *
   * @param joinedId Id of a checklist: its most recently used entry is changed when there is none with the id
   */
  update(id: string, change: (stored: Entry | undefined) => Entry, joinedId?: string): Promise<Entry>;
  /**
   * Starts writing changes without waiting for the end, for a page that is being unloaded. They are merged when an
   * entry is next listed or updated. An active write transaction is aborted for it.
   */
  putNow(pending: readonly PendingEntry[]): void;
  remove(id: string): Promise<void>;
  /** Removes the entries of all checklists. */
  clear(): Promise<void>;
  /** Sets for all windows whether assessments may be kept; if not, this one is removed. */
  setKept(kept: boolean, id: string): Promise<void>;
}

/** Merges pending rows into their assessments; resolves with all entries. */
function mergePending(store: IDBObjectStore, rows: readonly StoredRow[]): Map<string, Entry> {
  const { entries, mergedIds } = mergeRows(rows);
  for (const id of mergedIds) store.put(rowOf(entries.get(id) as Entry));
  for (const { id } of rows.filter(isPending)) store.delete(id);
  return entries;
}

const rowsOfChecklist = (store: IDBObjectStore, id: string): Promise<StoredRow[]> =>
  resultOf<StoredRow[]>(store.index("checklist").getAll(id));

/** The store of this browser. */
export class BrowserStore implements EntryStore {
  readonly #database = new Database("tebiki", "assessments", (created) =>
    created.createObjectStore("assessments", { keyPath: "id" }).createIndex("checklist", "checklist"),
  );
  readonly #history = new HistoryStore();
  /** The running write transaction, if any. */
  #activeTransaction: IDBTransaction | undefined;

  async list(checklistId: string): Promise<Listing> {
    const [rows, modes] = await this.#database.run("readonly", (store) =>
      Promise.all([rowsOfChecklist(store, checklistId), resultOf(store.getAllKeys(IDBKeyRange.upperBound(FIRST_ID)))]),
    );
    const entries = rows.some(isPending)
      ? await this.#write(async (store) => mergePending(store, await rowsOfChecklist(store, checklistId)))
      : mergeRows(rows).entries;
    const kept = modes.includes(NOT_KEPT) ? false : modes.includes(KEPT) ? true : undefined;
    const { lost } = this.#database;
    this.#database.lost = false;
    return { entries: [...entries.values()], kept, lost };
  }

  async update(id: string, change: (stored: Entry | undefined) => Entry, joinedId?: string): Promise<Entry> {
    let before: Entry | undefined;
    const work = async (store: IDBObjectStore): Promise<Entry> => {
      if ((await resultOf(store.getKey(NOT_KEPT))) !== undefined) throw new NotKept();
      const rows =
        joinedId === undefined
          ? await resultOf<StoredRow[]>(store.getAll(IDBKeyRange.bound(...rangeOf(id))))
          : await rowsOfChecklist(store, joinedId);
      const entries = mergePending(store, rows);
      before = entries.get(id) ?? (joinedId === undefined ? undefined : latestOf(entries.values()));
      const entry = { ...change(before), stored: true };
      store.put(rowOf(entry));
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

  putNow(pending: readonly PendingEntry[]): void {
    try {
      // A running transaction waits for callbacks that an unloading page no longer gets, and would block this
      // one until both are discarded.
      this.#activeTransaction?.abort();
    } catch {
      // It is already complete.
    }
    try {
      const transaction = this.#database.connection?.transaction("assessments", "readwrite");
      const store = transaction?.objectStore("assessments");
      // This fails, and the transaction with it, when another window has chosen to keep nothing: there is no time left
      // to ask.
      store?.add({ id: NOT_KEPT });
      store?.delete(NOT_KEPT);
      for (const row of pending) store?.put(pendingRow(row, new Date().toISOString()));
      transaction?.commit();
    } catch {
      // The storage is full or closed: the notice about the storage has already been shown.
    }
  }

  async remove(id: string): Promise<void> {
    await this.#history.remove(id);
    await this.#write((store) => resultOf(store.delete(IDBKeyRange.bound(...rangeOf(id)))));
  }

  async clear(): Promise<void> {
    await this.#history.remove();
    await this.#write((store) => resultOf(store.delete(IDBKeyRange.lowerBound(FIRST_ID))));
  }

  async setKept(kept: boolean, id: string): Promise<void> {
    // First there: a window that has not heard of it yet writes to this database before it writes earlier states.
    await this.#history.setKept(kept, id);
    await this.#write(async (store) => {
      store.delete(kept ? NOT_KEPT : KEPT);
      store.put({ id: kept ? KEPT : NOT_KEPT });
      if (!kept) store.delete(IDBKeyRange.bound(...rangeOf(id)));
    });
  }

  async #write<T>(work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      return await this.#database.run("readwrite", work, (transaction) => {
        this.#activeTransaction = transaction;
      });
    } finally {
      this.#activeTransaction = undefined;
    }
  }
}
