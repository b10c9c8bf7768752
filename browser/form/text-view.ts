// A text control (text area, input or select) with its error message and, for printing, a copy of its text.
import { textLength } from "../assessment/draft";
import { el, setText } from "../shared/dom";
import { MAX_TEXT_LENGTH } from "../build/shared-constants";
import type { Translate } from "../assessment/translate";

export type TextControl = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

export interface TextHandlers {
  onInput: (text: string) => void;
  /** Called when the control has lost the focus: time to write. */
  onCommit: () => void;
}

export class TextView {
  /** The same text in a plain element: gives the text area its height, and is printed. */
  #copy: HTMLElement | undefined;
  #error: HTMLElement | undefined;

  constructor(
    readonly control: TextControl,
    private readonly translate: Translate,
    handlers: TextHandlers,
  ) {
    control.addEventListener("input", () => handlers.onInput(control.value));
    control.addEventListener("blur", () => handlers.onCommit());
  }

  /** Shows a text with its error message, if any; the message for a text over the limit is added here. */
  show(text: string, faultText = ""): void {
    const { control } = this;
    // Setting the same value again would move the caret to the end. Line breaks in the control may differ from
    // those of a file written elsewhere.
    if (control.value !== text.replace(/\r\n?/g, "\n")) control.value = text;
    if (control instanceof HTMLTextAreaElement && (text !== "" || this.#copy)) {
      this.#copy ??= this.#createCopy();
      setText(this.#copy, `${text} `); // the space keeps an empty last line
      this.#copy.classList.toggle("tf-text__copy--empty", text === "");
    }
    const length = textLength(text);
    const error =
      length > MAX_TEXT_LENGTH ? this.translate("question.too-long", { length, limit: MAX_TEXT_LENGTH }) : faultText;
    if (error === "" && !this.#error) return;
    this.#error ??= this.#createError();
    control.setAttribute("aria-invalid", String(error !== ""));
    setText(this.#error, error);
    this.#error.hidden = error === "";
  }

  // Most texts stay empty and without error, so these elements are created on demand.

  #createCopy(): HTMLElement {
    const copy = el("div", { class: "tf-text__copy", attributes: { "aria-hidden": "true" } });
    this.control.after(copy);
    this.control.parentElement?.classList.add("tf-field--copied");
    return copy;
  }

  #createError(): HTMLElement {
    const { control } = this;
    const error = el("p", { class: "tf-field__error", attributes: { id: `${control.id}-error` } });
    (this.#copy ?? control).after(error);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
    return error;
  }
}
