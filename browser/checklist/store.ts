// Where assessments are kept between visits: IndexedDB, database "tebiki", store "assessments".
import type { DBSchema, IDBPDatabase, IDBPObjectStore } from "idb";
import { openDB } from "idb";

import type { Entry } from "./entry";
import type { Draft } from "./model";

export interface Listing {
  entries: Entry[];
  /** Whether the browser has thrown the storage away since the last listing. */
  lost: boolean;
}

/** Every method but putNow rejects when the browser's storage is off, blocked or full. */
export interface EntryStore {
  /** The entries of one checklist, in no particular order. */
  list(checklistId: string): Promise<Listing>;
  /** Replaces one entry by what `change` makes of it, in one transaction; resolves with the result. */
  update(id: string, change: (stored: Entry | undefined) => Entry): Promise<Entry>;
  /**
   * Starts writing entries over whatever is stored, without waiting, for a page that is going away.
   * A write under way is given up for it.
   */
  putNow(entries: readonly Entry[]): void;
  remove(id: string): Promise<void>;
  /** Removes the entries of every checklist. */
  clear(): Promise<void>;
}

interface Row {
  id: string;
  checklist: string;
  draft: Draft;
  savedDigest: string;
  savedAt: string;
  used: number;
}

interface Schema extends DBSchema {
  assessments: { key: string; value: Row; indexes: { checklist: string } };
}

type Database = IDBPDatabase<Schema>;
type Rows = IDBPObjectStore<Schema, ["assessments"], "assessments", "readwrite">;

const OPEN_MS = 3_000;

function rowOf({ draft, savedDigest, savedAt, used }: Entry): Row {
  return { id: draft.id, checklist: draft.checklist.id, draft, savedDigest, savedAt, used };
}

function entryOf({ draft, savedDigest, savedAt, used }: Row): Entry {
  return { draft, kept: true, stored: true, savedDigest, savedAt, used };
}

/** Whether a row is one of ours. A damaged one is left where it is, and must not stop the form. */
function isWhole(row: Row): boolean {
  return row.draft?.answers instanceof Map && row.draft.orphans instanceof Map;
}

function open(onClosed: (lost: boolean) => void): Promise<Database> {
  const opening = openDB<Schema>("tebiki", 1, {
    upgrade(database) {
      database.createObjectStore("assessments", { keyPath: "id" }).createIndex("checklist", "checklist");
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close(); // a newer version of the form, in another tab, waits for us
      onClosed(false);
    },
    terminated: () => onClosed(true),
  });
  // Some browsers, in some privacy modes, neither open nor refuse.
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("IndexedDB does not open")), OPEN_MS);
  });
  return Promise.race([opening, late]);
}

/** The store of this browser. It opens at the first use, and tries again after a failure. */
export function browserStore(): EntryStore {
  let opening: Promise<Database> | undefined;
  let database: Database | undefined;
  let lost = false;
  /** Ends the transaction that is under way, if any. */
  let abort: (() => void) | undefined;

  function onClosed(wasLost: boolean): void {
    opening = undefined;
    database = undefined;
    lost ||= wasLost;
  }

  async function ready(): Promise<Database> {
    opening ??= open(onClosed);
    try {
      database = await opening;
      return database;
    } catch (error) {
      onClosed(false);
      throw error;
    }
  }

  /** Runs one transaction and waits for its end: a full disk is often only noticed there. */
  async function write<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    const transaction = (await ready()).transaction("assessments", "readwrite", { durability: "strict" });
    abort = () => {
      try {
        transaction.abort();
      } catch {
        // It has just ended.
      }
    };
    try {
      const [result] = await Promise.all([work(transaction.store), transaction.done]);
      return result;
    } finally {
      abort = undefined;
    }
  }

  return {
    async list(checklistId) {
      const rows = await (await ready()).getAllFromIndex("assessments", "checklist", checklistId);
      const listing = { entries: rows.filter(isWhole).map(entryOf), lost };
      lost = false;
      return listing;
    },
    update(id, change) {
      return write(async (rows) => {
        const row = await rows.get(id);
        const entry = { ...change(row && isWhole(row) ? entryOf(row) : undefined), stored: true };
        await rows.put(rowOf(entry));
        return entry;
      });
    },
    putNow(entries) {
      try {
        // A transaction under way would wait for callbacks that a page on its way out no longer
        // gets, and hold this one up until both are thrown away.
        abort?.();
        const transaction = database?.transaction("assessments", "readwrite");
        if (!transaction) return;
        for (const entry of entries) void transaction.store.put(rowOf(entry)).catch(() => undefined);
        void transaction.done.catch(() => undefined);
        transaction.commit();
      } catch {
        // The storage is full or closed: the storage notice has said so already.
      }
    },
    remove: (id) => write((rows) => rows.delete(id)),
    clear: () => write((rows) => rows.clear()),
  };
}
