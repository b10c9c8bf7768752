// Compares two assessments: chooses them and shows what changed between them.
import { compare } from "../assessment/compare";
import type { Draft } from "../assessment/model";
import { debounce } from "../shared/debounce";
import { button, el, setText } from "../shared/dom";
import { compareParts } from "./compare-parts";
import type { HeadingOptions } from "./report-parts";
import type { ExportFile } from "./saving";
import { saveFile, textFile, viewOfDraft } from "./saving";
import type { Source } from "./sources";
import { Sources } from "./sources";
import { containsParts, standaloneHtml } from "./standalone-html";
import type { Tool, ToolContext, ToolView } from "./tool";

const IN_PAGE: HeadingOptions = { level: 3, prefix: "tebiki-compare-" };
const IN_FILE: HeadingOptions = { level: 1, prefix: "" };

class CompareView implements ToolView {
  readonly element: HTMLElement;
  readonly show = debounce(() => this.#updateOptions());
  readonly #before = this.#createSelect("before");
  readonly #after = this.#createSelect("after");
  readonly #sources: Sources;
  readonly #emptyNotice: HTMLElement;
  readonly #buttons: HTMLElement;
  readonly #sheet = el("article", { class: "tf-report tf-sheet", testid: "compare-sheet" });
  #options: readonly Source[] = [];

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.#sources = new Sources(context, () => this.#updateOptions());
    this.#emptyNotice = el("p", { class: "tf-notice", testid: "compare-notice", attributes: { role: "status" } });
    this.#buttons = el(
      "div",
      { class: "tf-panel__buttons" },
      button(translate("reporting.print"), { testid: "compare-print", onClick: () => print() }),
      button(translate("reporting.save"), {
        testid: "compare-save",
        onClick: () => void saveFile(context, () => this.#createFile(), translate("comparing.suffix")),
      }),
    );
    const field = (select: HTMLSelectElement, label: string): HTMLElement =>
      el("div", { class: "tf-field" }, el("label", { attributes: { for: select.id } }, label), select);
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.compare")),
      el("p", {}, translate("comparing.text")),
      el(
        "div",
        { class: "tf-panel__fields" },
        field(this.#before, translate("comparing.before")),
        field(this.#after, translate("comparing.after")),
      ),
      this.#sources.element,
      this.#emptyNotice,
      this.#buttons,
      this.#sheet,
    );
    this.#updateOptions();
  }

  #createSelect(side: "before" | "after"): HTMLSelectElement {
    const select = el("select", {
      class: "tf-input",
      testid: `compare-${side}`,
      attributes: { id: `tebiki-${side}`, autocomplete: "off" },
    });
    select.addEventListener("change", () => this.#render());
    return select;
  }

  /** Lists the assessments. A choice is kept; the default is the current assessment and the latest one before it. */
  #updateOptions(): void {
    this.#options = this.#sources.all;
    const keys = this.#options.map(({ key }) => key);
    const { id } = this.context.workspace.draft;
    const after = keys.includes(id) ? id : keys.at(-1);
    const before = keys.filter((key) => key !== after).at(-1);
    for (const [select, preset] of [[this.#before, before] as const, [this.#after, after] as const]) {
      const value = keys.includes(select.value) ? select.value : preset;
      select.replaceChildren(
        ...this.#options.map(({ key, title }) => el("option", { attributes: { value: key } }, title)),
      );
      select.value = value ?? "";
    }
    this.#render();
  }

  /** The two chosen assessments; undefined unless they are different. */
  #chosen(): { before: Draft; after: Draft } | undefined {
    const [before, after] = [this.#before, this.#after].map(
      ({ value }) => this.#options.find(({ key }) => key === value)?.draft,
    );
    return before && after && before !== after ? { before, after } : undefined;
  }

  #render(): void {
    const isComparable = this.#chosen() !== undefined;
    this.#emptyNotice.hidden = isComparable;
    const isSame = this.#before.value !== "" && this.#before.value === this.#after.value;
    setText(this.#emptyNotice, this.context.translate(isSame ? "comparing.same" : "comparing.none"));
    this.#buttons.hidden = !isComparable;
    const title = el("h3", {}, this.context.translateResult("compare.title"));
    this.#sheet.replaceChildren(...(isComparable ? [title, ...this.#createParts(IN_PAGE)] : []));
  }

  #createParts(headings: HeadingOptions): HTMLElement[] {
    const { context } = this;
    const chosen = this.#chosen();
    if (!chosen) throw new Error("two assessments have to be chosen");
    const [before, after] = [viewOfDraft(context, chosen.before), viewOfDraft(context, chosen.after)];
    const changes = compare(chosen.before, chosen.after, context.checklist);
    return compareParts(before, after, changes, context.translateResult, headings);
  }

  #createFile(): ExportFile {
    const { translate, translateResult, checklist } = this.context;
    const parts = this.#createParts(IN_FILE);
    const html = standaloneHtml(checklist.lang, translateResult("compare.title"), parts, [translate("reporting.made")]);
    return textFile("html", html, (saved) => containsParts(saved, parts));
  }
}

export const compareTool: Tool = {
  id: "compare",
  open: (context) => new CompareView(context),
};
