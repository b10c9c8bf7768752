// Steps back and forth in one assessment, for as long as the page is open.
//
// A step names only what it changed, so taking it back leaves alone what another window has done since.

/** Answers by item id, and parts of the assessment by partId; undefined where there is none. */
export type Values = ReadonlyMap<string, unknown>;

/** Taking a step back, or forth again. */
export type Way = "back" | "forth";

const MOST = 200;
/** Changes of one text that follow each other this closely are one step, in milliseconds. */
const TOGETHER_MS = 1_000;

export class Steps {
  readonly back: Values[] = [];
  readonly forth: Values[] = [];
  #text = "";
  #at = -Infinity;

  /** Notes what stood there before a change. `text` names the text that is being written; empty for other changes. */
  note(before: Values, text: string, now: number): void {
    const goesOn = text !== "" && text === this.#text && now - this.#at < TOGETHER_MS && this.forth.length === 0;
    this.#text = text;
    this.#at = now;
    this.forth.length = 0;
    if (goesOn) return;
    this.back.push(before);
    if (this.back.length > MOST) this.back.shift();
  }

  /** Takes the last step of one list; `apply` sets the values and returns those that stood there. */
  take(way: Way, apply: (values: Values) => Values): Values | undefined {
    const values = this[way].pop();
    if (!values) return undefined;
    this.#text = "";
    this[way === "back" ? "forth" : "back"].push(apply(values));
    return values;
  }
}
