// The assessment as a workbook: a sheet of answers, one of actions, and one that says what it is.
import { loadScript } from "../shared/load-script";
import type { MadeFile } from "./saving";
import { ProblemWithFile, viewIn } from "./saving";
import { aboutOf, actionRows, rowsOf } from "../assessment/export-rows";
import type { ToolContext } from "./tool";
import type { Workbooks } from "./xlsx";
import type { Sheet } from "../assessment/xlsx-write";

const WIDTHS = [18, 8, 50, 18, 14, 40, 30, 30, 16, 24, 22];

/** What reads and writes workbooks, loaded once. */
export async function workbooks({ beside }: ToolContext): Promise<Workbooks> {
  if (!globalThis.tebikiWorkbooks) await loadScript(beside("checklist-xlsx.js"));
  return globalThis.tebikiWorkbooks as Workbooks;
}

export async function xlsxFile(context: ToolContext): Promise<MadeFile> {
  const { readXlsx, xlsxBytes, cellText, CELL_LIMIT } = await workbooks(context);
  const { t, r } = context;
  const view = viewIn(context);
  const sheets: Sheet[] = [{ name: r("sheets.answers"), rows: rowsOf(view, r), widths: WIDTHS }];
  if (view.record.actions.length > 0)
    sheets.push({ name: r("sheets.actions"), rows: actionRows(view, r), widths: [22, 50, 24, 12, 12] });
  sheets.push({ name: r("sheets.about"), rows: [[view.title, ""], ...aboutOf(view, r)], widths: [24, 80] });
  const long = view.lines.find((line) => Object.values(line).some((text) => text.length > CELL_LIMIT));
  if (long) throw new ProblemWithFile(t("exporting.too-long", { number: long.number }));
  const wanted = JSON.stringify(sheets.map(({ rows }) => rows.map((row) => row.map(cellText))));
  const texts = (bytes: Uint8Array): string =>
    JSON.stringify(readXlsx(bytes)?.map(({ rows }) => rows.map((row) => row.map(({ text }) => text))));
  return { ending: "xlsx", bytes: xlsxBytes(sheets), reads: (bytes) => texts(bytes) === wanted };
}
