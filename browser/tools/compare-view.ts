// Two results side by side: which two, and what changed.
import { button, el } from "../shared/dom";
import type { Draft } from "../assessment/model";
import { compare } from "../assessment/compare";
import { compareParts } from "./compare-parts";
import { debounce } from "../shared/debounce";
import type { Place } from "./report-parts";
import { save, textFile, viewOfDraft } from "./saving";
import type { Source } from "./sources";
import { Sources } from "./sources";
import { holds, standAlone } from "./standalone-html";
import type { Tool, ToolContext } from "./tool";

const IN_PAGE: Place = { level: 3, prefix: "tebiki-compare-" };
const IN_FILE: Place = { level: 1, prefix: "" };

function partsOf(context: ToolContext, before: Draft, after: Draft, place: Place): HTMLElement[] {
  const changes = compare(before, after, context.checklist);
  return compareParts(viewOfDraft(context, before), viewOfDraft(context, after), changes, context.r, place);
}

export const comparing: Tool = {
  id: "compare",
  open(context) {
    const { t, r, checklist, workspace } = context;
    const sheet = el("article", { class: "tf-report tf-sheet", testid: "compare-sheet" });
    const none = el("p", { class: "tf-notice" }, t("comparing.none"));
    const selects = ["before", "after"].map((side) => {
      const select = el("select", {
        class: "tf-input",
        testid: `compare-${side}`,
        attributes: { id: `tebiki-${side}`, autocomplete: "off" },
      });
      select.addEventListener("change", draw);
      return select;
    });
    let offered: readonly Source[] = [];
    const chosen = (): (Draft | undefined)[] =>
      selects.map(({ value }) => offered.find(({ key }) => key === value)?.draft);
    const sources = new Sources(context, offer);
    const printIt = button(t("reporting.print"), { testid: "compare-print", onClick: () => print() });
    const saveFile = button(t("reporting.save"), {
      testid: "compare-save",
      onClick: () =>
        void save(
          context,
          () => {
            const [before, after] = chosen();
            if (!before || !after) throw new Error("nothing to compare");
            const parts = partsOf(context, before, after, IN_FILE);
            return textFile(
              "html",
              standAlone(checklist.lang, r("compare.title"), parts, t("reporting.made")),
              (back) => holds(back, parts),
            );
          },
          t("comparing.suffix"),
        ),
    });

    const buttons = el("div", { class: "tf-panel__buttons" }, printIt, saveFile);

    /** Lists what there is. What was chosen stays chosen; at first that is what is in front, and the latest before it. */
    function offer(): void {
      offered = sources.all;
      const keys = offered.map(({ key }) => key);
      const after = keys.includes(workspace.draft.id) ? workspace.draft.id : keys.at(-1);
      const first = [keys.filter((key) => key !== after).at(-1), after];
      selects.forEach((select, side) => {
        const value = keys.includes(select.value) ? select.value : first[side];
        select.replaceChildren(...offered.map(({ key, text }) => el("option", { attributes: { value: key } }, text)));
        select.value = value ?? "";
      });
      draw();
    }

    function draw(): void {
      const [before, after] = chosen();
      const isTwo = before !== undefined && after !== undefined && before !== after;
      none.hidden = isTwo;
      buttons.hidden = !isTwo;
      sheet.replaceChildren(
        ...(isTwo ? [el("h3", {}, r("compare.title")), ...partsOf(context, before, after, IN_PAGE)] : []),
      );
    }

    offer();
    const fields = selects.map((select, side) =>
      el(
        "div",
        { class: "tf-field" },
        el("label", { attributes: { for: select.id } }, t(side === 0 ? "comparing.before" : "comparing.after")),
        select,
      ),
    );
    const element = el(
      "div",
      {},
      el("h3", {}, t("hub.compare")),
      el("p", {}, t("comparing.text")),
      el("div", { class: "tf-panel__fields" }, ...fields),
      sources.element,
      none,
      buttons,
      sheet,
    );
    return { element, show: debounce(offer) };
  },
};
