// The questions of the page: reading what is entered, and showing the draft in them.
import type { AnswerChange } from "./draft";
import { textLength } from "./draft";
import { button, el, setText } from "./dom";
import type { Answer, Checklist, Draft, Item, TextField } from "./model";
import { MAX_TEXT } from "./model";
import type { Progress } from "./progress";
import type { Translate } from "./strings";

export interface QuestionHandlers {
  onAnswer: (item: string, change: AnswerChange) => void;
  /** Called when a text has been left: time to write. */
  onLeave: () => void;
}

interface TextView {
  field: TextField;
  area: HTMLTextAreaElement;
  /** Same text in a plain element: gives the text area its height, and is what gets printed. */
  copy: HTMLElement;
  error: HTMLElement;
}

interface QuestionView {
  item: Item;
  fieldset: HTMLFieldSetElement;
  radios: HTMLInputElement[];
  texts: TextView[];
  reason: HTMLElement | null;
  mark: HTMLElement;
  markText: HTMLElement;
  clear: HTMLButtonElement;
}

export class QuestionsView {
  readonly #views: QuestionView[] = [];

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly t: Translate,
    private readonly handlers: QuestionHandlers,
  ) {
    for (const fieldset of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-item]")) {
      const item = checklist.items.get(fieldset.dataset["item"] ?? "");
      if (item) this.#views.push(this.#view(fieldset, item));
    }
  }

  /**
   * Takes over what was entered before the script was ready, where `draft` has nothing yet.
   *
   * On a slow line a person may have answered several questions by then.
   */
  adoptEntered(draft: Draft): void {
    for (const { item, radios, texts } of this.#views) {
      const known = draft.answers.get(item.id);
      const change: AnswerChange = {};
      const chosen = radios.find((radio) => radio.checked);
      if (chosen && !known?.value) change.value = chosen.value;
      for (const { field, area } of texts) {
        if (area.value !== "" && !known?.[field]) change[field] = area.value;
      }
      if (Object.keys(change).length > 0) this.handlers.onAnswer(item.id, change);
    }
  }

  /** Shows the draft. Returns the number of questions that were not asked before and now are. */
  show(draft: Draft, progress: Progress): number {
    let revealed = 0;
    for (const view of this.#views) {
      const asked = progress.asked.has(view.item.id);
      if (asked && view.fieldset.hidden) revealed += 1;
      view.fieldset.hidden = !asked;
      view.fieldset.dataset["standing"] = progress.standings.get(view.item.id) ?? "not-asked";
      this.#showAnswer(view, draft.answers.get(view.item.id));
    }
    return revealed;
  }

  #view(fieldset: HTMLFieldSetElement, item: Item): QuestionView {
    const radios = [...fieldset.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        if (radio.checked) this.handlers.onAnswer(item.id, { value: radio.value });
        this.handlers.onLeave();
      });
    }
    const markText = el("span");
    const mark = el(
      "div",
      { class: "tf-mark", testid: `mark-${item.id}` },
      markText,
      button(this.t("question.confirm"), {
        testid: `confirm-${item.id}`,
        attributes: { "aria-label": this.t("question.confirm-of", { number: item.number }) },
        onClick: () => this.handlers.onAnswer(item.id, { confirmed: true }),
      }),
    );
    const clear = button(this.t("question.clear"), {
      class: "tf-button--quiet",
      testid: `clear-${item.id}`,
      attributes: { "aria-label": this.t("question.clear-of", { number: item.number }) },
      onClick: () => {
        // The button is about to go; the next sensible place is the first answer.
        radios[0]?.focus();
        this.handlers.onAnswer(item.id, { value: "" });
      },
    });
    fieldset.querySelector("legend")?.after(mark);
    fieldset.querySelector(".tf-item__foot")?.append(clear);
    return {
      item,
      fieldset,
      radios,
      texts: [...fieldset.querySelectorAll("textarea")].map((area) => this.#text(area, item)),
      reason: fieldset.querySelector("[data-reason]"),
      mark,
      markText,
      clear,
    };
  }

  #text(area: HTMLTextAreaElement, item: Item): TextView {
    const field = area.dataset["field"] as TextField;
    const copy = el("div", { class: "tf-text__copy", attributes: { "aria-hidden": "true" } });
    const error = el("p", { class: "tf-field__error", attributes: { id: `${area.id}-error` } });
    area.after(copy);
    area.parentElement?.after(error);
    area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
    area.addEventListener("input", () => this.handlers.onAnswer(item.id, { [field]: area.value }));
    area.addEventListener("blur", () => this.handlers.onLeave());
    return { field, area, copy, error };
  }

  #showAnswer(view: QuestionView, answer: Answer | undefined): void {
    const { item, radios, texts, reason, mark, markText, clear } = view;
    const value = answer?.value ?? "";
    for (const radio of radios) radio.checked = radio.value === value;
    for (const text of texts) this.#showText(text, answer?.[text.field] ?? "");
    clear.hidden = value === "";

    const excluded = this.checklist.answers.get(value)?.role === "excluded";
    if (reason) reason.hidden = !excluded && !answer?.justification;

    const notOffered = value !== "" && !radios.some((radio) => radio.value === value);
    const changed = answer !== undefined && answer.rev !== item.rev;
    mark.hidden = !notOffered && !changed;
    // An answer that is no longer offered cannot be confirmed, only replaced.
    mark.classList.toggle("tf-mark--no-button", notOffered);
    const title = this.checklist.answers.get(value)?.title ?? value;
    if (notOffered) setText(markText, this.t("question.not-offered", { answer: title }));
    else setText(markText, this.t("question.changed"));
  }

  #showText({ area, copy, error }: TextView, text: string): void {
    // Setting the same value again would move the caret to the end. The browser's own line breaks
    // differ from those of a file written elsewhere.
    if (area.value !== text.replace(/\r\n?/g, "\n")) area.value = text;
    setText(copy, `${text} `); // the space keeps a last empty line
    copy.classList.toggle("tf-text__copy--empty", text === "");
    const length = textLength(text);
    const tooLong = length > MAX_TEXT;
    if (area.getAttribute("aria-invalid") !== String(tooLong)) area.setAttribute("aria-invalid", String(tooLong));
    setText(error, tooLong ? this.t("question.too-long", { length, limit: MAX_TEXT }) : "");
    error.hidden = !tooLong;
  }
}
