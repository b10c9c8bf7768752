// The filters above the questions.
//
// Which questions are shown is decided when a filter is switched. A question that is answered after that stays visible
// until the filter is switched again, so nothing disappears while it is being filled in.
import { el, setText } from "../shared/dom";
import { filteredItems } from "../assessment/filter";
import type { Checklist, Draft } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";

const HIDDEN_CLASS = "tf-filtered";

export class FilterView {
  readonly element: HTMLElement;
  /** Called when a filter has been switched. */
  onSwitched = (): void => undefined;
  readonly #unanswered: HTMLInputElement;
  readonly #changed: HTMLInputElement;
  readonly #changedLabel = el("label", { attributes: { for: "tebiki-filter-changed" } });
  readonly #changedLine: HTMLElement;
  readonly #levels: readonly { id: string; title: string; box: HTMLInputElement; label: HTMLElement }[];
  /** Shown in place of the questions where a filter leaves none. */
  readonly #emptyNotice: HTMLElement;
  readonly #items: ReadonlyMap<string, Element>;
  #shownIds: Set<string> | undefined;
  #askedWhenFiltered: ReadonlySet<string> = new Set();
  #current: { draft: Draft; progress: Progress } | undefined;

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    private readonly onMessage: (text: string) => void,
  ) {
    const items = [...form.querySelectorAll("fieldset[data-item]")];
    this.#items = new Map(items.map((item) => [item.id, item]));
    this.#unanswered = this.#createCheckbox("unanswered");
    this.#changed = this.#createCheckbox("changed");
    this.#changedLine = el("div", { class: "tf-check" }, this.#changed, this.#changedLabel);
    this.#levels = checklist.levels.map(({ id, title }) => {
      const box = this.#createCheckbox(`level-${id}`);
      return { id, title, box, label: el("label", { attributes: { for: box.id } }, title) };
    });
    this.#emptyNotice = el("p", { class: "tf-notice" }, translate("filter.none"));
    form.before(this.#emptyNotice);
    const unansweredLabel = el("label", { attributes: { for: this.#unanswered.id } }, translate("filter.unanswered"));
    this.element = el(
      "div",
      { class: "tf-filter", attributes: { role: "group", "aria-label": translate("filter.title") } },
      el("div", { class: "tf-check" }, this.#unanswered, unansweredLabel),
      this.#changedLine,
      ...this.#levels.map(({ box, label }) => el("div", { class: "tf-check" }, box, label)),
    );
  }

  show(draft: Draft, progress: Progress): void {
    const isOtherAssessment = this.#current?.draft.id !== draft.id;
    this.#current = { draft, progress };
    const { carried_from: version } = draft.checklist;
    this.#changedLine.hidden = version === undefined;
    setText(this.#changedLabel, version === undefined ? "" : this.translate("filter.changed", { version }));
    if (version === undefined) this.#changed.checked = false;
    for (const { id, title, label } of this.#levels) {
      const { answered = 0, asked = 0 } = progress.levels.get(id) ?? {};
      setText(label, this.translate("levels.count", { level: title, answered, asked }));
    }
    if (isOtherAssessment) this.#applyFilters();
    if (isOtherAssessment || this.#shownIds) this.#updateVisibility();
  }

  /** Shows a question that a filter hides. */
  reveal(id: string): void {
    if (!this.#shownIds || !this.#items.has(id)) return;
    this.#shownIds.add(id);
    this.#updateVisibility();
  }

  #createCheckbox(name: string): HTMLInputElement {
    const id = `tebiki-filter-${name}`;
    const box = el("input", { testid: `filter-${name}`, attributes: { type: "checkbox", id, autocomplete: "off" } });
    box.addEventListener("change", () => {
      this.#applyFilters();
      this.#updateVisibility();
      this.onSwitched();
      const asked = this.#current?.progress.asked.size ?? 0;
      this.onMessage(this.translate("filter.shown", { count: this.#shownIds?.size ?? asked, asked }));
    });
    return box;
  }

  #applyFilters(): void {
    const levels = new Set(this.#levels.filter(({ box }) => box.checked).map(({ id }) => id));
    const filter = { unanswered: this.#unanswered.checked, changed: this.#changed.checked, levels };
    const isOn = filter.unanswered || filter.changed || levels.size > 0;
    const { draft, progress } = this.#current ?? {};
    this.#shownIds = isOn && draft && progress ? filteredItems(this.checklist, draft, progress, filter) : undefined;
    this.#askedWhenFiltered = progress?.asked ?? new Set();
  }

  #updateVisibility(): void {
    const asked = this.#current?.progress.asked ?? new Set();
    let count = 0;
    for (const [id, item] of this.#items) {
      // A question that was not asked then has been revealed by an answer since.
      const isShown = !this.#shownIds || this.#shownIds.has(id) || !this.#askedWhenFiltered.has(id);
      item.classList.toggle(HIDDEN_CLASS, !isShown);
      if (isShown && asked.has(id)) count += 1;
    }
    for (const section of new Set([...this.#items.values()].map((item) => item.closest("section")))) {
      const isEmpty = this.#shownIds && !section?.querySelector(`fieldset[data-item]:not(.${HIDDEN_CLASS}, [hidden])`);
      section?.classList.toggle(HIDDEN_CLASS, Boolean(isEmpty));
    }
    this.#emptyNotice.hidden = !this.#shownIds || count > 0;
  }
}
