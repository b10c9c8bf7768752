// What differs between two states of one assessment.
import { PARTS, partId, valueAt } from "./draft";
import { migrateDraft } from "./migrate";
import type { Checklist, Draft } from "./model";
import type { Values } from "./undo";

/**
 * The values to set in `draft` to go to another state, except for the respondent.
 *
 * @returns Values by item id and partId; empty when both are equal
 */
export function differingValues(draft: Draft, state: Draft, checklist: Checklist): Values {
  const migrated = migrateDraft(state, checklist).draft;
  const ids = [
    ...draft.answers.keys(),
    ...migrated.answers.keys(),
    ...PARTS.filter((part) => part !== "respondent").map(partId),
  ];
  const serialized = (value: unknown): string => JSON.stringify(value instanceof Map ? [...value] : value) ?? "";
  const differing = ids.filter((id) => serialized(valueAt(draft, id)) !== serialized(valueAt(migrated, id)));
  return new Map(differing.map((id) => [id, valueAt(migrated, id)]));
}
