// Earlier states of the current assessment, with their times, to restore.
import { differingValues } from "../assessment/differing-values";
import type { Draft } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import { button, el } from "../shared/dom";
import { formatTime } from "../shared/time";
import { historyOf } from "../storage/history-of";
import type { Tool, ToolContext, ToolView } from "./tool";

const REFRESH_MS = 1_000; // the last change has been written by then

class HistoryView implements ToolView {
  readonly element: HTMLElement;
  readonly #emptyNotice = el("p", { class: "tf-notice", testid: "history-none" });
  readonly #list = el("ol", { class: "tf-history", testid: "history" });
  /** The assessment and the states that the list shows, as JSON. */
  #shownKey = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.history")),
      el("p", {}, translate("history.text")),
      this.#emptyNotice,
      this.#list,
    );
    void this.#render();
  }

  show(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#render(), REFRESH_MS);
  }

  async #render(): Promise<void> {
    const { translate, workspace } = this.context;
    const { id } = workspace.draft;
    const states = workspace.kept ? await historyOf(id).catch(() => []) : [];
    if (id !== workspace.draft.id) return;
    this.#emptyNotice.hidden = states.length > 0;
    this.#emptyNotice.textContent = translate(workspace.kept ? "history.none" : "history.not-kept");
    const key = JSON.stringify([id, states.map(({ updated }) => updated)]);
    if (key === this.#shownKey) return; // a focused button keeps the focus
    this.#shownKey = key;
    this.#list.replaceChildren(...states.map((state) => this.#createLine(state)));
  }

  #createLine(state: Draft): HTMLElement {
    const { translate, checklist } = this.context;
    const time = formatTime(state.updated, checklist.lang);
    const { answered, asked } = progressOf(checklist, state.answers).total;
    const restoreButton = button(translate("history.restore"), {
      testid: "history-restore",
      attributes: { "aria-label": translate("history.restore-of", { time }) },
      onClick: () => this.#restore(state, time),
    });
    const progress = translate("progress.count", { answered, asked });
    return el("li", {}, el("span", {}, `${time} `, progress), " ", restoreButton);
  }

  #restore(state: Draft, time: string): void {
    const { translate, checklist, workspace, bar, change } = this.context;
    const values = differingValues(workspace.draft, state, checklist);
    if (values.size > 0) change(() => workspace.set(values));
    bar.showMessage(translate(values.size > 0 ? "history.done" : "history.same", { time }));
  }
}

export const historyTool: Tool = {
  id: "history",
  open: (context) => new HistoryView(context),
};
