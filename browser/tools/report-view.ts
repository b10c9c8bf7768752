// The report in the page, to read, print and save as a file.
import { button, el } from "../shared/dom";
import type { AssessmentView } from "../assessment/assessment-view";
import { overlongTexts } from "../assessment/draft";
import { recordText } from "../assessment/record";
import { recordBlock } from "../assessment/report-record";
import { debounce } from "../shared/debounce";
import { reportParts } from "./report-document";
import { heading } from "./report-parts";
import { saveFile, textFile, currentView } from "./saving";
import { containsParts, standaloneHtml } from "./standalone-html";
import type { Tool, ToolContext } from "./tool";

const IN_PAGE = { level: 3, prefix: "tebiki-report-" };
const IN_FILE = { level: 1, prefix: "" };

export const reportTool: Tool = {
  id: "report",
  open(context) {
    const { translate, workspace } = context;
    const sheet = el("article", { class: "tf-report tf-sheet", testid: "report-sheet" });
    const buttons = el(
      "div",
      { class: "tf-panel__buttons" },
      button(translate("reporting.print"), { testid: "report-print", onClick: () => print() }),
      button(translate("reporting.save"), {
        testid: "report-save",
        onClick: () => void saveFile(context, () => reportFile(context)),
      }),
    );
    let shown = workspace.draft;
    const render = (): void => {
      shown = workspace.draft;
      const view = currentView(context);
      sheet.replaceChildren(el("h3", {}, view.title), ...reportParts(view, context.translateResult, IN_PAGE));
    };
    render();
    return {
      element: el(
        "div",
        {},
        heading(IN_PAGE, 0, translate("hub.report")),
        el("p", { class: "tf-field__hint" }, translate("reporting.hint")),
        buttons,
        sheet,
      ),
      show: debounce(() => {
        if (workspace.draft !== shown) render();
      }),
    };
  },
};

function reportFile(context: ToolContext): ReturnType<typeof textFile> {
  const { checklist, translate, translateResult } = context;
  const view: AssessmentView = currentView(context);
  const parts = reportParts(view, translateResult, IN_FILE);
  // A record that cannot be read again would only promise something.
  const isReadable = overlongTexts(context.workspace.draft).length === 0;
  const footer = [translate("reporting.made"), ...(isReadable ? [translateResult("report.reopen")] : [])];
  const record = isReadable ? recordBlock(recordText(view.record)) : "";
  const text = standaloneHtml(checklist.lang, view.title, parts, footer, record);
  return textFile("html", text, (saved) => containsParts(saved, parts) && saved.includes(record));
}
