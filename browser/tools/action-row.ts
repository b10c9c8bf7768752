// One action of the action plan: its fields and the button that removes it.
import { isDay } from "../assessment/action-plan";
import { wellFormed } from "../assessment/content";
import type { Action } from "../assessment/model";
import { ACTION_STATES } from "../build/shared-constants";
import { button, el } from "../shared/dom";
import { officeOf } from "./saving";
import type { ToolContext } from "./tool";

export interface ActionRowHandlers {
  /** Called with the fields that have changed. */
  onUpdate: (change: Partial<Action>) => void;
  onRemove: () => void;
}

/**
 * Creates the list item of an action.
 *
 * @param index Position of the action in the plan, from 0
 */
export function createActionRow(
  action: Action,
  index: number,
  context: ToolContext,
  { onUpdate, onRemove }: ActionRowHandlers,
): HTMLElement {
  const { translate, translateResult, checklist, form } = context;
  const number = index + 1;
  const item = checklist.items.get(action.item);
  const question = item ? `${item.number} ${item.question}` : action.item || translate("planning.whole");
  const office = item && officeOf(form, item.id);
  const hints = office
    ? [el("p", { class: "tf-field__hint tf-plan__text" }, `${translateResult("columns.office")}: ${office}`)]
    : [];
  const fields = Object.entries(createControls(action, context, onUpdate)).map(([name, control]) => {
    control.id = `tebiki-action-${index}-${name}`;
    control.dataset["testid"] = `action-${name}`;
    control.setAttribute("autocomplete", "off");
    const label = el("label", { attributes: { for: control.id } }, translateResult(`actions.${name}`));
    return el("div", { class: `tf-field tf-plan__${name}` }, label, control);
  });
  const remove = button(translate("planning.remove", { number }), {
    testid: "action-remove",
    class: "tf-button--quiet",
    onClick: onRemove,
  });
  return el(
    "li",
    {},
    el(
      "fieldset",
      { class: "tf-row" },
      el("legend", { class: "tf-row__title" }, translate("planning.action", { number, question })),
      el("div", { class: "tf-row__fields" }, ...hints, ...fields),
      el("div", { class: "tf-row__buttons" }, remove),
    ),
  );
}

/** The controls of an action, by the name of the field that each of them edits. */
function createControls(
  action: Action,
  { translateResult }: ToolContext,
  onUpdate: ActionRowHandlers["onUpdate"],
): Record<"text" | "owner" | "due" | "state", HTMLElement> {
  const text = el("textarea", {
    class: "tf-input",
    attributes: { rows: "2", maxlength: "20000", spellcheck: "false", writingsuggestions: "false" },
  });
  text.value = action.text;
  text.addEventListener("input", () => onUpdate({ text: wellFormed(text.value) }));
  const owner = el("input", {
    class: "tf-input",
    attributes: { type: "text", maxlength: "500", spellcheck: "false" },
  });
  owner.value = action.owner;
  owner.addEventListener("input", () => onUpdate({ owner: wellFormed(owner.value) }));
  const due = el("input", { class: "tf-input tf-input--date", attributes: { type: "date", max: "2999-12-31" } });
  due.value = action.due;
  due.addEventListener("input", () => isDay(due.value) && onUpdate({ due: due.value }));
  const state = el(
    "select",
    { class: "tf-input" },
    ...ACTION_STATES.map((name) =>
      el("option", { attributes: { value: name } }, translateResult(`action-states.${name}`)),
    ),
  );
  state.value = action.state;
  state.addEventListener("change", () => onUpdate({ state: state.value as Action["state"] }));
  return { text, owner, due, state };
}
