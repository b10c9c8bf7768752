// One control that holds a text: text area, input or select, with its message and, for paper, its copy.
import { textLength } from "./draft";
import { el, setText } from "./dom";
import { MAX_TEXT } from "./model";
import type { Translate } from "./strings";

export type TextControl = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

export interface TextHandlers {
  onInput: (text: string) => void;
  /** Called when the control has been left: time to write. */
  onLeave: () => void;
}

export class TextView {
  /** Same text in a plain element: gives a text area its height, and is what gets printed. */
  readonly #copy: HTMLElement | undefined;
  readonly #error: HTMLElement;

  constructor(
    readonly control: TextControl,
    private readonly t: Translate,
    handlers: TextHandlers,
  ) {
    this.#error = el("p", { class: "tf-field__error", attributes: { id: `${control.id}-error` } });
    if (control instanceof HTMLTextAreaElement) {
      this.#copy = el("div", { class: "tf-text__copy", attributes: { "aria-hidden": "true" } });
      control.after(this.#copy);
      control.parentElement?.after(this.#error);
    } else control.after(this.#error);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${this.#error.id}`.trim());
    control.addEventListener("input", () => handlers.onInput(control.value));
    control.addEventListener("blur", () => handlers.onLeave());
  }

  /** Shows a text, and what is wrong with it, if anything; a text over its limit says so itself. */
  show(text: string, fault = ""): void {
    const { control } = this;
    // Setting the same value again would move the caret to the end. The browser's own line breaks
    // differ from those of a file written elsewhere.
    if (control.value !== text.replace(/\r\n?/g, "\n")) control.value = text;
    if (this.#copy) {
      setText(this.#copy, `${text} `); // the space keeps a last empty line
      this.#copy.classList.toggle("tf-text__copy--empty", text === "");
    }
    const length = textLength(text);
    const error = length > MAX_TEXT ? this.t("question.too-long", { length, limit: MAX_TEXT }) : fault;
    const invalid = String(error !== "");
    if (control.getAttribute("aria-invalid") !== invalid) control.setAttribute("aria-invalid", invalid);
    setText(this.#error, error);
    this.#error.hidden = error === "";
  }
}
