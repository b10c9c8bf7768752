// Merges the assessments of several respondents: where they agree, where they do not, and what they decide.
import { ask } from "../shared/dialog";
import { button, el } from "../shared/dom";
import { isWritten, standaloneChoices } from "../assessment/content";
import type { Draft } from "../assessment/model";
import { formatTime } from "../shared/time";
import { randomUuid } from "../shared/uuid";
import { answerText } from "../assessment/assessment-view";
import type { Decision, Agreement } from "../assessment/merge";
import { agreementsOf, latestCredibleTime, merge } from "../assessment/merge";
import { row, table } from "./report-parts";
import { Sources } from "./sources";
import type { Tool, ToolContext } from "./tool";

/** The groups of questions, those that need a decision first. */
const GROUPS: readonly (readonly [string, (agreement: Agreement) => boolean])[] = [
  ["disagreed", (agreement) => agreement.state === "disagreed"],
  ["partial", (agreement) => agreement.partial && agreement.state !== "disagreed"],
  ["gap", (agreement) => agreement.state === "gap"],
  ["agreed", (agreement) => agreement.state === "agreed" && !agreement.partial],
];

class MergeView {
  readonly element: HTMLElement;
  readonly #sources: Sources;
  readonly #list = el("div", { class: "tf-choice", attributes: { role: "group" } });
  readonly #sheet = el("div", { class: "tf-sheet", testid: "merge-sheet" });
  readonly #label = el("input", {
    class: "tf-input",
    testid: "merge-label",
    attributes: { type: "text", id: "tebiki-merge-label", maxlength: "500", autocomplete: "off", spellcheck: "false" },
  });
  readonly #mergeButton: HTMLElement;
  readonly #chosenKeys = new Set<string>();
  /** The decisions so far, by item; an incomplete one has an empty part. */
  readonly #decisions = new Map<string, Decision>();
  #shown = "";

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.#list.setAttribute("aria-label", translate("merging.who"));
    this.#sources = new Sources(context, () => this.#updateSources());
    this.#mergeButton = button(translate("merging.make"), {
      testid: "merge-make",
      class: "tf-button--main",
      onClick: () => void this.#merge(),
    });
    this.element = el(
      "div",
      {},
      el("h3", {}, translate("hub.merge")),
      el("p", {}, translate("merging.text")),
      this.#list,
      this.#sources.element,
      this.#sheet,
    );
    this.#updateSources();
  }

  show(): void {
    this.#updateSources();
  }

  get #drafts(): Draft[] {
    return this.#sources.all.filter(({ key }) => this.#chosenKeys.has(key)).map(({ draft }) => draft);
  }

  #updateSources(): void {
    const sources = this.#sources.all;
    const shown = JSON.stringify(sources.map(({ key, title, draft }) => [key, title, draft.updated]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    const boxes = sources.map(({ key, title }, index) => {
      const box = el("input", {
        testid: "merge-source",
        attributes: { type: "checkbox", id: `tebiki-merge-${index}`, autocomplete: "off" },
      });
      box.checked = this.#chosenKeys.has(key);
      box.addEventListener("change", () => {
        if (box.checked) this.#chosenKeys.add(key);
        else this.#chosenKeys.delete(key);
        // The numbers of the merged assessments have changed.
        for (const [item, { value }] of this.#decisions) if (value.startsWith("#")) this.#decisions.delete(item);
        this.#render();
      });
      return el("div", { class: "tf-check" }, box, el("label", { attributes: { for: box.id } }, title));
    });
    this.#list.replaceChildren(...boxes);
    this.#render();
  }

  #render(): void {
    const { translate, checklist } = this.context;
    const drafts = this.#drafts;
    if (drafts.length < 2) {
      this.#sheet.replaceChildren(el("p", { class: "tf-notice" }, translate("merging.few")));
      return;
    }
    const agreements = agreementsOf(drafts, checklist, new Map());
    const groups = GROUPS.flatMap(([name, isMember]) => {
      const members = agreements.filter(isMember);
      if (members.length === 0) return [];
      const details = el(
        "details",
        { class: "tf-left__group", testid: `merge-${name}` },
        el("summary", {}, translate(`merging.${name}`, { count: members.length })),
        this.#createTable(name, members, drafts),
      );
      details.open = name !== "agreed";
      return [details];
    });
    const label = el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: this.#label.id } }, translate("merging.label")),
      this.#label,
    );
    this.#sheet.replaceChildren(...groups, label, el("div", { class: "tf-panel__buttons" }, this.#mergeButton));
  }

  #createTable(name: string, agreements: readonly Agreement[], drafts: readonly Draft[]): HTMLElement {
    const { translate, translateResult, checklist } = this.context;
    const labels = drafts.map((draft, index) => draft.label || String(index + 1));
    const columns = [
      translateResult("columns.question"),
      ...labels,
      translate("merging.consensus"),
      translate("merging.reason"),
    ].map((text) => ({
      text,
    }));
    const rows = agreements.map(({ item: id, values }) => {
      const item = checklist.items.get(id);
      const cells = drafts.map((draft, index) => {
        const answer = draft.answers.get(id);
        const cell = el("td", {}, values[index] ? answerText(item, answer, checklist) : translateResult("unanswered"));
        if (answer?.note) cell.append(el("p", { class: "text hint" }, answer.note));
        return cell;
      });
      return row(`${item?.number} ${item?.question}`, ...cells, ...this.#createDecisionCells(id, drafts));
    });
    return table(translate(`merging.${name}`, { count: agreements.length }), columns, rows, { className: "all" });
  }

  /** The cells in which the respondents decide on an answer. */
  #createDecisionCells(id: string, drafts: readonly Draft[]): HTMLElement[] {
    const { translate, checklist } = this.context;
    const item = checklist.items.get(id);
    const choices = item
      ? [...standaloneChoices(item, checklist)].map(([choice, { title }]) => [choice, title] as const)
      : [];
    drafts.forEach((draft, index) => {
      const { value = "", content } = draft.answers.get(id) ?? {};
      const label = draft.label || String(index + 1);
      if (value === "" && content !== undefined) choices.push([`#${index + 1}`, translate("merging.as", { label })]);
    });
    if (!item || choices.length === 0) return [el("td"), el("td")];
    const { value, reason } = this.#decisions.get(id) ?? { value: "", reason: "" };
    const select = el(
      "select",
      {
        class: "tf-input",
        testid: `decide-${id}`,
        attributes: { "aria-label": translate("merging.consensus-of", { number: item.number }), autocomplete: "off" },
      },
      el("option", { attributes: { value: "" } }, translate("merging.open")),
      ...choices.map(([choice, title]) => el("option", { attributes: { value: choice } }, title)),
    );
    const attributes = {
      type: "text",
      "aria-label": translate("merging.reason-of", { number: item.number }),
      maxlength: "2000",
      autocomplete: "off",
      spellcheck: "false",
    };
    const input = el("input", { class: "tf-input", testid: `reason-${id}`, attributes });
    [select.value, input.value] = [value, reason];
    const decide = (): void => {
      const decision = { value: select.value, reason: isWritten(input.value) ? input.value.trim() : "" };
      if (decision.value || decision.reason) this.#decisions.set(id, decision);
      else this.#decisions.delete(id);
    };
    select.addEventListener("change", decide);
    input.addEventListener("input", decide);
    return [el("td", {}, select), el("td", {}, input)];
  }

  async #merge(): Promise<void> {
    const { translate, translateResult, bar, checklist, workspace } = this.context;
    const incomplete = [...this.#decisions].find(([, { value, reason }]) => !value || !reason);
    if (incomplete) {
      const [id, { value }] = incomplete;
      bar.showMessage(
        translate(value ? "merging.no-reason" : "merging.no-answer", { number: checklist.items.get(id)?.number ?? id }),
        "refused",
      );
      this.#sheet
        .querySelector<HTMLElement>(`[data-testid="${value ? "reason" : "decide"}-${CSS.escape(id)}"]`)
        ?.focus();
      return;
    }
    const drafts = this.#drafts;
    const now = latestCredibleTime();
    const { draft, tooLong } = merge(
      drafts,
      checklist,
      this.#decisions,
      this.#label.value,
      translateResult("merge.reason"),
      now,
    );
    if (tooLong !== undefined) {
      bar.showMessage(
        translateResult("merge.too-long", { item: checklist.items.get(tooLong)?.number ?? tooLong }),
        "refused",
      );
      return;
    }
    const existing = workspace.find(draft.id);
    const choice = existing ? await this.#askAboutDuplicate(existing.draft, draft) : "replace";
    if (choice === "") return;
    await workspace.add(choice === "both" ? { ...draft, id: randomUuid() } : draft, "", "");
    this.#mergeButton.focus(); // the list of sources has been rendered again
    const states = agreementsOf(drafts, checklist, this.#decisions).map(({ state }) => state);
    const count = (state: Agreement["state"]): number => states.filter((other) => other === state).length;
    const done = translate("merging.done", {
      agreed: count("agreed"),
      decided: count("decided"),
      disagreed: count("disagreed"),
      gap: count("gap"),
    });
    const ahead = drafts
      .filter(({ updated }) => updated > now)
      .map(({ label }) => label || translate("panel.no-label"));
    bar.showMessage(
      ahead.length === 0 ? done : [done, translate("merging.ahead", { labels: ahead.join(", ") })].join("\n"),
    );
  }

  #askAboutDuplicate(existing: Draft, merged: Draft): Promise<string> {
    const { translate, checklist, root, bar } = this.context;
    bar.clear();
    const text = translate("merging.again", {
      label: existing.label || translate("panel.no-label"),
      time: formatTime(existing.updated, checklist.lang),
      name: merged.label || translate("panel.no-label"),
    });
    const choices = [
      { id: "both", text: translate("twin.both"), kind: "main" },
      { id: "replace", text: translate("merging.replace"), kind: "destructive" },
    ] as const;
    return ask(root, { title: translate("twin.title"), text, choices, cancel: translate("delete.cancel") });
  }
}

export const mergeTool: Tool = {
  id: "merge",
  open: (context) => new MergeView(context),
};
