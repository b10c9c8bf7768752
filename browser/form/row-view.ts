// One row of a group that can be repeated: its fields, and the buttons to move and remove it.
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
  onLeave: () => void;
}

/** What is said of a field that cannot be right. Something missing is said by the list of what is left. */
export function faultText(field: Pick<Field, "type" | "min" | "max">, text: string, t: Translate): string {
  const fault = fieldFault(field, text);
  if (fault === undefined || fault === "missing") return "";
  const limits = [];
  if (field.min !== undefined) limits.push(t("content.at-least", { limit: field.min }));
  if (field.max !== undefined) limits.push(t("content.at-most", { limit: field.max }));
  const range = limits.length > 0 ? t("content.range", { range: limits.join(t("state.and")) }) : "";
  return fault === "bad-date" ? t("content.bad-date") : t("content.bad-number", { range });
}

export class RowView {
  readonly element: HTMLElement;
  readonly #legend: Element | null;
  readonly #texts: { field: Field; view: TextView }[] = [];
  readonly #buttons: ReadonlyMap<RowAction, HTMLButtonElement>;

  /** `blank` is a row of the page that is copied; `serial` is a number that no other row has here. */
  constructor(
    blank: Element,
    serial: number,
    private readonly item: Item,
    private readonly t: Translate,
    handlers: RowHandlers,
  ) {
    this.element = blank.cloneNode(true) as HTMLElement;
    this.element.classList.remove("tf-row--paper");
    this.element.dataset["row"] = "";
    this.#legend = this.element.querySelector("legend");
    const [old, own] = [`${item.id}--0--`, `${item.id}--${serial}--`];
    for (const part of this.element.querySelectorAll("[id], [for], [aria-describedby]")) {
      for (const name of ["id", "for", "aria-describedby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(old, own));
      }
    }
    const fields = new Map((item.fields ?? []).map((field) => [field.id, field]));
    for (const control of this.element.querySelectorAll<TextControl>("[data-part]")) {
      const field = fields.get(control.dataset["part"] ?? "");
      if (!field) continue;
      const onInput = (text: string): void => handlers.onField(field.id, text);
      this.#texts.push({ field, view: new TextView(control, t, { onInput, onLeave: handlers.onLeave }) });
    }
    const actions: readonly RowAction[] = ["up", "down", "remove"];
    this.#buttons = new Map(
      actions.map((action) => [
        action,
        button(t(`rows.${action}`), {
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
    if (this.#legend) setText(this.#legend, this.t("rows.title", name));
    for (const { field, view } of this.#texts) {
      const text = fieldText(row, field.id);
      view.show(text, faultText(field, text, this.t));
    }
    for (const [action, one] of this.#buttons) {
      const label = this.t("rows.of", { ...name, action: this.t(`rows.${action}`) });
      if (one.getAttribute("aria-label") !== label) one.setAttribute("aria-label", label);
      one.disabled = (action === "up" && number === 1) || (action === "down" && number === count);
    }
  }

  /** Puts the focus into the first field. */
  focus(): void {
    this.#texts[0]?.view.control.focus();
  }

  /** Puts the focus back on the button that moved the row, or on the other one at the end of the way. */
  focusButton(action: "up" | "down"): void {
    const pressed = this.#buttons.get(action);
    const other = this.#buttons.get(action === "up" ? "down" : "up");
    (pressed?.disabled ? other : pressed)?.focus();
  }
}
