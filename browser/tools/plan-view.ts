// The parts of an assessment as a whole: the kind of institution, the round, and the action plan.
import { button, el } from "../shared/dom";
import type { Action } from "../assessment/model";
import { debounce } from "../shared/debounce";
import { parseInstitutionId } from "../assessment/institution-id";
import { actionFor, gapsWithoutAction, isRound } from "../assessment/action-plan";
import { currentView } from "./saving";
import { createActionRow } from "./action-row";
import type { Tool, ToolContext, ToolView } from "./tool";

class PlanView implements ToolView {
  readonly element: HTMLElement;
  readonly show = debounce(() => this.#render());
  readonly #kind: HTMLSelectElement;
  readonly #round: HTMLInputElement;
  readonly #roundError = el("p", { class: "tf-field__error", attributes: { id: "tebiki-round-error" } });
  readonly #identifier = el("input", {
    class: "tf-input",
    testid: "identifier",
    attributes: {
      type: "text",
      id: "tebiki-identifier",
      maxlength: "100",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": "tebiki-identifier-hint tebiki-identifier-error",
    },
  });
  readonly #identifierError = el("p", { class: "tf-field__error", attributes: { id: "tebiki-identifier-error" } });
  readonly #identifierField: HTMLElement;
  readonly #list = el("ol", { class: "tf-plan", testid: "actions" });
  readonly #emptyNotice: HTMLElement;
  readonly #itemSelect: HTMLSelectElement;
  readonly #addButton: HTMLElement;
  /** The actions that the list shows, as JSON: actions read from the storage are different objects. */
  #shown = "";

  constructor(private readonly context: ToolContext) {
    const { translate, kinds, change, workspace } = context;
    this.#kind = el("select", {
      class: "tf-input",
      testid: "kind",
      attributes: { id: "tebiki-kind", autocomplete: "off", "aria-describedby": "tebiki-kind-hint" },
    });
    this.#kind.addEventListener("change", () => change(() => workspace.setPart("kind", this.#kind.value || undefined)));
    const attributes = {
      type: "text",
      id: "tebiki-round",
      maxlength: "7",
      autocomplete: "off",
      spellcheck: "false",
      inputmode: "numeric",
      "aria-describedby": "tebiki-round-hint tebiki-round-error",
    };
    this.#round = el("input", { class: "tf-input", testid: "round", attributes });
    this.#round.addEventListener("input", () => this.#setRound());
    this.#identifier.addEventListener("input", () => this.#setIdentifier());
    this.#emptyNotice = el("p", {}, translate("planning.none"));
    this.#itemSelect = el("select", {
      class: "tf-input",
      testid: "plan-from",
      attributes: { id: "tebiki-plan-from", autocomplete: "off" },
    });
    this.#addButton = button(translate("planning.add"), { testid: "plan-add", onClick: () => this.#addAction() });
    const field = (control: HTMLElement, name: string, ...hints: HTMLElement[]): HTMLElement =>
      el(
        "div",
        { class: "tf-field" },
        el("label", { attributes: { for: control.id } }, translate(`planning.${name}`)),
        control,
        ...hints,
      );
    const hint = (name: string): HTMLElement =>
      el(
        "p",
        { class: "tf-field__hint", attributes: { id: `tebiki-${name}-hint` } },
        translate(`planning.${name}-hint`),
      );
    const kind = field(this.#kind, "kind", hint("kind"));
    kind.hidden = kinds.size === 0;
    this.#identifierField = field(this.#identifier, "identifier", hint("identifier"), this.#identifierError);
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.plan")),
      el(
        "div",
        { class: "tf-panel__fields" },
        kind,
        field(this.#round, "round", hint("round"), this.#roundError),
        this.#identifierField,
      ),
      el("h4", {}, translate("planning.title")),
      el("p", { class: "tf-field__hint" }, translate("planning.text")),
      this.#emptyNotice,
      this.#list,
      el("div", { class: "tf-plan__foot" }, field(this.#itemSelect, "from"), this.#addButton),
    );
    this.#render();
  }

  #render(): void {
    const { workspace, kinds, translate } = this.context;
    const { kind = "", round = "", identifier, actions = [] } = workspace.draft;
    this.#identifierField.hidden = !this.context.checklist.institution && !identifier;
    const isValid = this.#identifierError.textContent === "";
    if (isValid && parseInstitutionId(this.#identifier.value)?.value !== identifier?.value)
      this.#identifier.value = identifier?.value ?? "";
    const options: [string, string][] = [
      ["", translate("planning.no-kind")],
      ...kinds,
      ...(kind && !kinds.has(kind) ? [[kind, kind] as [string, string]] : []),
    ];
    if (this.#kind.options.length !== options.length) {
      this.#kind.replaceChildren(...options.map(([id, title]) => el("option", { attributes: { value: id } }, title)));
    }
    this.#kind.value = kind;
    if (isRound(this.#round.value) && this.#round.value !== round) this.#round.value = round;
    this.#updateItemOptions();
    const shown = JSON.stringify(actions);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#emptyNotice.hidden = actions.length > 0;
    this.#list.replaceChildren(...actions.map((action, index) => this.#createRow(action, index)));
  }

  #setRound(): void {
    const { translate, change, workspace } = this.context;
    const round = this.#round.value.trim();
    const isValid = isRound(round);
    this.#round.setAttribute("aria-invalid", String(!isValid));
    this.#roundError.textContent = isValid ? "" : translate("planning.bad-round");
    if (isValid) change(() => workspace.setPart("round", round || undefined));
  }

  #setIdentifier(): void {
    const { translate, change, workspace } = this.context;
    const text = this.#identifier.value.trim();
    const identifier = parseInstitutionId(text);
    const isValid = text === "" || identifier !== undefined;
    this.#identifier.setAttribute("aria-invalid", String(!isValid));
    this.#identifierError.textContent = isValid ? "" : translate("planning.bad-identifier");
    if (isValid) change(() => workspace.setPart("identifier", identifier));
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
