// Determines from the answers which items are asked.
import { contentCount } from "./content";
import type { Answer, Checklist, Condition, Item, RunningResult } from "./model";

/** Whether an answer meets the operator of a condition without `all` and `any`. */
function isMet(condition: Condition, item: Item, answer: Answer | undefined): boolean {
  const value = answer?.value ?? "";
  const content = value === "" ? answer?.content : undefined;
  if (value === "" && content === undefined) return false;
  const selected = item.type === "choices" && Array.isArray(content) ? (content as string[]) : [];
  const chosen = value === "" ? selected : [value];
  const { is, is_not: isNot, at_least: atLeast, at_most: atMost } = condition;
  if (is) return chosen.some((id) => is.includes(id));
  if (isNot) return !chosen.some((id) => isNot.includes(id));
  if (condition.answered) return true;
  const count = contentCount(item, content);
  return count !== undefined && (atLeast !== undefined ? count >= atLeast : count <= (atMost ?? -Infinity));
}

/**
 * The ids of the items that are asked.
 *
 * A condition considers only items that are asked themselves: the answer to a hidden item is kept but has no effect.
 * Retired and unknown items and circular conditions count as not asked. The rules of the generator refuse such
 * checklists; this only keeps the form from hanging.
 */
export function askedItems(checklist: Checklist, answers: ReadonlyMap<string, Answer>): ReadonlySet<string> {
  /** Items with a condition only. */
  const isAskedById = new Map<string, boolean>();

  function isAsked(id: string): boolean {
    const item = checklist.items.get(id);
    if (item?.status !== "active") return false;
    if (!item.when) return true;
    const cached = isAskedById.get(id);
    if (cached !== undefined) return cached;
    isAskedById.set(id, false); // the result for circular conditions
    const asked = holds(item.when);
    isAskedById.set(id, asked);
    return asked;
  }

  function holds(condition: Condition): boolean {
    if (condition.all) return condition.all.every(holds);
    if (condition.any) return condition.any.some(holds);
    const item = checklist.items.get(condition.item ?? "");
    return item !== undefined && isAsked(item.id) && isMet(condition, item, answers.get(item.id));
  }

  const asked = new Set<string>();
  for (const section of checklist.sections) {
    for (const item of section.items) if (isAsked(item.id)) asked.add(item.id);
  }
  return asked;
}

/** A running result that applies, with the ids of the items whose answers lead to it. */
export interface AppliedResult extends RunningResult {
  reasons: readonly string[];
}

/**
 * The running results that apply, in the order of the checklist.
 *
 * @param asked The ids of the items that are asked
 */
export function appliedResults(
  { results, items }: Checklist,
  answers: ReadonlyMap<string, Answer>,
  asked: ReadonlySet<string>,
): AppliedResult[] {
  /** The items by whose answers the condition holds; empty where it does not hold. */
  function reasons(condition: Condition): string[] {
    const { all, any, item: id = "" } = condition;
    if (all ?? any) {
      const parts = (all ?? any ?? []).map(reasons);
      return all && parts.some((part) => part.length === 0) ? [] : parts.flat();
    }
    const item = items.get(id);
    return item && asked.has(id) && isMet(condition, item, answers.get(id)) ? [id] : [];
  }

  return results
    .map((result) => ({ ...result, reasons: [...new Set(reasons(result.when))] }))
    .filter((result) => result.reasons.length > 0);
}
