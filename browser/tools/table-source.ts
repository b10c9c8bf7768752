// Finds the table of answers in a file: a text, or the sheet of a workbook that has the headings.
import { unescapeFormula } from "../assessment/csv";
import type { Table } from "../assessment/import-table";
import { comparable, otherKind, readTextTable } from "../assessment/table-file";
import type { ToolContext } from "./tool";
import { loadWorkbooks } from "./xlsx-file";

/** The table in the bytes of a file, or why there is none, in the language of the page. */
export async function findTable(
  bytes: Uint8Array,
  context: ToolContext,
): Promise<{ table: Table; refusal?: never } | { table?: never; refusal: string }> {
  const { translate, translateResult } = context;
  const isHeading = (titles: readonly string[]): boolean =>
    titles.map(comparable).includes(translateResult("columns.item"));
  if (otherKind(bytes) === "xlsx") return findSheet(bytes, context, isHeading);
  const { rows, kind } = readTextTable(bytes, isHeading);
  if (kind) return { refusal: translate("importing.other-kind", { kind: translateResult(`tables.${kind}`) }) };
  const cells = rows.map((row) => row.map((text) => ({ text: unescapeFormula(text), formula: false })));
  return { table: { rows: cells, merged: new Set() } };
}

/** The first sheet with the headings, or else the first sheet: its headings are reported. */
async function findSheet(
  bytes: Uint8Array,
  context: ToolContext,
  isHeading: (titles: readonly string[]) => boolean,
): Promise<{ table: Table; refusal?: never } | { table?: never; refusal: string }> {
  const { translate } = context;
  const workbooks = await loadWorkbooks(context).catch((error: unknown) =>
    String(error instanceof Error && error.message),
  );
  if (typeof workbooks === "string") return { refusal: workbooks };
  const { readXlsx, exceededLimit } = workbooks;
  let first: Table | undefined;
  try {
    for await (const table of readXlsx(bytes)) {
      if (isHeading((table.rows[0] ?? []).map(({ text }) => text))) return { table };
      first ??= table;
    }
  } catch (error) {
    const exceeded = exceededLimit(error);
    if (exceeded) return { refusal: translate(`importing.limit-${exceeded.limit}`, { limit: exceeded.value }) };
    first = undefined;
  }
  return first ? { table: first } : { refusal: translate("importing.unreadable") };
}
