// What belongs to the assessment as a whole: the kind of institution, the round, and the action plan.
import { button, el } from "../shared/dom";
import { wellFormed } from "../assessment/content";
import type { Action } from "../assessment/model";
import { debounce } from "../shared/debounce";
import { ACTION_STATES } from "../build/shared-constants";
import { actionFor, gapsWithoutAction, isDay, isRound } from "../assessment/action-plan";
import { officeIn, viewIn } from "./saving";
import type { Tool, ToolContext, ToolView } from "./tool";

class PlanView implements ToolView {
  readonly element: HTMLElement;
  readonly show = debounce(() => this.#draw());
  readonly #kind: HTMLSelectElement;
  readonly #round: HTMLInputElement;
  readonly #roundError = el("p", { class: "tf-field__error", attributes: { id: "tebiki-round-error" } });
  readonly #list = el("ol", { class: "tf-plan", testid: "actions" });
  readonly #none: HTMLElement;
  readonly #from: HTMLSelectElement;
  readonly #add: HTMLElement;
  /** The actions that the list shows, as JSON: those that come back from the storage are other objects. */
  #shown = "";

  constructor(private readonly context: ToolContext) {
    const { t, kinds, change, workspace } = context;
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
    this.#none = el("p", {}, t("planning.none"));
    this.#from = el("select", {
      class: "tf-input",
      testid: "plan-from",
      attributes: { id: "tebiki-plan-from", autocomplete: "off" },
    });
    this.#add = button(t("planning.add"), { testid: "plan-add", onClick: () => this.#addAction() });
    const field = (control: HTMLElement, name: string, ...more: HTMLElement[]): HTMLElement =>
      el(
        "div",
        { class: "tf-field" },
        el("label", { attributes: { for: control.id } }, t(`planning.${name}`)),
        control,
        ...more,
      );
    const hint = (name: string): HTMLElement =>
      el("p", { class: "tf-field__hint", attributes: { id: `tebiki-${name}-hint` } }, t(`planning.${name}-hint`));
    const kind = field(this.#kind, "kind", hint("kind"));
    kind.hidden = kinds.size === 0;
    this.element = el(
      "div",
      {},
      el("h3", {}, t("hub.plan")),
      el("div", { class: "tf-panel__fields" }, kind, field(this.#round, "round", hint("round"), this.#roundError)),
      el("h4", {}, t("planning.title")),
      el("p", { class: "tf-field__hint" }, t("planning.text")),
      this.#none,
      this.#list,
      el("div", { class: "tf-plan__foot" }, field(this.#from, "from"), this.#add),
    );
    this.#draw();
  }

  #draw(): void {
    const { workspace, kinds, t } = this.context;
    const { kind = "", round = "", actions = [] } = workspace.draft;
    const options: [string, string][] = [
      ["", t("planning.no-kind")],
      ...kinds,
      ...(kind && !kinds.has(kind) ? [[kind, kind] as [string, string]] : []),
    ];
    if (this.#kind.options.length !== options.length) {
      this.#kind.replaceChildren(...options.map(([id, title]) => el("option", { attributes: { value: id } }, title)));
    }
    this.#kind.value = kind;
    if (isRound(this.#round.value) && this.#round.value !== round) this.#round.value = round;
    this.#offer();
    const shown = JSON.stringify(actions);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#none.hidden = actions.length > 0;
    this.#list.replaceChildren(...actions.map((action, index) => this.#row(action, index)));
  }

  #setRound(): void {
    const { t, change, workspace } = this.context;
    const round = this.#round.value.trim();
    const isFine = isRound(round);
    this.#round.setAttribute("aria-invalid", String(!isFine));
    this.#roundError.textContent = isFine ? "" : t("planning.bad-round");
    if (isFine) change(() => workspace.setPart("round", round || undefined));
  }

  /** The questions that an action can be begun for: those with a gap that have none yet, first. */
  #offer(): void {
    const { t, workspace } = this.context;
    const { lines } = viewIn(this.context);
    const gaps = gapsWithoutAction(lines, workspace.draft.actions ?? []);
    const named = [...gaps, ...lines.filter((line) => !gaps.includes(line))];
    const options = [
      ["", t("planning.whole")] as const,
      ...named.map((line) => [line.item, `${line.number} ${line.question}`] as const),
    ];
    const shown = options.map(([id]) => id).join(" ");
    if (this.#from.dataset["shown"] === shown) return;
    const { value } = this.#from;
    this.#from.dataset["shown"] = shown;
    this.#from.replaceChildren(...options.map(([id, text]) => el("option", { attributes: { value: id } }, text)));
    this.#from.value = options.some(([id]) => id === value) ? value : "";
  }

  #set(actions: readonly Action[]): void {
    const { change, workspace } = this.context;
    change(() => workspace.setPart("actions", actions));
  }

  #addAction(): void {
    const actions = this.context.workspace.draft.actions ?? [];
    this.#set([...actions, actionFor(this.#from.value)]);
    this.#draw();
    this.#list.lastElementChild?.querySelector("textarea")?.focus();
  }

  #row(action: Action, index: number): HTMLElement {
    const { t, r, checklist, form } = this.context;
    const item = checklist.items.get(action.item);
    const number = index + 1;
    const update = (part: Partial<Action>): void => {
      const actions = (this.context.workspace.draft.actions ?? []).map((one, at) =>
        at === index ? { ...one, ...part } : one,
      );
      this.#shown = JSON.stringify(actions); // what is typed stands in the page already
      this.#set(actions);
    };
    const field = (name: keyof Action, control: HTMLElement, ...more: HTMLElement[]): HTMLElement => {
      control.id = `tebiki-action-${index}-${name}`;
      control.dataset["testid"] = `action-${name}`;
      control.setAttribute("autocomplete", "off");
      return el(
        "div",
        { class: `tf-field tf-plan__${name}` },
        el("label", { attributes: { for: control.id } }, r(`actions.${name}`)),
        control,
        ...more,
      );
    };
    const text = el("textarea", {
      class: "tf-input",
      attributes: { rows: "2", maxlength: "20000", spellcheck: "false", writingsuggestions: "false" },
    });
    text.value = action.text;
    text.addEventListener("input", () => update({ text: wellFormed(text.value) }));
    const owner = el("input", {
      class: "tf-input",
      attributes: { type: "text", maxlength: "500", spellcheck: "false" },
    });
    owner.value = action.owner;
    owner.addEventListener("input", () => update({ owner: wellFormed(owner.value) }));
    const due = el("input", { class: "tf-input tf-input--date", attributes: { type: "date", max: "2999-12-31" } });
    due.value = action.due;
    due.addEventListener("input", () => isDay(due.value) && update({ due: due.value }));
    const state = el(
      "select",
      { class: "tf-input" },
      ...ACTION_STATES.map((one) => el("option", { attributes: { value: one } }, r(`action-states.${one}`))),
    );
    state.value = action.state;
    state.addEventListener("change", () => update({ state: state.value as Action["state"] }));
    const remove = button(t("planning.remove", { number }), {
      testid: "action-remove",
      class: "tf-button--quiet",
      onClick: () => {
        const actions = this.context.workspace.draft.actions ?? [];
        this.#set(actions.filter((_one, at) => at !== index));
        this.#draw();
        this.#add.focus();
        this.context.bar.showMessage(t("planning.removed", { number }), "aside");
      },
    });
    const question = item ? `${item.number} ${item.question}` : action.item || t("planning.whole");
    const office = item && officeIn(form, item.id);
    const legend = el("legend", { class: "tf-row__title" }, t("planning.action", { number, question }));
    const fields = [field("text", text), field("owner", owner), field("due", due), field("state", state)];
    const hint = office
      ? [el("p", { class: "tf-field__hint tf-plan__text" }, `${r("columns.office")}: ${office}`)]
      : [];
    return el(
      "li",
      {},
      el("fieldset", { class: "tf-row" }, legend, ...hint, ...fields, el("div", { class: "tf-row__buttons" }, remove)),
    );
  }
}

export const plan: Tool = {
  id: "plan",
  open: (context) => new PlanView(context),
};
