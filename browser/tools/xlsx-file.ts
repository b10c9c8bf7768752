// The assessment as a workbook: a sheet of answers, one of actions, and one of provenance.
import {
  ACTION_COLUMN_WIDTHS,
  ANSWER_COLUMN_WIDTHS,
  MAX_CELL_LENGTH,
  PROVENANCE_COLUMN_WIDTHS,
} from "../build/shared-constants";
import { loadScript } from "../shared/load-script";
import type { ExportFile } from "./saving";
import { ExportError, currentView } from "./saving";
import { provenanceOf, actionRows, featureColumns, exportRows } from "../assessment/export-rows";
import type { ToolContext } from "./tool";
import type { Workbooks } from "./xlsx";
import type { Sheet } from "../assessment/xlsx-write";

/** Loads the functions that read and write workbooks, once; throws an ExportError when they do not load. */
export async function loadWorkbooks({ scriptUrl, translate }: ToolContext): Promise<Workbooks> {
  if (!globalThis.tebikiWorkbooks) await loadScript(scriptUrl("checklist-xlsx.js")).catch(() => undefined);
  // What has loaded may be another page in place of the script.
  if (!globalThis.tebikiWorkbooks) throw new ExportError(translate("tools.failed"));
  return globalThis.tebikiWorkbooks;
}

export async function xlsxFile(context: ToolContext): Promise<ExportFile> {
  const { readXlsx, xlsxBytes, cellText } = await loadWorkbooks(context);
  const { translate, translateResult } = context;
  const view = currentView(context);
  const sheets: Sheet[] = [
    {
      name: translateResult("sheets.answers"),
      rows: exportRows(view, translateResult),
      widths: [...ANSWER_COLUMN_WIDTHS, ...featureColumns(view.checklist).map(([, width]) => width)],
    },
  ];
  if (view.record.actions.length > 0)
    sheets.push({
      name: translateResult("sheets.actions"),
      rows: actionRows(view, translateResult),
      widths: ACTION_COLUMN_WIDTHS,
    });
  sheets.push({
    name: translateResult("sheets.about"),
    rows: [[view.title, ""], ...provenanceOf(view, translateResult)],
    widths: PROVENANCE_COLUMN_WIDTHS,
  });
  const tooLong = view.lines.find((line) => Object.values(line).some((text) => text.length > MAX_CELL_LENGTH));
  if (tooLong) throw new ExportError(translate("exporting.too-long", { number: tooLong.number }));
  const expected = JSON.stringify(sheets.map(({ rows }) => rows.map((row) => row.map(cellText))));
  const verify = async (bytes: Uint8Array): Promise<boolean> => {
    const texts: string[][][] = [];
    for await (const { rows } of readXlsx(bytes)) texts.push(rows.map((row) => row.map(({ text }) => text)));
    return JSON.stringify(texts) === expected;
  };
  return { extension: "xlsx", bytes: xlsxBytes(sheets), verify };
}
