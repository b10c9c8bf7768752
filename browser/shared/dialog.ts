// A modal dialog that asks a question.
import { button, el } from "./dom";

export interface Choice {
  id: string;
  text: string;
  /** main: what most people want. destructive: removes something. */
  kind?: "main" | "destructive";
}

export interface Question {
  title: string;
  /** A paragraph for each line. */
  text: string;
  choices: readonly Choice[];
  cancel: string;
}

/**
 * Asks a question; resolves with the id of the choice, or with "" when the dialog is cancelled (button or Escape).
 * The focus starts on the cancel button, so that an accidental Enter removes nothing.
 */
export function ask(root: HTMLElement, question: Question): Promise<string> {
  return new Promise((resolve) => {
    const title = el("h2", { class: "tf-dialog__title", attributes: { id: "tebiki-dialog-title" } }, question.title);
    const lines = question.text.split("\n").map((line) => el("p", {}, line));
    const text = el("div", { class: "tf-dialog__text", attributes: { id: "tebiki-dialog-text" } }, ...lines);
    const dialog = el("dialog", {
      class: "tf-dialog",
      testid: "dialog",
      attributes: { "aria-labelledby": title.id, "aria-describedby": text.id },
    });
    const finish = (choice: string): void => {
      dialog.close(); // restores the focus
      dialog.remove();
      resolve(choice);
    };
    const classes = { main: "tf-button--main", destructive: "tf-button--grave" };
    const choices = question.choices.map(({ id, text: label, kind }) =>
      button(label, {
        testid: `dialog-${id}`,
        ...(kind && { class: classes[kind] }),
        onClick: () => finish(id),
      }),
    );
    const cancel = button(question.cancel, {
      testid: "dialog-cancel",
      attributes: { autofocus: "" },
      onClick: () => finish(""),
    });
    dialog.append(title, text, el("div", { class: "tf-dialog__buttons" }, cancel, ...choices));
    dialog.addEventListener("close", () => finish("")); // Escape; without effect after a choice
    root.append(dialog);
    dialog.showModal();
  });
}
