// The action plan: what it can hold, and which gaps have no action yet.
import type { Action } from "./model";
import type { Line } from "./assessment-view";

/** Whether a round is left empty, or is a year or a year and month. */
export function isRound(text: string): boolean {
  return /^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$/.test(text);
}

/** Whether a day is left empty, or has the form that a file takes. */
export function isDay(text: string): boolean {
  return /^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$/.test(text);
}

/** The questions that leave something to do and that no action is about, in their order. */
export function gapsWithoutAction(lines: readonly Line[], actions: readonly Action[]): Line[] {
  const planned = new Set(actions.map(({ item }) => item));
  return lines.filter(({ gap, item }) => gap !== "" && !planned.has(item));
}

/** A new action about an item, or (empty) about the whole. */
export function actionFor(item: string): Action {
  return { item, text: "", owner: "", due: "", state: "planned" };
}
