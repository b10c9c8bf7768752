// The action plan.
import { button, el } from "../shared/dom";
import type { Action } from "../assessment/model";
import { debounce } from "../shared/debounce";
import { actionFor, gapsWithoutAction } from "../assessment/action-plan";
import { currentView } from "./saving";
import { createActionRow } from "./action-row";
import type { Tool, ToolContext, ToolView } from "./tool";

class PlanView implements ToolView {
  readonly element: HTMLElement;
  readonly show = debounce(() => this.#render());
  readonly #list = el("ol", { class: "tf-plan", testid: "actions" });
  readonly #emptyNotice: HTMLElement;
  readonly #itemSelect: HTMLSelectElement;
  readonly #addButton: HTMLElement;
  /** The actions that the list shows, as JSON: actions read from the storage are different objects. */
  #shown = "";

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.#emptyNotice = el("p", {}, translate("planning.none"));
    this.#itemSelect = el("select", {
      class: "tf-input",
      testid: "plan-from",
      attributes: { id: "tebiki-plan-from", autocomplete: "off" },
    });
    this.#addButton = button(translate("planning.add"), { testid: "plan-add", onClick: () => this.#addAction() });
    const from = el("label", { attributes: { for: this.#itemSelect.id } }, translate("planning.from"));
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.plan")),
      el("p", { class: "tf-field__hint" }, translate("planning.text")),
      this.#emptyNotice,
      this.#list,
      el("div", { class: "tf-plan__foot" }, el("div", { class: "tf-field" }, from, this.#itemSelect), this.#addButton),
    );
    this.#render();
  }

  #render(): void {
    const { actions = [] } = this.context.workspace.draft;
    this.#updateItemOptions();
    const shown = JSON.stringify(actions);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#emptyNotice.hidden = actions.length > 0;
    this.#list.replaceChildren(...actions.map((action, index) => this.#createRow(action, index)));
  }

  /** Lists the questions that an action can be created for, first those with a gap and without an action. */
  #updateItemOptions(): void {
    const { translate, workspace } = this.context;
    const { lines } = currentView(this.context);
    const gaps = gapsWithoutAction(lines, workspace.draft.actions ?? []);
    const ordered = [...gaps, ...lines.filter((line) => !gaps.includes(line))];
    const options = [
      ["", translate("planning.whole")] as const,
      ...ordered.map((line) => [line.item, `${line.number} ${line.question}`] as const),
    ];
    const shown = options.map(([id]) => id).join(" ");
    if (this.#itemSelect.dataset["shown"] === shown) return;
    const { value } = this.#itemSelect;
    this.#itemSelect.dataset["shown"] = shown;
    this.#itemSelect.replaceChildren(...options.map(([id, text]) => el("option", { attributes: { value: id } }, text)));
    this.#itemSelect.value = options.some(([id]) => id === value) ? value : "";
  }

  #setActions(actions: readonly Action[]): void {
    const { change, workspace } = this.context;
    change(() => workspace.setPart("actions", actions));
  }

  #addAction(): void {
    const actions = this.context.workspace.draft.actions ?? [];
    this.#setActions([...actions, actionFor(this.#itemSelect.value)]);
    this.#render();
    this.#list.lastElementChild?.querySelector("textarea")?.focus();
  }

  #createRow(action: Action, index: number): HTMLElement {
    const { translate, workspace, bar } = this.context;
    const currentActions = (): readonly Action[] => workspace.draft.actions ?? [];
    return createActionRow(action, index, this.context, {
      onUpdate: (change) => {
        const actions = currentActions().map((existing, i) => (i === index ? { ...existing, ...change } : existing));
        this.#shown = JSON.stringify(actions); // the row shows the change already
        this.#setActions(actions);
      },
      onRemove: () => {
        this.#setActions(currentActions().filter((_, i) => i !== index));
        this.#render();
        this.#addButton.focus();
        bar.showMessage(translate("planning.removed", { number: index + 1 }), "aside");
      },
    });
  }
}

export const planTool: Tool = {
  id: "plan",
  open: (context) => new PlanView(context),
};
