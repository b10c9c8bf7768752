// Undo and redo in one assessment, for as long as the page is open.
//
// A step holds only what it changed, so undoing it leaves alone what another window has changed since.

/** Answers by item id, and parts of the assessment by partId; undefined where there is none. */
export type Values = ReadonlyMap<string, unknown>;

export type UndoDirection = "undo" | "redo";

const MAX_STEPS = 200;
/** Changes of one text that follow each other within this time, in milliseconds, are one step. */
const SAME_STEP_MS = 1_000;

export class UndoHistory {
  readonly undo: Values[] = [];
  readonly redo: Values[] = [];
  #text = "";
  #time = -Infinity;

  /**
   * Records a change.
   *
   * @param before The values before the change
   * @param text Names the text that is being written; empty for other changes
   * @param now Time of the change, in milliseconds
   */
  record(before: Values, text: string, now: number): void {
    const continues = text !== "" && text === this.#text && now - this.#time < SAME_STEP_MS && this.redo.length === 0;
    this.#text = text;
    this.#time = now;
    this.redo.length = 0;
    if (continues) return;
    this.undo.push(before);
    if (this.undo.length > MAX_STEPS) this.undo.shift();
  }

  /** Undoes or redoes the last step; `apply` sets the values and returns the previous ones. */
  step(direction: UndoDirection, apply: (values: Values) => Values): Values | undefined {
    const values = this[direction].pop();
    if (!values) return undefined;
    this.#text = "";
    this[direction === "undo" ? "redo" : "undo"].push(apply(values));
    return values;
  }
}
