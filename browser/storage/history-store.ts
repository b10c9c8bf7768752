// Keeps earlier states of assessments: database "tebiki-states".
//
// It is separate because earlier versions of the handbook stay published on the same site: their forms could not
// open the database "tebiki" any more if this changed its version.
import { Database, resultOf } from "./database";
import type { Draft } from "../assessment/model";
import { FIRST_ID, NOT_KEPT } from "./stored-rows";

/**
 * Id of the assessment, number of the state, time of its last change. The number keeps the order when a clock is set
 * back.
 */
export type StateKey = [id: string, number: number, at: string];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAX_STATES = 50;

/**
 * The states to drop. Of the last ten minutes the last state of each minute stays, of the last day that of each hour,
 * before that of each day; never more than 50.
 *
 * @param times Times of the states in milliseconds, the oldest first
 * @returns Indices in `times`
 */
export function supersededStates(times: readonly number[], now: number): number[] {
  const slots = new Set<string>();
  const dropped: number[] = [];
  for (let index = times.length - 1; index >= 0; index -= 1) {
    const time = times[index] ?? 0;
    const age = now - time; // negative after a clock was set back: counts as recent
    const span = age < 10 * MINUTE ? MINUTE : age < DAY ? HOUR : DAY;
    const slot = `${span} ${Math.floor(time / span)}`;
    if (slots.has(slot) || slots.size >= MAX_STATES) dropped.push(index);
    else slots.add(slot);
  }
  return dropped;
}

/** The range of the keys of an assessment. */
export const keyRange = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

export function historyDatabase(): Database {
  return new Database("tebiki-states", "states", (database) => database.createObjectStore("states"));
}

/** Keeps and removes states; history-of.ts lists them. All methods reject when the storage is off, blocked or full. */
export class HistoryStore {
  readonly #database = historyDatabase();

  /** When this page last kept a state, by id of the assessment. */
  readonly #kept = new Map<string, number>();

  /**
   * Keeps a state that was overwritten, at most one a minute from each page, and drops superseded states.
   *
   * @param replacedAt When `draft` was overwritten, as an RFC 3339 time in UTC
   */
  async keep(draft: Draft, replacedAt: string): Promise<void> {
    const { id, updated } = draft;
    const now = Date.parse(replacedAt);
    if (updated === replacedAt || Math.abs(now - (this.#kept.get(id) ?? -Infinity)) < MINUTE) return;
    this.#kept.set(id, now);
    await this.#database.run("readwrite", async (store) => {
      if ((await resultOf(store.getKey([NOT_KEPT]))) !== undefined) return;
      const keys = (await resultOf(store.getAllKeys(keyRange(id)))) as IDBValidKey[] as StateKey[];
      const last = keys.at(-1);
      const all: StateKey[] = last?.[2] === updated ? keys : [...keys, [id, (last?.[1] ?? 0) + 1, updated]];
      store.put(draft, all.at(-1));
      const times = all.map(([, , updated]) => Date.parse(updated));
      for (const dropped of supersededStates(times, now)) store.delete(all[dropped] as StateKey);
    });
  }

  /** Removes the states of an assessment; without `id`, of all assessments. */
  remove(id?: string): Promise<unknown> {
    return this.#database.run("readwrite", (store) =>
      resultOf(store.delete(id === undefined ? IDBKeyRange.lowerBound([FIRST_ID]) : keyRange(id))),
    );
  }

  /** Sets for all windows whether states may be kept; if not, those of an assessment are removed. */
  setKept(kept: boolean, id: string): Promise<unknown> {
    return this.#database.run("readwrite", async (store) => {
      if (kept) return resultOf(store.delete([NOT_KEPT]));
      store.delete(keyRange(id));
      return resultOf(store.put({ id: NOT_KEPT }, [NOT_KEPT]));
    });
  }
}
