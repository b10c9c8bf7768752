// Exports the assessment for other programs.
import { button, el } from "../shared/dom";
import { csvText, escapeFormula, parseCsv } from "../assessment/csv";
import { markdownOf } from "../assessment/markdown";
import { saveFile, textFile, currentView } from "./saving";
import type { ExportFile } from "./saving";
import { exportRows } from "../assessment/export-rows";
import type { Tool, ToolContext } from "./tool";
import { xlsxFile } from "./xlsx-file";

function csvFile(context: ToolContext): ExportFile {
  const rows = exportRows(currentView(context), context.translateResult);
  const expected = JSON.stringify(rows.map((row) => row.map(escapeFormula)));
  return textFile("csv", csvText(rows), (saved) => JSON.stringify(parseCsv(saved)) === expected);
}

function markdownFile(context: ToolContext): ExportFile {
  const text = markdownOf(currentView(context), context.translateResult);
  return textFile("md", text, (saved) => saved === text);
}

const FORMATS = { xlsx: xlsxFile, csv: csvFile, md: markdownFile };

export const exportTool: Tool = {
  id: "export",
  open(context) {
    const { translate } = context;
    const choices = Object.entries(FORMATS).map(([format, createFile]) => {
      const onClick = (): void => void saveFile(context, () => createFile(context));
      const attributes = { "aria-describedby": `tebiki-export-${format}` };
      return el(
        "div",
        { class: "tf-choice" },
        button(translate(`exporting.${format}`), { testid: `export-${format}`, attributes, onClick }),
        el(
          "p",
          { class: "tf-field__hint", attributes: { id: `tebiki-export-${format}` } },
          translate(`exporting.${format}-hint`),
        ),
      );
    });
    return {
      element: el(
        "div",
        {},
        el("h3", {}, translate("hub.export")),
        el("p", {}, translate("exporting.text")),
        ...choices,
      ),
    };
  },
};
