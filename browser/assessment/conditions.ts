// Which items are asked, given the answers so far.
import { contentCount } from "./content";
import type { Answer, Checklist, Condition, Item } from "./model";

/** Whether an answer meets the one operator of a condition without `all` and `any`. */
function isMet(condition: Condition, item: Item, answer: Answer | undefined): boolean {
  const value = answer?.value ?? "";
  const content = value === "" ? answer?.content : undefined;
  if (value === "" && content === undefined) return false;
  const several = item.type === "choices" && Array.isArray(content) ? (content as string[]) : [];
  const chosen = value === "" ? several : [value];
  const { is, is_not: isNot, at_least: atLeast, at_most: atMost } = condition;
  if (is) return chosen.some((one) => is.includes(one));
  if (isNot) return !chosen.some((one) => isNot.includes(one));
  if (condition.answered) return true;
  const count = contentCount(item, content);
  return count !== undefined && (atLeast !== undefined ? count >= atLeast : count <= (atMost ?? -Infinity));
}

/**
 * The ids of the items that are asked.
 *
 * A condition looks only at items that are asked themselves: the answer to a hidden item is kept,
 * but it decides nothing. Retired and unknown items, and a circle of conditions, count as not asked;
 * the compiler refuses such checklists, so this is only so that the form never hangs.
 */
export function askedItems(checklist: Checklist, answers: ReadonlyMap<string, Answer>): ReadonlySet<string> {
  const known = new Map<string, boolean>();

  function isAsked(id: string): boolean {
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, false); // what a circle finds when it comes back here
    const item = checklist.items.get(id);
    const asked = item?.status === "active" && (!item.when || holds(item.when));
    known.set(id, asked);
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
