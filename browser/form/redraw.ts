// When the form is rendered after changes.
import { afterPaint } from "../shared/after-paint";

export class Redraw {
  #isDue = false;
  #isEntering = false;

  /** Calls `render` after changes; `form` is where they are entered. */
  constructor(
    form: HTMLFormElement,
    private readonly render: () => void,
    signal: AbortSignal,
  ) {
    const enter = (event: Event): void => {
      this.#isEntering = event.eventPhase === Event.CAPTURING_PHASE;
    };
    for (const type of ["input", "change"]) {
      form.addEventListener(type, enter, { signal, capture: true });
      form.addEventListener(type, enter, { signal });
    }
  }

  /**
   * Renders soon; several changes in a row are rendered once.
   *
   * The browser itself shows what is typed or chosen in the form: what follows from it can wait until that is painted.
   * What a button does is rendered before the next paint, together with anything typed before it.
   */
  request(): void {
    this.#isDue = true;
    (this.#isEntering ? afterPaint : queueMicrotask)(() => {
      if (this.#isDue) this.now();
    });
  }

  /** Renders now. */
  now(): void {
    this.#isDue = false;
    this.render();
  }
}
