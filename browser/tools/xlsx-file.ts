// The assessment as a workbook: a sheet of answers, one of actions, and one that says what it is.
import {
  ACTION_COLUMN_WIDTHS,
  ANSWER_COLUMN_WIDTHS,
  MAX_CELL_LENGTH,
  PROVENANCE_COLUMN_WIDTHS,
} from "../build/shared-constants";
import { loadScript } from "../shared/load-script";
import type { MadeFile } from "./saving";
import { ProblemWithFile, viewIn } from "./saving";
import { provenanceOf, actionRows, exportRows } from "../assessment/export-rows";
import type { ToolContext } from "./tool";
import type { Workbooks } from "./xlsx";
import type { Sheet } from "../assessment/xlsx-write";

/** What reads and writes workbooks, loaded once. */
export async function workbooks({ beside }: ToolContext): Promise<Workbooks> {
  if (!globalThis.tebikiWorkbooks) await loadScript(beside("checklist-xlsx.js"));
  return globalThis.tebikiWorkbooks as Workbooks;
}

export async function xlsxFile(context: ToolContext): Promise<MadeFile> {
  const { readXlsx, xlsxBytes, cellText } = await workbooks(context);
  const { t, r } = context;
  const view = viewIn(context);
  const sheets: Sheet[] = [{ name: r("sheets.answers"), rows: exportRows(view, r), widths: ANSWER_COLUMN_WIDTHS }];
  if (view.record.actions.length > 0)
    sheets.push({ name: r("sheets.actions"), rows: actionRows(view, r), widths: ACTION_COLUMN_WIDTHS });
  sheets.push({
    name: r("sheets.about"),
    rows: [[view.title, ""], ...provenanceOf(view, r)],
    widths: PROVENANCE_COLUMN_WIDTHS,
  });
  const long = view.lines.find((line) => Object.values(line).some((text) => text.length > MAX_CELL_LENGTH));
  if (long) throw new ProblemWithFile(t("exporting.too-long", { number: long.number }));
  const wanted = JSON.stringify(sheets.map(({ rows }) => rows.map((row) => row.map(cellText))));
  const texts = (bytes: Uint8Array): string =>
    JSON.stringify(readXlsx(bytes)?.map(({ rows }) => rows.map((row) => row.map(({ text }) => text))));
  return { ending: "xlsx", bytes: xlsxBytes(sheets), reads: (bytes) => texts(bytes) === wanted };
}
