// The slim bar that stays in view: how far, where it is kept, saving, and messages.
import { button, el, setText } from "../shared/dom";
import type { FileState } from "../storage/entry";
import { TallyView } from "./progress-view";
import type { Tally } from "../assessment/progress";
import type { UndoDirection } from "../assessment/undo";
import type { Translate } from "../assessment/translate";

export type StorageState = "blank" | "kept" | "writing" | "not-kept" | "failing";

/** Keys of the messages under `steps` in form.yml. */
export const STEP_KEYS: Record<UndoDirection, string> = { undo: "back", redo: "forth" };

export class Bar {
  readonly element: HTMLElement;
  readonly #tally: TallyView;
  readonly #state = el("p", { class: "tf-bar__state", testid: "save-state" });
  readonly #message: HTMLElement;
  readonly #steps: Record<UndoDirection, HTMLButtonElement>;
  // The one live region of the form. It must be in the page before it speaks.
  readonly #status = el("div", { class: "tf-message__text", testid: "status", attributes: { role: "status" } });

  constructor(
    private readonly t: Translate,
    onSave: () => void,
    onStep: (way: UndoDirection) => void,
  ) {
    const step = (way: UndoDirection, sign: string): HTMLButtonElement => {
      const one = button(sign, {
        testid: `step-${STEP_KEYS[way]}`,
        class: "tf-button--quiet",
        onClick: () => onStep(way),
      });
      one.append(el("span", { class: "tf-bar__word" }, t(`steps.${STEP_KEYS[way]}`)));
      return one;
    };
    this.#steps = { undo: step("undo", "↶"), redo: step("redo", "↷") };
    this.#tally = new TallyView("total", t);
    const close = button(t("bar.close"), {
      testid: "status-close",
      class: "tf-button--quiet",
      onClick: () => this.clear(),
    });
    this.#message = el("div", { class: "tf-message tf-message--none" }, this.#status, close);
    this.element = el(
      "div",
      { class: "tf-bar", testid: "bar", attributes: { role: "region", "aria-label": t("bar.title") } },
      this.#tally.element,
      this.#state,
      el("div", { class: "tf-bar__steps" }, ...Object.values(this.#steps)),
      button(t("bar.save"), { testid: "save-file", class: "tf-button--main", onClick: onSave }),
      this.#message,
    );
  }

  show(total: Tally, kept: StorageState, file: FileState, savedAt: string, steps: Record<UndoDirection, number>): void {
    // Not disabled: that would take the focus away from somebody who presses it again and again.
    for (const way of ["undo", "redo"] as const)
      this.#steps[way].setAttribute("aria-disabled", String(steps[way] === 0));
    this.#tally.show(total);
    this.#state.dataset["kept"] = kept;
    this.#state.dataset["file"] = file;
    const parts = [this.t(`state.${kept}`)];
    if (kept !== "blank" || file !== "never") parts.push(this.t(`state.file-${file}`, { time: savedAt }));
    setText(this.#state, parts.join(this.t("state.and")));
  }

  /** Says something, to the eye and to screen readers, until the next message or the next answer. */
  say(text: string, kind: "done" | "refused" | "aside" = "done"): void {
    this.#message.className = `tf-message tf-message--${kind}`;
    this.#status.dataset["kind"] = kind;
    // An equal text would not be read out again without the change in between.
    this.#status.replaceChildren();
    this.#status.append(...text.split("\n").map((line) => el("p", {}, line)));
  }

  /** Takes the message away. */
  clear(): void {
    if (!this.#status.hasChildNodes()) return;
    this.#message.className = "tf-message tf-message--none";
    delete this.#status.dataset["kind"];
    this.#status.replaceChildren();
  }
}
