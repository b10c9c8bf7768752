// The action plan: the form of its texts, and the gaps without an action.
import { ACTION_STATES } from "../build/shared-constants";
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

/**
 * Merges action plans line by line; equals merge_actions in generator/tebiki/results/merge.py.
 *
 * Lines are the same when they say the same about the same question, and no two of them name different owners or due
 * dates. One line remains of them, with the owner, the due date and the furthest state that any of them has.
 */
export function mergeActions(actions: readonly Action[]): Action[] {
  const merged: Action[] = [];
  for (const action of actions) {
    const index = merged.findIndex((other) => isSameLine(other, action));
    const other = merged[index];
    if (!other) merged.push(action);
    else
      merged[index] = {
        ...other,
        owner: other.owner || action.owner,
        due: other.due || action.due,
        state: ACTION_STATES.indexOf(action.state) > ACTION_STATES.indexOf(other.state) ? action.state : other.state,
      };
  }
  return merged;
}

function isSameLine(other: Action, action: Action): boolean {
  const agree = (left: string, right: string): boolean => left === right || left === "" || right === "";
  const isSameText = other.item === action.item && other.text === action.text;
  return isSameText && agree(other.owner, action.owner) && agree(other.due, action.due);
}
