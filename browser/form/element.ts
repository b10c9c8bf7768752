// <tebiki-checklist>: turns the static form inside it into one that keeps what is entered.
import type { ChecklistPageData } from "../assessment/model";
import { afterPaint } from "../shared/after-paint";
import { ChecklistForm } from "./checklist-form";
import { isInForeignFrame, showFrameNotice } from "./foreign-frame";

export class TebikiChecklist extends HTMLElement {
  readonly #removal = new AbortController();
  #checklistForm: ChecklistForm | undefined;

  connectedCallback(): void {
    const mount = (): void => {
      const pageData = this.querySelector("script[data-island]")?.textContent;
      const form = this.querySelector("form");
      if (!pageData || !form) return;
      if (isInForeignFrame(window)) {
        showFrameNotice(this);
        return;
      }
      const { signal } = this.#removal;
      this.#checklistForm ??= new ChecklistForm(this, form, JSON.parse(pageData) as ChecklistPageData, signal);
      this.#checklistForm.start();
    };
    // The content of the element is complete only when the page has been parsed.
    const mountAfterPaint = (): void => afterPaint(mount);
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", mountAfterPaint, { once: true });
    else mountAfterPaint();
  }

  disconnectedCallback(): void {
    this.#removal.abort();
  }
}
