// A row of a repeatable group: its fields, and the buttons to move and remove it.
import type { FieldLimits } from "../assessment/content";
import { fieldFault, fieldText } from "../assessment/content";
import { button, el, setText } from "../shared/dom";
import type { Field, Item, Row } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import type { TextControl } from "./text-view";
import { TextView } from "./text-view";

export type RowAction = "up" | "down" | "remove";

export interface RowHandlers {
  onField: (field: string, text: string) => void;
  onAction: (action: RowAction) => void;
  onCommit: () => void;
}

/** The error message of a field; empty for a missing value, which the list of unsettled questions reports. */
export function faultMessage(field: FieldLimits, text: string, translate: Translate): string {
  const fault = fieldFault(field, text);
  if (fault === undefined || fault === "missing") return "";
  const limits = [];
  if (field.min !== undefined) limits.push(translate("content.at-least", { limit: field.min }));
  if (field.max !== undefined) limits.push(translate("content.at-most", { limit: field.max }));
  const range = limits.length > 0 ? translate("content.range", { range: limits.join(translate("state.and")) }) : "";
  return translate(`${field.format ? "formats" : "content"}.${fault}`, { range });
}

export class RowView {
  readonly element: HTMLElement;
  readonly #legend: Element | null;
  readonly #texts: { field: Field; view: TextView }[] = [];
  readonly #buttons: ReadonlyMap<RowAction, HTMLButtonElement>;

  /**
   * @param template A row of the page, which is copied
   * @param serial A number that no other row of the group has
   */
  constructor(
    template: Element,
    serial: number,
    private readonly item: Item,
    private readonly translate: Translate,
    handlers: RowHandlers,
  ) {
    this.element = template.cloneNode(true) as HTMLElement;
    this.element.classList.remove("tf-row--paper");
    this.element.dataset["row"] = "";
    this.#legend = this.element.querySelector("legend");
    const [oldPrefix, newPrefix] = [`${item.id}--0--`, `${item.id}--${serial}--`];
    for (const element of this.element.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(oldPrefix, newPrefix));
      }
    }
    const fields = new Map((item.fields ?? []).map((field) => [field.id, field]));
    for (const control of this.element.querySelectorAll<TextControl>("[data-part]")) {
      const field = fields.get(control.dataset["part"] ?? "");
      if (!field) continue;
      const onInput = (text: string): void => handlers.onField(field.id, text);
      this.#texts.push({ field, view: new TextView(control, translate, { onInput, onCommit: handlers.onCommit }) });
    }
    const actions: readonly RowAction[] = ["up", "down", "remove"];
    this.#buttons = new Map(
      actions.map((action) => [
        action,
        button(translate(`rows.${action}`), {
          class: "tf-button--quiet",
          testid: `row-${action}`,
          onClick: () => handlers.onAction(action),
        }),
      ]),
    );
    this.element.append(el("div", { class: "tf-row__buttons" }, ...this.#buttons.values()));
  }

  show(row: Row, number: number, count: number): void {
    const name = { row: this.item.row ?? "", number };
    if (this.#legend) setText(this.#legend, this.translate("rows.title", name));
    for (const { field, view } of this.#texts) {
      const text = fieldText(row, field.id);
      view.show(text, faultMessage(field, text, this.translate));
    }
    for (const [action, actionButton] of this.#buttons) {
      const label = this.translate("rows.of", { ...name, action: this.translate(`rows.${action}`) });
      if (actionButton.getAttribute("aria-label") !== label) actionButton.setAttribute("aria-label", label);
      actionButton.disabled = (action === "up" && number === 1) || (action === "down" && number === count);
    }
  }

  /** Focuses the first field. */
  focus(): void {
    this.#texts[0]?.view.control.focus();
  }

  /** Focuses the button that moved the row, or the other one when the row cannot be moved further. */
  focusButton(action: "up" | "down"): void {
    const pressed = this.#buttons.get(action);
    const other = this.#buttons.get(action === "up" ? "down" : "up");
    (pressed?.disabled ? other : pressed)?.focus();
  }
}
