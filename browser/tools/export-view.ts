// The assessment for other programs.
import { button, el } from "../shared/dom";
import { csvText, escapeFormula, parseCsv } from "../assessment/csv";
import { markdownOf } from "../assessment/markdown";
import { save, textFile, viewIn } from "./saving";
import type { MadeFile } from "./saving";
import { exportRows } from "../assessment/export-rows";
import type { Tool, ToolContext } from "./tool";
import { xlsxFile } from "./xlsx-file";

function csvFile(context: ToolContext): MadeFile {
  const rows = exportRows(viewIn(context), context.r);
  const wanted = JSON.stringify(rows.map((row) => row.map(escapeFormula)));
  return textFile("csv", csvText(rows), (back) => JSON.stringify(parseCsv(back)) === wanted);
}

function markdownFile(context: ToolContext): MadeFile {
  const text = markdownOf(viewIn(context), context.r);
  return textFile("md", text, (back) => back === text);
}

const KINDS = { xlsx: xlsxFile, csv: csvFile, md: markdownFile };

export const exporting: Tool = {
  id: "export",
  open(context) {
    const { t } = context;
    const kinds = Object.entries(KINDS).map(([kind, make]) => {
      const onClick = (): void => void save(context, () => make(context));
      const attributes = { "aria-describedby": `tebiki-export-${kind}` };
      return el(
        "div",
        { class: "tf-choice" },
        button(t(`exporting.${kind}`), { testid: `export-${kind}`, attributes, onClick }),
        el("p", { class: "tf-field__hint", attributes: { id: `tebiki-export-${kind}` } }, t(`exporting.${kind}-hint`)),
      );
    });
    return { element: el("div", {}, el("h3", {}, t("hub.export")), el("p", {}, t("exporting.text")), ...kinds) };
  },
};
