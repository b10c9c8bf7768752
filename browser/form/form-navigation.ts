// The ways through a form: the outline, the next question that is not settled, pages, and links to questions.
import type { Progress } from "../assessment/progress";
import { afterPaint } from "../shared/after-paint";
import type { FormParts } from "./form-parts";
import { loadListFeatures } from "./list-features-loader";
import { NavigationLoader } from "./navigation-loader";
import { OutlineView } from "./outline-view";
import type { Pages } from "./pages";

/** Each section that is laid out can bring another one near the view. */
const FRAMES_UNTIL_LAID_OUT = 4;

interface Parts extends Pick<FormParts, "root" | "form" | "checklist" | "bar" | "translate"> {
  /** Shows a question that a filter hides. */
  revealFiltered: (id: string) => void;
}

export class FormNavigation {
  readonly #outline: OutlineView | undefined;
  readonly #loader: NavigationLoader;
  /** Loaded when one section at a time is shown. */
  #pages: Pages | undefined;
  #progress: Progress | undefined;

  /**
   * @param isPagedAtFirst Whether the checklist shows one section at a time unless the address says otherwise
   * @param signal Aborted when the element is removed from the page
   */
  constructor(
    private readonly parts: Parts,
    private readonly isPagedAtFirst: boolean,
    signal: AbortSignal,
  ) {
    const { root, bar, checklist, translate } = parts;
    const outline = root.querySelector<HTMLElement>(".tf-outline");
    this.#outline = outline ? new OutlineView(outline, checklist, translate) : undefined;
    this.#loader = new NavigationLoader(
      {
        ...parts,
        outline,
        progress: () => this.#progress as Progress,
        reveal: (id) => this.reveal(id),
        announce: (text) => bar.showMessage(text, "aside"),
      },
      () => this.#reportFailure(),
    );
    bar.onNext = () => this.#goToNext();
    if (outline) this.#outline?.connect(bar.openOutline, signal);
    document.documentElement.classList.toggle("tf-outlined", outline !== null);
    // A link to a question shows it, whatever the filters and pages are.
    root.addEventListener("click", ({ target }) => {
      const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href^='#']");
      if (!link) return;
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      const id = link.hash.slice(1);
      this.parts.revealFiltered(id);
      // After the browser has followed the link: another page changes where the links to pages lead.
      afterPaint(() => this.reveal(id));
    });
    addEventListener("hashchange", () => this.reveal(location.hash.slice(1)), { signal });
    addEventListener("keydown", (event) => this.#onKey(event), { signal });
  }

  /** Called once the form takes changes. */
  mount(): void {
    this.reveal(location.hash.slice(1));
    const outline = this.#outline?.element;
    const box = outline?.querySelector<HTMLInputElement>("#tebiki-paging");
    if (!outline || !box) return;
    const stated = new URLSearchParams(location.search).get("paging");
    box.checked = stated ? stated === "sections" : this.isPagedAtFirst;
    if (box.checked) void this.#setPaged(outline, true);
    box.addEventListener("change", () => {
      void this.#setPaged(outline, box.checked).then(() => this.#pages?.keepInAddress());
    });
    // The search reads its field when it is loaded.
    outline.addEventListener("focusin", () => this.#loader.run(() => undefined));
  }

  show(progress: Progress): void {
    this.#progress = progress;
    this.update();
  }

  /** Shows a question that a filter hides, or that is on another page, and keeps it in view. */
  reveal(id: string): void {
    if (!id) return;
    this.parts.revealFiltered(id);
    this.#pages?.showPageOf(id);
    this.#keepInView(id, FRAMES_UNTIL_LAID_OUT);
  }

  /** Keeps a question in view while sections that come near it get their real height, which can move it away. */
  #keepInView(id: string, frames: number): void {
    if (frames === 0) return;
    afterPaint(() => {
      document.getElementById(id)?.scrollIntoView({ block: "nearest" });
      this.#keepInView(id, frames - 1);
    });
  }

  /** Called when a filter has been switched, too. */
  update(): void {
    if (!this.#progress) return;
    const { asked, answered } = this.#progress.total;
    const left = asked - answered;
    this.parts.bar.showLeft(left);
    this.#outline?.show(this.#progress, left);
    this.#pages?.show();
  }

  async #setPaged(outline: HTMLElement, isPaged: boolean): Promise<void> {
    const { form, translate } = this.parts;
    const modules = await loadListFeatures().catch(() => undefined);
    if (!modules) return this.#reportFailure();
    this.#pages ??= new modules.Pages({ form, outline, isPagedAtFirst: this.isPagedAtFirst, translate });
    this.#pages.setPaged(isPaged);
  }

  #reportFailure(): void {
    this.parts.bar.showMessage(this.parts.translate("tools.failed"), "refused");
  }

  #goToNext(): void {
    this.#loader.run((navigation) => navigation.goToNext());
  }

  #onKey(event: KeyboardEvent): void {
    const isNext = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isNext || event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.#goToNext();
  }
}
