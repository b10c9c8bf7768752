// One control that holds a text: text area, input or select, with its message and, for paper, its copy.
import { textLength } from "../assessment/draft";
import { el, setText } from "../shared/dom";
import { MAX_TEXT_LENGTH } from "../build/shared-constants";
import type { Translate } from "../assessment/translate";

export type TextControl = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

export interface TextHandlers {
  onInput: (text: string) => void;
  /** Called when the control has been left: time to write. */
  onLeave: () => void;
}

export class TextView {
  /** Same text in a plain element: gives a text area its height, and is what gets printed. */
  #copy: HTMLElement | undefined;
  #error: HTMLElement | undefined;

  constructor(
    readonly control: TextControl,
    private readonly t: Translate,
    handlers: TextHandlers,
  ) {
    control.addEventListener("input", () => handlers.onInput(control.value));
    control.addEventListener("blur", () => handlers.onLeave());
  }

  /** Shows a text, and what is wrong with it, if anything; a text over its limit says so itself. */
  show(text: string, fault = ""): void {
    const { control } = this;
    // Setting the same value again would move the caret to the end. The browser's own line breaks
    // differ from those of a file written elsewhere.
    if (control.value !== text.replace(/\r\n?/g, "\n")) control.value = text;
    if (control instanceof HTMLTextAreaElement && (text !== "" || this.#copy)) {
      this.#copy ??= this.#withCopy();
      setText(this.#copy, `${text} `); // the space keeps a last empty line
      this.#copy.classList.toggle("tf-text__copy--empty", text === "");
    }
    const length = textLength(text);
    const error = length > MAX_TEXT_LENGTH ? this.t("question.too-long", { length, limit: MAX_TEXT_LENGTH }) : fault;
    if (error === "" && !this.#error) return;
    this.#error ??= this.#withError();
    control.setAttribute("aria-invalid", String(error !== ""));
    setText(this.#error, error);
    this.#error.hidden = error === "";
  }

  // Most texts stay empty and without fault, so these are made for those that do not.

  #withCopy(): HTMLElement {
    const copy = el("div", { class: "tf-text__copy", attributes: { "aria-hidden": "true" } });
    this.control.after(copy);
    this.control.parentElement?.classList.add("tf-field--copied");
    return copy;
  }

  #withError(): HTMLElement {
    const { control } = this;
    const error = el("p", { class: "tf-field__error", attributes: { id: `${control.id}-error` } });
    (this.#copy ?? control).after(error);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${error.id}`.trim());
    return error;
  }
}
