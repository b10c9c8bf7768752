// Where assessments are kept between visits: IndexedDB, database "tebiki", store "assessments".
// What somebody could go back to stands beside it (history-store.ts), and makes room when there is none.
import { Database, resultOf } from "./database";
import type { Entry } from "./entry";
import type { Draft } from "../assessment/model";
import { States } from "./history-store";

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
  savedUpdated?: string | undefined;
  used: number;
}

function rowOf({ draft, savedDigest, savedAt, savedUpdated, used }: Entry): Row {
  return { id: draft.id, checklist: draft.checklist.id, draft, savedDigest, savedAt, savedUpdated, used };
}

function entryOf({ draft, savedDigest, savedAt, savedUpdated, used }: Row): Entry {
  return { draft, kept: true, stored: true, savedDigest, savedAt, savedUpdated, used };
}

/** Whether a row is one of ours. A damaged one is left where it is, and must not stop the form. */
function isWhole(row: Row): boolean {
  return row.draft?.answers instanceof Map && row.draft.orphans instanceof Map;
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** The store of this browser. */
export function browserStore(): EntryStore {
  const database = new Database("tebiki", "assessments", (created) =>
    created.createObjectStore("assessments", { keyPath: "id" }).createIndex("checklist", "checklist"),
  );
  const states = new States();
  /** The transaction that is under way, if any. */
  let underWay: IDBTransaction | undefined;

  async function write<T>(work: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    try {
      return await database.run("readwrite", work, (transaction) => {
        underWay = transaction;
      });
    } finally {
      underWay = undefined;
    }
  }

  return {
    async list(checklistId) {
      const rows = await database.run("readonly", (store) =>
        resultOf<Row[]>(store.index("checklist").getAll(checklistId)),
      );
      const { lost } = database;
      database.lost = false;
      return { entries: rows.filter(isWhole).map(entryOf), lost };
    },
    async update(id, change) {
      let before: Entry | undefined;
      const work = async (rows: IDBObjectStore): Promise<Entry> => {
        const row = await resultOf<Row | undefined>(rows.get(id));
        before = row && isWhole(row) ? entryOf(row) : undefined;
        const entry = { ...change(before), stored: true };
        rows.put(rowOf(entry));
        return entry;
      };
      const entry = await write(work).catch(async (error: unknown) => {
        if (!isFull(error)) throw error;
        await states.remove(); // what is now comes before what was
        return write(work);
      });
      if (before) await states.keep(before.draft, entry.draft.updated).catch(() => undefined);
      return entry;
    },
    putNow(entries) {
      try {
        // A transaction under way would wait for callbacks that a page on its way out no longer
        // gets, and hold this one up until both are thrown away.
        underWay?.abort();
      } catch {
        // It has just ended.
      }
      try {
        const transaction = database.open?.transaction("assessments", "readwrite");
        for (const entry of entries) transaction?.objectStore("assessments").put(rowOf(entry));
        transaction?.commit();
      } catch {
        // The storage is full or closed: the storage notice has said so already.
      }
    },
    async remove(id) {
      await states.remove(id);
      await write((rows) => resultOf(rows.delete(id)));
    },
    async clear() {
      await states.remove();
      await write((rows) => resultOf(rows.clear()));
    },
  };
}
