// The rows of a repeatable group: add, remove, restore and move.
import { button, el, setText } from "../shared/dom";
import type { Answer, Content, Item, Row } from "../assessment/model";
import type { RowAction } from "./row-view";
import { RowView } from "./row-view";
import { rowsContent, newRow, rowsOf, withField, withMoved, withoutRow, withRow } from "../assessment/rows";
import type { Translate } from "../assessment/translate";
import type { TextControl } from "./text-view";
import { randomUuid } from "../shared/uuid";

export interface ContentHandlers {
  /** Called with the entered content; null when it is empty. */
  onContent: (content: Content | null) => void;
  /** Called when an entry is finished: time to write. */
  onCommit: () => void;
  /** Shows a message that screen readers read out. */
  onMessage: (text: string) => void;
}

export class RowsView {
  /** What was entered into the row of the static page before the script ran. */
  readonly initialContent: () => Content | null;
  readonly #template: Element;
  readonly #views = new Map<string, RowView>();
  readonly #list = el("div", { class: "tf-rows__list" });
  readonly #emptyNotice: HTMLElement;
  readonly #note = el("p", { class: "tf-field__hint" });
  readonly #undo: HTMLElement;
  readonly #undoText = el("span");
  readonly #undoButton: HTMLButtonElement;
  readonly #add: HTMLButtonElement;
  readonly #readyTexts: HTMLSelectElement | undefined;
  #rows: readonly Row[] = [];
  #removed: { row: Row; index: number } | undefined;
  #serial = 0;
  /** Called once the rows are shown: the control that gets the focus may not exist before. */
  #afterShow: (() => void) | undefined;

  constructor(
    group: HTMLElement,
    private readonly item: Item,
    private readonly translate: Translate,
    private readonly handlers: ContentHandlers,
  ) {
    this.#template = group.querySelector("[data-row]") as Element;
    const row = item.row ?? "";
    this.#emptyNotice = el("p", { class: "tf-field__hint" }, translate("rows.none"));
    this.#undoButton = button(translate("rows.undo"), { testid: `undo-${item.id}`, onClick: () => this.#restoreRow() });
    this.#undo = el("p", { class: "tf-row__undo" }, this.#undoText, " ", this.#undoButton);
    this.#add = button(translate("rows.add", { row }), { testid: `add-${item.id}`, onClick: () => this.#addRow() });
    const foot = el("div", { class: "tf-rows__foot" });
    if (item.ready) {
      const id = `${item.id}--ready`;
      const options = item.ready.texts.map((text) => el("option", { attributes: { value: text.id } }, text.title));
      this.#readyTexts = el(
        "select",
        { class: "tf-input", testid: `ready-${item.id}`, attributes: { id, autocomplete: "off" } },
        el("option", { attributes: { value: "" } }, translate("rows.blank")),
        ...options,
      );
      foot.append(
        el(
          "div",
          { class: "tf-field" },
          el("label", { attributes: { for: id } }, translate("rows.ready")),
          this.#readyTexts,
        ),
      );
    }
    foot.append(this.#add);
    const initialContent = this.#takeInitialContent();
    this.initialContent = () => initialContent;
    // The empty row stays: without other rows it is printed, to be filled in by hand.
    this.#template.classList.add("tf-row--paper");
    this.#template.removeAttribute("data-row");
    group.replaceChildren(this.#emptyNotice, this.#list, this.#template, this.#note, foot);
  }

  /** Shows the rows of an answer. */
  show(answer: Answer | undefined): void {
    this.#rows = rowsOf(answer?.content);
    const ids = new Set(this.#rows.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (ids.has(id)) continue;
      view.element.remove();
      this.#views.delete(id);
    }
    const elements = this.#rows.map((row, index) => {
      const view = this.#views.get(row.id) ?? this.#createRowView(row.id);
      view.show(row, index + 1, this.#rows.length);
      return view.element;
    });
    if (this.#removed) elements.splice(Math.min(this.#removed.index, elements.length), 0, this.#undo);
    else this.#undo.remove();
    elements.forEach((element, index) => {
      // Moving an element takes the focus from it, so elements that are in their place are not touched.
      if (this.#list.children[index] !== element) this.#list.insertBefore(element, this.#list.children[index] ?? null);
    });
    this.#emptyNotice.hidden = elements.length > 0;
    const { min = 0, max = Infinity } = this.item;
    const isFull = this.#rows.length >= max;
    const tooFew = this.#rows.length > 0 && this.#rows.length < min;
    this.#add.disabled = isFull;
    this.#note.hidden = !isFull && !tooFew;
    setText(
      this.#note,
      isFull
        ? this.translate("rows.full", { limit: max })
        : tooFew
          ? this.translate("rows.too-few", { limit: min })
          : "",
    );
    this.#afterShow?.();
    this.#afterShow = undefined;
  }

  /** Discards the removed row that could be restored: another assessment is shown. */
  reset(): void {
    this.#removed = undefined;
  }

  #takeInitialContent(): Content | null {
    const controls = [...this.#template.querySelectorAll<TextControl>("[data-part]")];
    const texts = controls.map((control) => [control.dataset["part"] ?? "", control.value] as const);
    for (const control of controls) control.value = "";
    const fields = Object.fromEntries(texts.filter(([, text]) => text !== ""));
    return Object.keys(fields).length > 0 ? [{ id: randomUuid(), fields }] : null;
  }

  #createRowView(id: string): RowView {
    this.#serial += 1;
    const view = new RowView(this.#template, this.#serial, this.item, this.translate, {
      onField: (field, text) => this.#change(withField(this.#rows, this.item, id, field, text)),
      onAction: (action) => this.#applyAction(id, action),
      onCommit: this.handlers.onCommit,
    });
    this.#views.set(id, view);
    return view;
  }

  #change(rows: readonly Row[], message?: string, afterShow?: () => void): void {
    this.#rows = rows;
    this.#afterShow = afterShow;
    this.handlers.onContent(rowsContent(rows));
    if (message !== undefined) this.handlers.onMessage(message);
  }

  #message(key: string, number: number): string {
    return this.translate(`rows.${key}`, { row: this.item.row ?? "", number });
  }

  #addRow(): void {
    const text = this.item.ready?.texts.find(({ id }) => id === this.#readyTexts?.value);
    if (this.#readyTexts) this.#readyTexts.value = "";
    const row = newRow(this.item, randomUuid(), text);
    const message = this.#message("added", this.#rows.length + 1);
    this.#change([...this.#rows, row], message, () => this.#views.get(row.id)?.focus());
  }

  #applyAction(id: string, action: RowAction): void {
    const index = this.#rows.findIndex((row) => row.id === id);
    const row = this.#rows[index];
    if (!row) return;
    if (action !== "remove") {
      const rows = withMoved(this.#rows, id, action === "up" ? -1 : 1);
      const message = this.#message("moved", rows.indexOf(row) + 1);
      this.#change(rows, message, () => this.#views.get(id)?.focusButton(action));
      return;
    }
    this.#removed = { row, index };
    const message = this.#message("removed", index + 1);
    setText(this.#undoText, message);
    this.#change(withoutRow(this.#rows, id), message, () => this.#undoButton.focus());
  }

  #restoreRow(): void {
    if (!this.#removed) return;
    const { row, index } = this.#removed;
    this.#removed = undefined;
    const rows = withRow(withoutRow(this.#rows, row.id), row, index);
    this.#change(rows, this.#message("restored", rows.indexOf(row) + 1), () => this.#views.get(row.id)?.focus());
  }
}
