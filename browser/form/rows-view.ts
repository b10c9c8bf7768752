// A group that can be repeated: adding, removing with undo, and putting in another order.
import { button, el, setText } from "../shared/dom";
import type { Answer, Content, Item, Row } from "../assessment/model";
import type { RowAction } from "./row-view";
import { RowView } from "./row-view";
import { rowsContent, newRow, rowsOf, withField, withMoved, withoutRow, withRow } from "../assessment/rows";
import type { Translate } from "../assessment/translate";
import type { TextControl } from "./text-view";
import { randomUuid } from "../shared/uuid";

export interface ContentHandlers {
  /** Called with what is entered now; null when that is nothing. */
  onContent: (content: Content | null) => void;
  onLeave: () => void;
  /** Says something to screen readers, in the form's one live region. */
  onSay: (text: string) => void;
}

export class RowsView {
  readonly #blank: Element;
  readonly #views = new Map<string, RowView>();
  readonly #list = el("div", { class: "tf-rows__list" });
  readonly #none: HTMLElement;
  readonly #note = el("p", { class: "tf-field__hint" });
  readonly #undo: HTMLElement;
  readonly #undoText = el("span");
  readonly #undoButton: HTMLButtonElement;
  readonly #add: HTMLButtonElement;
  readonly #ready: HTMLSelectElement | undefined;
  #rows: readonly Row[] = [];
  #removed: { row: Row; at: number } | undefined;
  #serial = 0;
  /** What to do once the rows are shown: the control that gets the focus may not be there before. */
  #afterwards: (() => void) | undefined;

  constructor(
    group: HTMLElement,
    private readonly item: Item,
    private readonly t: Translate,
    private readonly handlers: ContentHandlers,
  ) {
    this.#blank = group.querySelector("[data-row]") as Element;
    const row = item.row ?? "";
    this.#none = el("p", { class: "tf-field__hint" }, t("rows.none"));
    this.#undoButton = button(t("rows.undo"), { testid: `undo-${item.id}`, onClick: () => this.#putBack() });
    this.#undo = el("p", { class: "tf-row__undo" }, this.#undoText, " ", this.#undoButton);
    this.#add = button(t("rows.add", { row }), { testid: `add-${item.id}`, onClick: () => this.#addRow() });
    const foot = el("div", { class: "tf-rows__foot" });
    if (item.ready) {
      const id = `${item.id}--ready`;
      const options = item.ready.texts.map((text) => el("option", { attributes: { value: text.id } }, text.title));
      this.#ready = el(
        "select",
        { class: "tf-input", testid: `ready-${item.id}`, attributes: { id, autocomplete: "off" } },
        el("option", { attributes: { value: "" } }, t("rows.blank")),
        ...options,
      );
      foot.append(
        el("div", { class: "tf-field" }, el("label", { attributes: { for: id } }, t("rows.ready")), this.#ready),
      );
    }
    foot.append(this.#add);
    this.#entered = this.#read();
    // The blank row stays, to be filled in by hand where the form is printed without any.
    this.#blank.classList.add("tf-row--paper");
    this.#blank.removeAttribute("data-row");
    group.replaceChildren(this.#none, this.#list, this.#blank, this.#note, foot);
  }

  readonly #entered: Content | null;

  /** What was entered into the row of the page before the script was ready. */
  entered(): Content | null {
    return this.#entered;
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
      const view = this.#views.get(row.id) ?? this.#view(row.id);
      view.show(row, index + 1, this.#rows.length);
      return view.element;
    });
    if (this.#removed) elements.splice(Math.min(this.#removed.at, elements.length), 0, this.#undo);
    else this.#undo.remove();
    elements.forEach((element, index) => {
      // An element that is moved loses the focus, so what is in its place stays there.
      if (this.#list.children[index] !== element) this.#list.insertBefore(element, this.#list.children[index] ?? null);
    });
    this.#none.hidden = elements.length > 0;
    const { min = 0, max = Infinity } = this.item;
    const isFull = this.#rows.length >= max;
    const tooFew = this.#rows.length > 0 && this.#rows.length < min;
    this.#add.disabled = isFull;
    this.#note.hidden = !isFull && !tooFew;
    setText(
      this.#note,
      isFull ? this.t("rows.full", { limit: max }) : tooFew ? this.t("rows.too-few", { limit: min }) : "",
    );
    this.#afterwards?.();
    this.#afterwards = undefined;
  }

  /** Forgets the row that could be put back: another assessment is shown. */
  reset(): void {
    this.#removed = undefined;
  }

  #read(): Content | null {
    const controls = [...this.#blank.querySelectorAll<TextControl>("[data-part]")];
    const texts = controls.map((control) => [control.dataset["part"] ?? "", control.value] as const);
    for (const control of controls) control.value = "";
    const fields = Object.fromEntries(texts.filter(([, text]) => text !== ""));
    return Object.keys(fields).length > 0 ? [{ id: randomUuid(), fields }] : null;
  }

  #view(id: string): RowView {
    this.#serial += 1;
    const view = new RowView(this.#blank, this.#serial, this.item, this.t, {
      onField: (field, text) => this.#change(withField(this.#rows, this.item, id, field, text)),
      onAction: (action) => this.#act(id, action),
      onLeave: this.handlers.onLeave,
    });
    this.#views.set(id, view);
    return view;
  }

  #change(rows: readonly Row[], said?: string, afterwards?: () => void): void {
    this.#rows = rows;
    this.#afterwards = afterwards;
    this.handlers.onContent(rowsContent(rows));
    if (said !== undefined) this.handlers.onSay(said);
  }

  #say(key: string, number: number): string {
    return this.t(`rows.${key}`, { row: this.item.row ?? "", number });
  }

  #addRow(): void {
    const text = this.item.ready?.texts.find(({ id }) => id === this.#ready?.value);
    if (this.#ready) this.#ready.value = "";
    const row = newRow(this.item, randomUuid(), text);
    const said = this.#say("added", this.#rows.length + 1);
    this.#change([...this.#rows, row], said, () => this.#views.get(row.id)?.focus());
  }

  #act(id: string, action: RowAction): void {
    const at = this.#rows.findIndex((row) => row.id === id);
    const row = this.#rows[at];
    if (!row) return;
    if (action !== "remove") {
      const rows = withMoved(this.#rows, id, action === "up" ? -1 : 1);
      const said = this.#say("moved", rows.indexOf(row) + 1);
      this.#change(rows, said, () => this.#views.get(id)?.focusButton(action));
      return;
    }
    this.#removed = { row, at };
    const said = this.#say("removed", at + 1);
    setText(this.#undoText, said);
    this.#change(withoutRow(this.#rows, id), said, () => this.#undoButton.focus());
  }

  #putBack(): void {
    if (!this.#removed) return;
    const { row, at } = this.#removed;
    this.#removed = undefined;
    const rows = withRow(withoutRow(this.#rows, row.id), row, at);
    this.#change(rows, this.#say("restored", rows.indexOf(row) + 1), () => this.#views.get(row.id)?.focus());
  }
}
