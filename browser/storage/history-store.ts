// Earlier states of assessments, to go back to: database "tebiki-states".
//
// A database of its own: forms of handbook versions that were published earlier stand on the same site,
// and could not open "tebiki" any more if it had another version for this.
import { Database, resultOf } from "./database";
import type { Draft } from "../assessment/model";

/** Assessment, number of the state, time of its last change. The number keeps the order when a clock is set back. */
export type StateKey = [id: string, number: number, at: string];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MOST = 50;

/**
 * Which of these states go, as places in `times` (milliseconds, the oldest first): of the last ten
 * minutes the last of each minute stays, of the last day that of each hour, before that of each day;
 * never more than 50.
 */
export function superseded(times: readonly number[], now: number): number[] {
  const slots = new Set<string>();
  const gone: number[] = [];
  for (let at = times.length - 1; at >= 0; at -= 1) {
    const time = times[at] ?? 0;
    const age = now - time; // negative after a clock was set back: as young as can be
    const span = age < 10 * MINUTE ? MINUTE : age < DAY ? HOUR : DAY;
    const slot = `${span} ${Math.floor(time / span)}`;
    if (slots.has(slot) || slots.size >= MOST) gone.push(at);
    else slots.add(slot);
  }
  return gone;
}

/** The keys of one assessment. */
export const allOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

export function statesDatabase(): Database {
  return new Database("tebiki-states", "states", (database) => database.createObjectStore("states"));
}

/** Keeping states and removing them; history-of.ts lists them. Every method rejects when the storage is off, blocked or full. */
export class States {
  readonly #database = statesDatabase();

  /** When a state of an assessment was last kept from this page. */
  readonly #kept = new Map<string, number>();

  /**
   * Keeps a state that was written over at a time, the first from each page and then one a minute, and drops
   * those that it supersedes.
   */
  async keep(draft: Draft, overAt: string): Promise<void> {
    const { id, updated } = draft;
    const now = Date.parse(overAt);
    if (updated === overAt || Math.abs(now - (this.#kept.get(id) ?? -Infinity)) < MINUTE) return;
    this.#kept.set(id, now);
    await this.#database.run("readwrite", async (store) => {
      const keys = (await resultOf(store.getAllKeys(allOf(id)))) as IDBValidKey[] as StateKey[];
      const last = keys.at(-1);
      const all: StateKey[] = last?.[2] === updated ? keys : [...keys, [id, (last?.[1] ?? 0) + 1, updated]];
      store.put(draft, all.at(-1));
      const times = all.map(([, , at]) => Date.parse(at));
      for (const gone of superseded(times, now)) store.delete(all[gone] as StateKey);
    });
  }

  /** Removes the states of one assessment, or of all. */
  remove(id?: string): Promise<unknown> {
    return this.#database.run("readwrite", (store) =>
      resultOf(id === undefined ? store.clear() : store.delete(allOf(id))),
    );
  }
}
