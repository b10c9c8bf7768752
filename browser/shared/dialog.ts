// Questions that must be answered before going on.
import { button, el } from "./dom";

export interface Choice {
  id: string;
  text: string;
  /** A choice that removes or replaces something. */
  grave?: boolean;
}

/**
 * Asks a question; resolves with the id of the choice, or with "" when it is cancelled (button or
 * Escape). The focus starts on cancelling, so that a stray Enter removes nothing.
 */
export function ask(
  root: HTMLElement,
  question: { title: string; text: string; choices: readonly Choice[]; cancel: string },
): Promise<string> {
  return new Promise((resolve) => {
    const title = el("h2", { class: "tf-dialog__title", attributes: { id: "tebiki-dialog-title" } }, question.title);
    const text = el("p", { class: "tf-dialog__text", attributes: { id: "tebiki-dialog-text" } }, question.text);
    const dialog = el("dialog", {
      class: "tf-dialog",
      testid: "dialog",
      attributes: { "aria-labelledby": title.id, "aria-describedby": text.id },
    });
    const finish = (choice: string): void => {
      dialog.close(); // gives the focus back
      dialog.remove();
      resolve(choice);
    };
    const choices = question.choices.map(({ id, text: words, grave }) =>
      button(words, {
        testid: `dialog-${id}`,
        class: grave ? "tf-button--grave" : "tf-button--main",
        onClick: () => finish(id),
      }),
    );
    const cancel = button(question.cancel, {
      testid: "dialog-cancel",
      attributes: { autofocus: "" },
      onClick: () => finish(""),
    });
    dialog.append(title, text, el("div", { class: "tf-dialog__buttons" }, cancel, ...choices));
    dialog.addEventListener("close", () => finish("")); // Escape; after a choice it changes nothing
    root.append(dialog);
    dialog.showModal();
  });
}
