// Reads the earlier states of an assessment, which history-store.ts keeps.
import { resultOf } from "./database";
import { partId, PARTS, valueAt } from "../assessment/draft";
import { migrateDraft } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import { keyRange, historyDatabase } from "./history-store";
import type { Values } from "../assessment/undo";

const database = historyDatabase();

/** The earlier states of an assessment, the latest first. Rejects when the storage is off. */
export async function historyOf(id: string): Promise<Draft[]> {
  const rows = await database.run("readonly", (store) => resultOf<unknown[]>(store.getAll(keyRange(id))));
  return (rows as Draft[]).filter(({ answers, orphans }) => answers instanceof Map && orphans instanceof Map).reverse();
}

/**
 * The values to set in `draft` to go back to an earlier state, except for the respondent.
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
