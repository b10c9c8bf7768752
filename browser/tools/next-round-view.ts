// Begins the next assessment with the answers of an earlier one.
import { wellFormed } from "../assessment/content";
import { migrateDraft } from "../assessment/migrate";
import { nextLabel, nextRound } from "../assessment/next-round";
import { button, el } from "../shared/dom";
import { randomUuid } from "../shared/uuid";
import { reportLines } from "../form/migration-notice";
import type { Source } from "./sources";
import { Sources } from "./sources";
import type { Tool, ToolContext, ToolView } from "./tool";

class NextRoundView implements ToolView {
  readonly element: HTMLElement;
  readonly #select = el("select", {
    class: "tf-input",
    testid: "start-from",
    attributes: { id: "tebiki-start", autocomplete: "off" },
  });
  readonly #label = el("input", {
    class: "tf-input",
    testid: "start-label",
    attributes: { type: "text", id: "tebiki-start-label", maxlength: "500", autocomplete: "off", spellcheck: "false" },
  });
  readonly #sources: Sources;
  readonly #beginButton: HTMLButtonElement;
  readonly #report = el("div", { testid: "start-report" });
  #keys: string[] = [];

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.#sources = new Sources(context, () => this.#updateOptions());
    this.#beginButton = button(translate("starting.begin"), {
      testid: "start-begin",
      class: "tf-button--main",
      onClick: () => void this.#begin(),
    });
    this.#select.addEventListener("change", () => this.#proposeLabel());
    this.#updateOptions();
    const field = (control: HTMLElement, name: string): HTMLElement =>
      el(
        "div",
        { class: "tf-field" },
        el("label", { attributes: { for: control.id } }, translate(`starting.${name}`)),
        control,
      );
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.start")),
      el("p", {}, translate("starting.text")),
      field(this.#select, "from"),
      this.#sources.element,
      field(this.#label, "label"),
      this.#beginButton,
      this.#report,
    );
  }

  #updateOptions(): void {
    const sources = this.#sources.all;
    const keys = sources.map(({ key }) => key);
    const { value } = this.#select;
    this.#select.replaceChildren(
      ...sources.map(({ key, title }) => el("option", { attributes: { value: key } }, title)),
    );
    const hasNewSource = keys.length > this.#keys.length; // the file that the person has just opened
    this.#select.value = (hasNewSource ? keys.at(-1) : keys.includes(value) ? value : keys[0]) ?? "";
    this.#keys = keys;
    this.#beginButton.disabled = keys.length === 0;
    this.#proposeLabel();
  }

  get #chosen(): Source | undefined {
    return this.#sources.all.find(({ key }) => key === this.#select.value);
  }

  /** Two assessments of one name would be hard to tell apart in the list, and so would their files. */
  #proposeLabel(): void {
    const taken = this.context.workspace.entries.map(({ draft }) => draft.label);
    this.#label.value = nextLabel(this.#chosen?.draft.label ?? "", taken, new Date().getFullYear());
  }

  async #begin(): Promise<void> {
    const { translate, workspace, checklist, bar } = this.context;
    const source = this.#chosen;
    if (!source) return;
    const label = wellFormed(this.#label.value).trim();
    const draft = nextRound(source.original, label, randomUuid(), new Date().toISOString(), checklist);
    const { report } = migrateDraft(draft, checklist);
    const { kept, changed, unanswered } = report;
    await workspace.add(draft, "", "");
    bar.showMessage(
      translate("starting.done", { kept: kept.length, changed: changed.length, unanswered: unanswered.length }),
    );
    this.#report.replaceChildren(
      el("p", {}, translate("starting.report")),
      el("ul", {}, ...reportLines(report, checklist, translate).map((line) => el("li", {}, line))),
    );
    this.#updateOptions();
  }
}

export const nextRoundTool: Tool = {
  id: "start",
  open: (context) => new NextRoundView(context),
};
