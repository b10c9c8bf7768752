// Filters the questions of a long form.
import type { Checklist, Draft } from "./model";
import type { Progress } from "./progress";
import { countsAsAnswered } from "./progress";

export interface Filter {
  unanswered: boolean;
  changed: boolean;
  /** The ids of the levels to show; all items where it is empty. */
  levels: ReadonlySet<string>;
}

/** Whether version `a` is later than `b`; both have the form MAJOR.MINOR.PATCH. */
export function isLater(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const difference = [0, 1, 2].find((index) => left?.[index] !== right?.[index]);
  return difference !== undefined && (left?.[difference] ?? 0) > (right?.[difference] ?? 0);
}

/** The ids of the asked items that pass all active filters. */
export function filteredItems(checklist: Checklist, draft: Draft, progress: Progress, filter: Filter): Set<string> {
  const carriedFrom = draft.checklist.carried_from;
  const fitting = [...progress.statuses].filter(([id, standing]) => {
    if (filter.unanswered && countsAsAnswered(standing)) return false;
    if (filter.levels.size > 0 && !filter.levels.has(checklist.items.get(id)?.level ?? "")) return false;
    if (!filter.changed || carriedFrom === undefined) return true;
    return standing === "to-confirm" || isLater(checklist.items.get(id)?.since ?? carriedFrom, carriedFrom);
  });
  return new Set(fitting.map(([id]) => id));
}
