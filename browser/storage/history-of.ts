// Earlier states of the assessment in front, as history-store.ts keeps them: listing, reading, going back.
import { resultOf } from "./database";
import { partId, PARTS, valueAt } from "../assessment/draft";
import { fitToChecklist } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import { allOf, statesDatabase } from "./history-store";
import type { Values } from "../assessment/undo";

const database = statesDatabase();

/** The states of one assessment, the latest first. Rejects when the storage is off. */
export async function statesOf(id: string): Promise<Draft[]> {
  const found = await database.run("readonly", (store) => resultOf<unknown[]>(store.getAll(allOf(id))));
  return (found as Draft[])
    .filter(({ answers, orphans }) => answers instanceof Map && orphans instanceof Map)
    .reverse();
}

/** What has to be set in `draft` so that it says what an earlier state said; who answers at the moment stays. */
export function difference(draft: Draft, state: Draft, checklist: Checklist): Values {
  const other = fitToChecklist(state, checklist).draft;
  const ids = [
    ...draft.answers.keys(),
    ...other.answers.keys(),
    ...PARTS.filter((part) => part !== "respondent").map(partId),
  ];
  const plain = (value: unknown): string => JSON.stringify(value instanceof Map ? [...value] : value) ?? "";
  const differing = ids.filter((id) => plain(valueAt(draft, id)) !== plain(valueAt(other, id)));
  return new Map(differing.map((id) => [id, valueAt(other, id)]));
}
