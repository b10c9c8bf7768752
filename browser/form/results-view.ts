// What follows from the answers so far: shows the running results that apply, with the questions that they follow from.
import { el } from "../shared/dom";
import type { AppliedResult } from "../assessment/conditions";
import type { Checklist, Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";

export class ResultsView {
  readonly #elements = new Map<string, HTMLElement>();
  readonly #none: HTMLElement;
  #shown: readonly string[] = [];
  #shownId = "";

  /** @param onNew Called with a message when more results apply to the same assessment than before */
  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    private readonly onNew: (text: string) => void,
  ) {
    for (const element of form.querySelectorAll<HTMLElement>("[data-result]"))
      this.#elements.set(element.dataset["result"] ?? "", element);
    this.#none = el("p", { testid: "no-results" }, translate("results.none"));
    form.querySelector(".tf-results h2")?.after(this.#none);
  }

  show(draft: Draft, applied: readonly AppliedResult[]): void {
    for (const element of this.#elements.values()) element.hidden = true;
    for (const { id, reasons } of applied) {
      const element = this.#elements.get(id);
      if (!element) continue;
      element.hidden = false;
      const links = reasons.flatMap((reason, index) => [
        index > 0 ? this.translate("state.and") : "",
        el("a", { attributes: { href: `#${reason}` } }, this.checklist.items.get(reason)?.number ?? reason),
      ]);
      element.querySelector(".tf-result__reason")?.replaceChildren(this.translate("results.because"), ...links);
    }
    this.#none.hidden = applied.length > 0;
    const added = applied.filter(({ id }) => !this.#shown.includes(id));
    if (draft.id === this.#shownId && added.length > 0)
      this.onNew(added.map(({ title }) => this.translate("results.new", { title })).join("\n"));
    this.#shown = applied.map(({ id }) => id);
    this.#shownId = draft.id;
  }
}
