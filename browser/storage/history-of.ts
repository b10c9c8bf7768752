// Reads the earlier states of an assessment, which history-store.ts keeps.
import { resultOf } from "./database";
import type { Draft } from "../assessment/model";
import { keyRange, historyDatabase } from "./history-store";

const database = historyDatabase();

/** The earlier states of an assessment, the latest first. Rejects when the storage is off. */
export async function historyOf(id: string): Promise<Draft[]> {
  const rows = await database.run("readonly", (store) => resultOf<unknown[]>(store.getAll(keyRange(id))));
  return (rows as Draft[]).filter(({ answers, orphans }) => answers instanceof Map && orphans instanceof Map).reverse();
}
