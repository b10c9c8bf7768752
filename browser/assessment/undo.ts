// Undo and redo in one assessment, for as long as the page is open.
import { valueAt } from "./draft";
import { areEqual } from "./equality";
import { mergeValue } from "./merge-fields";
import type { Draft } from "./model";

/** Answers by item id, and parts of the assessment by partId; undefined where there is none. */
export type Values = ReadonlyMap<string, unknown>;

/** The values that a step changed, by item id and partId. */
export type Step = ReadonlyMap<string, { before: unknown; after: unknown }>;

export type UndoDirection = "undo" | "redo";

const MAX_STEPS = 200;
/** Changes of one text that follow each other within this time, in milliseconds, are one step. */
const SAME_STEP_MS = 1_000;

/**
 * The values after a step is undone or redone. Only fields that the step changed, and that nobody has changed since,
 * get another value: another window may have changed the rest.
 *
 * @param current The present value of an item id or a partId
 */
export function valuesOf(step: Step, direction: UndoDirection, current: (id: string) => unknown): Values {
  return new Map(
    [...step].map(([id, { before, after }]) => {
      const [base, mine] = direction === "undo" ? [after, before] : [before, after];
      return [id, mergeValue(id, { base, mine, theirs: current(id), winner: "theirs" })];
    }),
  );
}

export class UndoHistory {
  readonly undo: Step[] = [];
  readonly redo: Step[] = [];
  #text = "";
  #time = -Infinity;

  /**
   * Records a change of one item id or partId.
   *
   * @param text Names the text that is being written; empty for other changes
   * @param now Time of the change, in milliseconds
   */
  recordChange(id: string, before: Draft, after: Draft, text: string, now: number): void {
    const step = { before: valueAt(before, id), after: valueAt(after, id) };
    this.record(new Map([[id, step]]), text && `${id} ${text}`, now);
  }

  /** Records that values were set together in a draft. */
  recordValues(values: Values, before: Draft): void {
    const step = [...values].map(([id, after]) => [id, { before: valueAt(before, id), after }] as const);
    this.record(new Map(step), "", 0);
  }

  /** The values to set in a draft to undo or redo the last step; undefined without a step. */
  takeValues(direction: UndoDirection, draft: Draft): Values | undefined {
    const step = this.take(direction);
    if (!step) return undefined;
    const values = valuesOf(step, direction, (id) => valueAt(draft, id));
    return new Map([...values].filter(([id, value]) => !areEqual(value, valueAt(draft, id))));
  }

  /**
   * Records a change.
   *
   * @param text Names the text that is being written; empty for other changes
   * @param now Time of the change, in milliseconds
   */
  record(step: Step, text: string, now: number): void {
    const continues = text !== "" && text === this.#text && now - this.#time < SAME_STEP_MS && this.redo.length === 0;
    this.#text = text;
    this.#time = now;
    this.redo.length = 0;
    const last = continues ? this.undo.pop() : undefined;
    this.undo.push(last ? extended(last, step) : step);
    if (this.undo.length > MAX_STEPS) this.undo.shift();
  }

  /** Takes the last step of a direction, which can then be taken in the other one. */
  take(direction: UndoDirection): Step | undefined {
    const step = this[direction].pop();
    this.#text = "";
    if (step) this[direction === "undo" ? "redo" : "undo"].push(step);
    return step;
  }
}

/** A step that is continued by another one with the same ids, without what other windows changed between them. */
function extended(last: Step, step: Step): Step {
  return new Map(
    [...last].map(([id, { before, after }]) => {
      const { before: base, after: mine } = step.get(id) ?? { before: after, after };
      return [id, { before, after: mergeValue(id, { base, mine, theirs: after, winner: "mine" }) }];
    }),
  );
}
