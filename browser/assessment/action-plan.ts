// The action plan: the form of its texts, and the gaps without an action.
import type { Action } from "./model";
import type { Line } from "./assessment-view";

/** Whether a round is empty, a year (2026), or a year and month (2026-04). */
export function isRound(text: string): boolean {
  return /^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$/.test(text);
}

/** Whether a day is empty or has the form YYYY-MM-DD that the result format requires. */
export function isDay(text: string): boolean {
  return /^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$/.test(text);
}

/** The questions with a gap to which no action refers, in their order. */
export function gapsWithoutAction(lines: readonly Line[], actions: readonly Action[]): Line[] {
  const plannedItems = new Set(actions.map(({ item }) => item));
  return lines.filter(({ gap, item }) => gap !== "" && !plannedItems.has(item));
}

/** A new action for an item, or for the whole assessment when `item` is empty. */
export function actionFor(item: string): Action {
  return { item, text: "", owner: "", due: "", state: "planned" };
}
