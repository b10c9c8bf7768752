// One section at a time: shows the section that the address names, and the ways to the one before and after it.
import type { Translate } from "../assessment/translate";
import { el, setText } from "../shared/dom";

const HIDDEN_CLASS = "tf-other-page";

export interface PagesContext {
  form: HTMLFormElement;
  outline: HTMLElement;
  /** Whether the form shows one section at a time unless the address says otherwise. */
  isPagedAtFirst: boolean;
  translate: Translate;
}

export class Pages {
  readonly #sections: readonly HTMLElement[];
  readonly #before = el("a", { class: "tf-button", testid: "page-before" });
  readonly #after = el("a", { class: "tf-button tf-button--main", testid: "page-after" });
  readonly #ways: HTMLElement;
  #isPaged = false;
  #current: HTMLElement | undefined;

  constructor(private readonly context: PagesContext) {
    const { form, translate } = context;
    this.#sections = [...form.querySelectorAll<HTMLElement>(".tf-section")];
    const label = translate("outline.title");
    this.#ways = el("nav", { class: "tf-pages", attributes: { "aria-label": label } }, this.#before, this.#after);
  }

  /** Shows one section at a time, or all of them. */
  setPaged(isPaged: boolean): void {
    this.#isPaged = isPaged;
    if (isPaged) this.#sections.at(-1)?.after(this.#ways);
    else this.#ways.remove();
    this.#current = this.#sectionOf(location.hash.slice(1));
    this.show();
  }

  /** Shows the page of a question or a section, and scrolls to it. */
  showPageOf(id: string): void {
    if (!this.#isPaged) return;
    const section = this.#sectionOf(id);
    if (!section || section === this.#current) return;
    this.#current = section;
    this.show();
    const target = document.getElementById(id);
    target?.scrollIntoView();
    if (target?.matches("h2")) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  }

  /** Shows the current page; a section that has disappeared gives way to the next one. */
  show(): void {
    const shown = this.#sections.filter((section) => !section.hidden && !section.classList.contains("tf-filtered"));
    const start = this.#sections.indexOf(this.#current as HTMLElement);
    const current = shown.find((section) => this.#sections.indexOf(section) >= start) ?? shown.at(-1);
    for (const section of this.#sections) section.classList.toggle(HIDDEN_CLASS, this.#isPaged && section !== current);
    if (!this.#isPaged) return;
    this.#current = current;
    const index = shown.indexOf(current as HTMLElement);
    this.#showWay(this.#before, "before", shown[index - 1]);
    this.#showWay(this.#after, "after", shown[index + 1]);
    const id = current?.querySelector("h2")?.id;
    for (const link of this.context.outline.querySelectorAll("a"))
      if (link.hash === `#${id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
  }

  /** Keeps in the address how the sections are shown. */
  keepInAddress(): void {
    const address = new URL(location.href);
    if (this.#isPaged === this.context.isPagedAtFirst) address.searchParams.delete("paging");
    else address.searchParams.set("paging", this.#isPaged ? "sections" : "none");
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // Some browsers let a page that was opened from disk change no more than the fragment of its address.
    }
  }

  #sectionOf(id: string): HTMLElement | undefined {
    const target = id && document.getElementById(id);
    return target ? (target.closest<HTMLElement>(".tf-section") ?? undefined) : undefined;
  }

  #showWay(link: HTMLAnchorElement, name: "before" | "after", section: HTMLElement | undefined): void {
    const heading = section?.querySelector("h2");
    link.hidden = !heading;
    link.href = `#${heading?.id ?? ""}`;
    const title = heading?.firstChild?.textContent?.trim() ?? "";
    setText(link, heading ? this.context.translate(`outline.${name}`, { title }) : "");
  }
}
