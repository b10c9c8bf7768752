// Which questions are of interest now, for a form that is longer than what is left of it.
import type { Checklist, Draft } from "./model";
import type { Progress } from "./progress";
import { countsAsAnswered } from "./progress";

export interface Filter {
  unanswered: boolean;
  changed: boolean;
}

/** Whether the version `a` is later than `b`; both are three numbers. */
export function isLater(a: string, b: string): boolean {
  const [one, other] = [a, b].map((version) => version.split(".").map(Number));
  const at = [0, 1, 2].find((index) => one?.[index] !== other?.[index]);
  return at !== undefined && (one?.[at] ?? 0) > (other?.[at] ?? 0);
}

/** The asked items that fit every filter that is on. */
export function filteredItems(checklist: Checklist, draft: Draft, progress: Progress, filter: Filter): Set<string> {
  const mine = draft.checklist.carried_from;
  const fitting = [...progress.statuses].filter(([id, standing]) => {
    if (filter.unanswered && countsAsAnswered(standing)) return false;
    if (!filter.changed || mine === undefined) return true;
    return standing === "to-confirm" || isLater(checklist.items.get(id)?.since ?? mine, mine);
  });
  return new Set(fitting.map(([id]) => id));
}
