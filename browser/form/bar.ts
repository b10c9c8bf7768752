// The bar that stays in view: progress, where the assessment is stored, undo, saving, and messages.
import { button, el, setText } from "../shared/dom";
import type { FileState } from "../storage/entry";
import { TallyView } from "./progress-view";
import type { Tally } from "../assessment/progress";
import type { UndoDirection } from "../assessment/undo";
import type { Translate } from "../assessment/translate";

/** Where the answers of the current assessment are. */
export type StorageState = "blank" | "kept" | "writing" | "not-kept" | "kept-before" | "failing";

/** Keys of the messages under `steps` in form.yml. */
export const STEP_KEYS: Record<UndoDirection, string> = { undo: "back", redo: "forth" };

export class Bar {
  readonly element: HTMLElement;
  readonly #tally: TallyView;
  readonly #stored = el("span");
  readonly #file = el("span", { class: "tf-bar__file" });
  readonly #state = el("p", { class: "tf-bar__state", testid: "save-state" }, this.#stored, this.#file);
  readonly #message: HTMLElement;
  readonly #steps: Record<UndoDirection, HTMLButtonElement>;
  readonly #next: HTMLButtonElement;
  /** Opens the outline; in the bar of a form that has one, it holds the progress. */
  readonly openOutline: HTMLButtonElement;
  /** Called to go to the next question that is not settled. */
  onNext = (): void => undefined;
  // The only live region of the form. It must be in the page before its text changes.
  readonly #status = el("div", { class: "tf-message__text", testid: "status", attributes: { role: "status" } });

  constructor(
    private readonly translate: Translate,
    onSave: () => void,
    onStep: (direction: UndoDirection) => void,
    hasOutline: boolean,
  ) {
    const step = (direction: UndoDirection, sign: string): HTMLButtonElement => {
      const stepButton = button("", {
        testid: `step-${STEP_KEYS[direction]}`,
        class: "tf-button--quiet tf-bar__step",
        attributes: { title: translate(`steps.${STEP_KEYS[direction]}`) },
        onClick: () => onStep(direction),
      });
      stepButton.append(
        el("span", { attributes: { "aria-hidden": "true" } }, sign),
        el("span", { class: "tf-bar__word" }, stepButton.title),
      );
      return stepButton;
    };
    this.#steps = { undo: step("undo", "↶"), redo: step("redo", "↷") };
    this.#tally = new TallyView("total", translate);
    const close = button(translate("bar.close"), {
      testid: "status-close",
      class: "tf-button--quiet",
      onClick: () => this.clear(),
    });
    this.#message = el("div", { class: "tf-message tf-message--none" }, this.#status, close);
    const save = button("", { testid: "save-file", class: "tf-button--main", onClick: onSave });
    save.append(
      el("span", { class: "tf-bar__long" }, translate("bar.save")),
      el("span", { class: "tf-bar__short" }, translate("bar.save-short")),
    );
    this.openOutline = button("", {
      class: "tf-button--quiet tf-bar__outline",
      testid: "outline-open",
      attributes: { title: translate("outline.title") },
    });
    this.openOutline.append(el("span", { class: "tf-bar__word" }, translate("outline.title")), this.#tally.element);
    this.#next = button("", {
      class: "tf-button--quiet",
      testid: "next-unanswered",
      attributes: { title: translate("outline.next-key"), "aria-keyshortcuts": "Control+Enter" },
      onClick: () => this.onNext(),
    });
    this.#next.append(
      el("span", { attributes: { "aria-hidden": "true" } }, "↓ "),
      el("span", { class: "tf-bar__long" }, translate("outline.next")),
    );
    this.element = el(
      "div",
      { class: "tf-bar", testid: "bar", attributes: { role: "region", "aria-label": translate("bar.title") } },
      hasOutline ? this.openOutline : this.#tally.element,
      this.#state,
      this.#next,
      el("div", { class: "tf-bar__steps" }, ...Object.values(this.#steps)),
      save,
      this.#message,
    );
  }

  show(total: Tally, kept: StorageState, file: FileState, savedAt: string, steps: Record<UndoDirection, number>): void {
    // Not disabled: that would take the focus from somebody who presses the button repeatedly.
    for (const direction of ["undo", "redo"] as const)
      this.#steps[direction].setAttribute("aria-disabled", String(steps[direction] === 0));
    this.#tally.show(total);
    this.#state.dataset["kept"] = kept;
    this.#state.dataset["file"] = file;
    const hasFileState = kept !== "blank" || file !== "never";
    const fileText = this.translate(`state.file-${file}`, { time: savedAt });
    setText(this.#stored, this.translate(`state.${kept}`));
    setText(this.#file, hasFileState ? this.translate("state.and") + fileText : "");
    this.#state.title = this.#state.textContent;
  }

  /** Offers the way to the next question as long as some are left. */
  showLeft(left: number): void {
    this.#next.hidden = left === 0;
  }

  /**
   * Shows a message, which screen readers read out, until the next message, the next answer or the next file. It is
   * below the bar, or at the bottom of the window where that would be out of view.
   */
  showMessage(text: string, kind: "done" | "refused" | "aside" = "done"): void {
    this.#message.className = `tf-message tf-message--${kind}`;
    this.#status.dataset["kind"] = kind;
    // Without this change an equal text would not be read out again.
    this.#status.replaceChildren();
    this.#status.append(...text.split("\n").map((line) => el("p", {}, line)));
    if (kind === "aside") return;
    const { top, bottom, left, width } = this.#message.getBoundingClientRect();
    this.#message.style.setProperty("--tf-column-left", `${left}px`);
    this.#message.style.setProperty("--tf-column-width", `${width}px`);
    this.#message.classList.toggle("tf-message--floating", top < 0 || bottom > innerHeight);
  }

  /** Hides the message. */
  clear(): void {
    if (!this.#status.hasChildNodes()) return;
    this.#message.className = "tf-message tf-message--none";
    delete this.#status.dataset["kind"];
    this.#status.replaceChildren();
  }
}
