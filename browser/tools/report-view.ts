// The report on screen: to read, to print, and to save as a file of its own.
import { button, el } from "../shared/dom";
import type { AssessmentView } from "../assessment/assessment-view";
import { debounce } from "../shared/debounce";
import { reportParts } from "./report-document";
import { heading } from "./report-parts";
import { save, textFile, viewIn } from "./saving";
import { holds, standAlone } from "./standalone-html";
import type { Tool, ToolContext } from "./tool";

const IN_PAGE = { level: 3, prefix: "tebiki-report-" };
const IN_FILE = { level: 1, prefix: "" };

export const report: Tool = {
  id: "report",
  open(context) {
    const { t, workspace } = context;
    const sheet = el("article", { class: "tf-report tf-sheet", testid: "report-sheet" });
    const buttons = el(
      "div",
      { class: "tf-panel__buttons" },
      button(t("reporting.print"), { testid: "report-print", onClick: () => print() }),
      button(t("reporting.save"), {
        testid: "report-save",
        onClick: () => void save(context, () => reportFile(context)),
      }),
    );
    let shown = workspace.draft;
    const draw = (): void => {
      shown = workspace.draft;
      const view = viewIn(context);
      sheet.replaceChildren(el("h3", {}, view.title), ...reportParts(view, context.r, IN_PAGE));
    };
    draw();
    return {
      element: el(
        "div",
        {},
        heading(IN_PAGE, 0, t("hub.report")),
        el("p", { class: "tf-field__hint" }, t("reporting.hint")),
        buttons,
        sheet,
      ),
      show: debounce(() => {
        if (workspace.draft !== shown) draw();
      }),
    };
  },
};

function reportFile(context: ToolContext): ReturnType<typeof textFile> {
  const { checklist, t, r } = context;
  const view: AssessmentView = viewIn(context);
  const parts = reportParts(view, r, IN_FILE);
  const text = standAlone(checklist.lang, view.title, parts, t("reporting.made"));
  return textFile("html", text, (back) => holds(back, parts));
}
