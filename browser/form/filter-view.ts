// The two filters above the questions, and hiding what they leave out.
//
// What is shown is settled when a filter is switched: a question that is answered then stays where it
// is until the filter is switched again, so nothing goes away under the hands.
import { el, setText } from "../shared/dom";
import { filteredItems } from "../assessment/filter";
import type { Checklist, Draft } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";

const HIDDEN = "tf-filtered";

export class FilterView {
  readonly element: HTMLElement;
  readonly #unanswered: HTMLInputElement;
  readonly #changed: HTMLInputElement;
  readonly #changedText = el("label", { attributes: { for: "tebiki-filter-changed" } });
  readonly #changedLine: HTMLElement;
  readonly #none: HTMLElement;
  readonly #items: ReadonlyMap<string, Element>;
  #shown: Set<string> | undefined;
  #askedThen: ReadonlySet<string> = new Set();
  #current: { draft: Draft; progress: Progress } | undefined;

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly t: Translate,
    private readonly onSay: (text: string) => void,
  ) {
    const items = [...form.querySelectorAll("fieldset[data-item]")];
    this.#items = new Map(items.map((item) => [item.id, item]));
    this.#unanswered = this.#box("unanswered");
    this.#changed = this.#box("changed");
    this.#changedLine = el("div", { class: "tf-check" }, this.#changed, this.#changedText);
    this.#none = el("p", { class: "tf-notice" }, t("filter.none"));
    const words = el("label", { attributes: { for: this.#unanswered.id } }, t("filter.unanswered"));
    this.element = el(
      "div",
      { class: "tf-filter", attributes: { role: "group", "aria-label": t("filter.title") } },
      el("div", { class: "tf-check" }, this.#unanswered, words),
      this.#changedLine,
      this.#none,
    );
    // A link to a question leads to it, whatever the filters say.
    form.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
      if (link) this.reveal(link.getAttribute("href")?.slice(1) ?? "");
    });
  }

  show(draft: Draft, progress: Progress): void {
    const isOther = this.#current?.draft.id !== draft.id;
    this.#current = { draft, progress };
    const { carried_from: version } = draft.checklist;
    this.#changedLine.hidden = version === undefined;
    setText(this.#changedText, version === undefined ? "" : this.t("filter.changed", { version }));
    if (version === undefined) this.#changed.checked = false;
    if (isOther) this.#settle();
    if (isOther || this.#shown) this.#hide();
  }

  /** Shows one question that a filter leaves out. */
  reveal(id: string): void {
    if (!this.#shown || !this.#items.has(id)) return;
    this.#shown.add(id);
    this.#hide();
  }

  #box(name: "unanswered" | "changed"): HTMLInputElement {
    const id = `tebiki-filter-${name}`;
    const box = el("input", { testid: `filter-${name}`, attributes: { type: "checkbox", id, autocomplete: "off" } });
    box.addEventListener("change", () => {
      this.#settle();
      this.#hide();
      const asked = this.#current?.progress.asked.size ?? 0;
      this.onSay(this.t("filter.shown", { count: this.#shown?.size ?? asked, asked }));
    });
    return box;
  }

  #settle(): void {
    const filter = { unanswered: this.#unanswered.checked, changed: this.#changed.checked };
    const isOn = filter.unanswered || filter.changed;
    const { draft, progress } = this.#current ?? {};
    this.#shown = isOn && draft && progress ? filteredItems(this.checklist, draft, progress, filter) : undefined;
    this.#askedThen = progress?.asked ?? new Set();
  }

  #hide(): void {
    const asked = this.#current?.progress.asked ?? new Set();
    let count = 0;
    for (const [id, item] of this.#items) {
      // What is asked only now has come up with an answer just given.
      const isShown = !this.#shown || this.#shown.has(id) || !this.#askedThen.has(id);
      item.classList.toggle(HIDDEN, !isShown);
      if (isShown && asked.has(id)) count += 1;
    }
    for (const section of new Set([...this.#items.values()].map((item) => item.closest("section")))) {
      const isEmpty = this.#shown && !section?.querySelector(`fieldset[data-item]:not(.${HIDDEN}, [hidden])`);
      section?.classList.toggle(HIDDEN, Boolean(isEmpty));
    }
    this.#none.hidden = !this.#shown || count > 0;
  }
}
