// The outline of the sections beside the form, or in a sheet over it: how far each section is, and what is left.
import type { Checklist } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";
import { el, setText } from "../shared/dom";

/** Where the outline stands beside the form; styles/outline.css has the same width. */
const BESIDE = "(min-width: 76.25em)";

interface OutlineLine {
  section: HTMLElement;
  link: HTMLAnchorElement;
  count: HTMLElement;
}

export class OutlineView {
  readonly #lines = new Map<string, OutlineLine>();
  readonly #left = el("a", { class: "tf-outline__left", attributes: { href: "#tebiki-left-title" } });

  /** @param element The outline of the static page */
  constructor(
    readonly element: HTMLElement,
    checklist: Checklist,
    private readonly translate: Translate,
  ) {
    for (const { id } of checklist.sections) {
      const section = document.getElementById(id)?.closest<HTMLElement>(".tf-section");
      const link = element.querySelector<HTMLAnchorElement>(`a[href="#${id}"]`);
      if (!section || !link) continue;
      const count = el("span", { class: "tf-outline__count", testid: `outline-${id}` });
      link.append(" ", count);
      this.#lines.set(id, { section, link, count });
    }
    element.querySelector(".tf-outline__list")?.before(this.#left);
  }

  /** Makes a button open the outline, or move the focus to it where it stands beside the form. */
  connect(opener: HTMLButtonElement, signal: AbortSignal): void {
    const beside = matchMedia(BESIDE);
    const update = (): void => {
      opener.popoverTargetElement = beside.matches ? null : this.element;
    };
    update();
    beside.addEventListener("change", update, { signal });
    opener.addEventListener("click", () => {
      if (beside.matches) this.element.querySelector("input")?.focus();
    });
  }

  show({ sections, total }: Progress, left: number): void {
    for (const [id, { section, link, count }] of this.#lines) {
      const { answered, asked } = sections.get(id) ?? total;
      setText(count, asked > 0 ? `${answered}/${asked}` : "");
      const isHidden = section.hidden || section.classList.contains("tf-filtered");
      if (link.hidden !== isHidden) link.hidden = isHidden;
    }
    setText(this.#left, this.translate("outline.left", { count: left }));
  }
}
