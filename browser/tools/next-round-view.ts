// Beginning this year's assessment with last year's answers.
import { button, el } from "../shared/dom";
import { reportLines } from "../form/panel";
import { migrateDraft } from "../assessment/migrate";
import { randomUuid } from "../shared/uuid";
import { nextRound } from "../assessment/next-round";
import { Sources } from "./sources";
import type { Tool } from "./tool";

export const starting: Tool = {
  id: "start",
  open(context) {
    const { t, workspace, checklist, bar } = context;
    const select = el("select", {
      class: "tf-input",
      testid: "start-from",
      attributes: { id: "tebiki-start", autocomplete: "off" },
    });
    const report = el("div", { testid: "start-report" });
    const begin = button(t("starting.begin"), {
      testid: "start-begin",
      class: "tf-button--main",
      onClick: () => void start(),
    });
    const sources = new Sources(context, offer);

    function offer(): void {
      const chosen = select.value;
      select.replaceChildren(...sources.all.map(({ key, text }) => el("option", { attributes: { value: key } }, text)));
      const keys = sources.all.map(({ key }) => key);
      // what was added last is what somebody has just chosen a file for
      select.value =
        keys.length > known.length ? (keys.at(-1) ?? "") : keys.includes(chosen) ? chosen : (keys[0] ?? "");
      known = keys;
      begin.disabled = keys.length === 0;
    }
    let known: string[] = [];

    async function start(): Promise<void> {
      const source = sources.all.find(({ key }) => key === select.value);
      if (!source) return;
      const draft = nextRound(source.found, randomUuid(), new Date().toISOString(), checklist);
      const { report: fit } = migrateDraft(draft, checklist);
      await workspace.add(draft, "", "");
      bar.showMessage(
        t("starting.done", { kept: fit.kept.length, changed: fit.changed.length, unanswered: fit.unanswered.length }),
      );
      report.replaceChildren(
        el("p", {}, t("starting.report")),
        el("ul", {}, ...reportLines(fit, checklist, t).map((line) => el("li", {}, line))),
      );
      offer();
    }

    offer();
    return {
      element: el(
        "div",
        {},
        el("h3", {}, t("hub.start")),
        el("p", {}, t("starting.text")),
        el("div", { class: "tf-field" }, el("label", { attributes: { for: select.id } }, t("starting.from")), select),
        sources.element,
        begin,
        report,
      ),
    };
  },
};
