// The panel above the questions, closed until it is needed: the name of the assessment, which opens it, and notices.
// What it contains is loaded when it is opened; see panel-content.ts.
import type { MigrationReport } from "../assessment/migrate";
import type { Item } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import { el, setText } from "../shared/dom";
import { formatTime } from "../shared/time";
import { loadFileReader } from "./file-reader-loader";
import type { PanelContent } from "./panel-content";
import type { PanelContext } from "./panel-loader";
import { loadPanelContent } from "./panel-loader";

export class Panel {
  readonly element: HTMLElement;
  /** The name of the assessment, which opens the panel. */
  readonly #name = el("span", { class: "tf-panel__name", testid: "panel-name" });
  readonly #details: HTMLDetailsElement;
  readonly #continueLink = el("a", { testid: "continue", attributes: { hidden: "" } });
  readonly #storageNotice = el("p", { class: "tf-notice tf-notice--warning", testid: "storage-notice" });
  /** Printed only: time and progress. */
  readonly #printLine = el("p", { class: "tf-panel__printed" });
  readonly #reportNotice = el("div", { class: "tf-notice", testid: "report", attributes: { hidden: "" } });
  #shownReport: MigrationReport | undefined;
  #loading: Promise<void> | undefined;
  /** Undefined until it is loaded. */
  #content: PanelContent | undefined;
  #progress: Progress | undefined;

  /** @param tools The element of the tools, at the end of the panel */
  constructor(
    private readonly context: PanelContext,
    private readonly tools: HTMLElement,
  ) {
    const title = el("span", { class: "tf-panel__title" }, context.translate("panel.title"));
    this.#details = el(
      "details",
      { class: "tf-details tf-panel", testid: "panel" },
      el("summary", {}, this.#name, title),
      tools,
    );
    this.#details.addEventListener("toggle", () => this.#open());
    this.element = el(
      "div",
      { class: "tf-manage" },
      this.#storageNotice,
      this.#reportNotice,
      el("div", { class: "tf-manage__line" }, this.#details, this.#continueLink),
      this.#printLine,
    );
  }

  show(progress: Progress): void {
    const { checklist, translate, workspace } = this.context;
    const { draft, problem } = workspace;
    this.#progress = progress;
    const { answered, asked } = progress.total;
    const count = translate("progress.count", { answered, asked });
    setText(
      this.#printLine,
      translate("panel.printed", { progress: count, time: formatTime(draft.updated, checklist.lang) }),
    );
    setText(this.#name, draft.label || translate("panel.no-label"));
    this.#storageNotice.hidden = problem === "none";
    setText(this.#storageNotice, problem === "none" ? "" : translate(`storage.${problem}`));
    void this.#showReport(workspace.report);
    this.#content?.show(progress);
  }

  /** Shows a question that a filter hides. */
  reveal(id: string): void {
    this.#content?.reveal(id);
  }

  /** Offers the way to the question where somebody who comes back goes on, or none. */
  showContinue(item: Item | undefined): void {
    this.#continueLink.hidden = !item;
    this.#continueLink.href = `#${item?.id ?? ""}`;
    setText(this.#continueLink, item ? this.context.translate("panel.continue", { number: item.number }) : "");
  }

  #open(): void {
    if (!this.#details.open || this.#content) return;
    this.#loading ??= this.#load();
    this.#loading.catch(() => {
      this.#loading = undefined;
      this.context.bar.showMessage(this.context.translate("tools.failed"), "refused");
    });
  }

  /** Shows what became of the answers when they were migrated; most forms have nothing to show. */
  async #showReport(report: MigrationReport | undefined): Promise<void> {
    if (report === this.#shownReport) return;
    this.#shownReport = report;
    this.#reportNotice.hidden = true;
    const reader = report && (await loadFileReader().catch(() => undefined));
    if (!report || !reader || report !== this.#shownReport) return;
    this.#reportNotice.replaceChildren(...reader.migrationNotice(report, this.context));
    this.#reportNotice.hidden = false;
  }

  async #load(): Promise<void> {
    const createContent = await loadPanelContent();
    if (this.context.signal.aborted) return;
    this.#content = createContent(this.context);
    this.tools.before(...this.#content.elements);
    if (this.#progress) this.#content.show(this.#progress);
  }
}
