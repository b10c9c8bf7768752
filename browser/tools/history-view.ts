// Earlier states of the assessment in front, with their times, to go back to.
import { button, el } from "../shared/dom";
import { progressOf } from "../assessment/progress";
import { formatTime } from "../shared/time";
import { differingValues, historyOf } from "../storage/history-of";
import type { Tool } from "./tool";

const LATER_MS = 1_000; // the last change is written by then

export const history: Tool = {
  id: "history",
  open(context) {
    const { t, checklist, workspace, bar, change } = context;
    const none = el("p", { class: "tf-notice", testid: "history-none" });
    const list = el("ol", { class: "tf-history", testid: "history" });
    let shown = "";
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function draw(): Promise<void> {
      const { id } = workspace.draft;
      const states = workspace.entry.kept ? await historyOf(id).catch(() => []) : [];
      if (id !== workspace.draft.id) return;
      none.hidden = states.length > 0;
      none.textContent = t(workspace.entry.kept ? "history.none" : "history.not-kept");
      const key = JSON.stringify([id, states.map(({ updated }) => updated)]);
      if (key === shown) return; // what has the focus stays
      shown = key;
      list.replaceChildren(
        ...states.map((state) => {
          const time = formatTime(state.updated, checklist.lang);
          const { answered, asked } = progressOf(checklist, state.answers).total;
          const restore = button(t("history.restore"), {
            testid: "history-restore",
            attributes: { "aria-label": t("history.restore-of", { time }) },
            onClick: () => {
              const values = differingValues(workspace.draft, state, checklist);
              if (values.size > 0) change(() => workspace.set(values));
              bar.showMessage(t(values.size > 0 ? "history.done" : "history.same", { time }));
            },
          });
          return el("li", {}, el("span", {}, `${time} `, t("progress.count", { answered, asked })), " ", restore);
        }),
      );
    }

    void draw();
    return {
      element: el("div", {}, el("h3", {}, t("hub.history")), el("p", {}, t("history.text")), none, list),
      show: () => {
        clearTimeout(timer);
        timer = setTimeout(() => void draw(), LATER_MS);
      },
    };
  },
};
