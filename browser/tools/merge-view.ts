// Several respondents: where they agree, where they do not, and what they settle on.
import { ask } from "../shared/dialog";
import { button, el } from "../shared/dom";
import { standaloneChoices } from "../assessment/content";
import type { Draft } from "../assessment/model";
import { formatTime } from "../shared/time";
import { randomUuid } from "../shared/uuid";
import { answerText } from "../assessment/assessment-view";
import type { Decision, Agreement } from "../assessment/merge";
import { agreementsOf, merge } from "../assessment/merge";
import { row, table } from "./report-parts";
import { Sources } from "./sources";
import type { Tool, ToolContext } from "./tool";

/** How the questions are grouped: what there is to settle first. */
const GROUPS: readonly (readonly [string, (one: Agreement) => boolean])[] = [
  ["disagreed", (one) => one.state === "disagreed"],
  ["partial", (one) => one.partial && one.state !== "disagreed"],
  ["gap", (one) => one.state === "gap"],
  ["agreed", (one) => one.state === "agreed" && !one.partial],
];

class MergeView {
  readonly element: HTMLElement;
  readonly #sources: Sources;
  readonly #list = el("div", { class: "tf-choice", attributes: { role: "group" } });
  readonly #room = el("div", { class: "tf-sheet", testid: "merge-sheet" });
  readonly #label = el("input", {
    class: "tf-input",
    testid: "merge-label",
    attributes: { type: "text", id: "tebiki-merge-label", maxlength: "500", autocomplete: "off", spellcheck: "false" },
  });
  readonly #make: HTMLElement;
  readonly #chosen = new Set<string>();
  /** What was decided so far, by item; half a decision has an empty part. */
  readonly #decisions = new Map<string, Decision>();
  #shown = "";

  constructor(private readonly context: ToolContext) {
    const { t } = context;
    this.#list.setAttribute("aria-label", t("merging.who"));
    this.#sources = new Sources(context, () => this.#offer());
    this.#make = button(t("merging.make"), {
      testid: "merge-make",
      class: "tf-button--main",
      onClick: () => void this.#merge(),
    });
    this.element = el(
      "div",
      {},
      el("h3", {}, t("hub.merge")),
      el("p", {}, t("merging.text")),
      this.#list,
      this.#sources.element,
      this.#room,
    );
    this.#offer();
  }

  show(): void {
    this.#offer();
  }

  get #drafts(): Draft[] {
    return this.#sources.all.filter(({ key }) => this.#chosen.has(key)).map(({ draft }) => draft);
  }

  #offer(): void {
    const all = this.#sources.all;
    const shown = JSON.stringify(all.map(({ key, text, draft }) => [key, text, draft.updated]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    const boxes = all.map(({ key, text }, index) => {
      const box = el("input", {
        testid: "merge-source",
        attributes: { type: "checkbox", id: `tebiki-merge-${index}`, autocomplete: "off" },
      });
      box.checked = this.#chosen.has(key);
      box.addEventListener("change", () => {
        if (box.checked) this.#chosen.add(key);
        else this.#chosen.delete(key);
        // Their places among those that are merged have changed.
        for (const [item, { value }] of this.#decisions) if (value.startsWith("#")) this.#decisions.delete(item);
        this.#draw();
      });
      return el("div", { class: "tf-check" }, box, el("label", { attributes: { for: box.id } }, text));
    });
    this.#list.replaceChildren(...boxes);
    this.#draw();
  }

  #draw(): void {
    const { t, checklist } = this.context;
    const drafts = this.#drafts;
    if (drafts.length < 2) {
      this.#room.replaceChildren(el("p", { class: "tf-notice" }, t("merging.few")));
      return;
    }
    const joined = agreementsOf(drafts, checklist, new Map());
    const groups = GROUPS.flatMap(([name, belongs]) => {
      const found = joined.filter(belongs);
      if (found.length === 0) return [];
      const details = el(
        "details",
        { class: "tf-left__group", testid: `merge-${name}` },
        el("summary", {}, t(`merging.${name}`, { count: found.length })),
        this.#table(name, found, drafts),
      );
      details.open = name !== "agreed";
      return [details];
    });
    const label = el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: this.#label.id } }, t("merging.label")),
      this.#label,
    );
    this.#room.replaceChildren(...groups, label, el("div", { class: "tf-panel__buttons" }, this.#make));
  }

  #table(name: string, joined: readonly Agreement[], drafts: readonly Draft[]): HTMLElement {
    const { t, r, checklist } = this.context;
    const labels = drafts.map((draft, index) => draft.label || String(index + 1));
    const columns = [r("columns.question"), ...labels, t("merging.consensus"), t("merging.reason")].map((text) => ({
      text,
    }));
    const rows = joined.map(({ item: id, values }) => {
      const item = checklist.items.get(id);
      const cells = drafts.map((draft, index) => {
        const answer = draft.answers.get(id);
        const cell = el("td", {}, values[index] ? answerText(item, answer, checklist) : r("unanswered"));
        if (answer?.note) cell.append(el("p", { class: "text hint" }, answer.note));
        return cell;
      });
      return row(`${item?.number} ${item?.question}`, ...cells, ...this.#deciding(id, drafts));
    });
    return table(t(`merging.${name}`, { count: joined.length }), columns, rows, { className: "all" });
  }

  /** The cells in which an answer is settled on. */
  #deciding(id: string, drafts: readonly Draft[]): HTMLElement[] {
    const { t, checklist } = this.context;
    const item = checklist.items.get(id);
    const choices = item
      ? [...standaloneChoices(item, checklist)].map(([choice, { title }]) => [choice, title] as const)
      : [];
    drafts.forEach((draft, index) => {
      const { value = "", content } = draft.answers.get(id) ?? {};
      const label = draft.label || String(index + 1);
      if (value === "" && content !== undefined) choices.push([`#${index + 1}`, t("merging.as", { label })]);
    });
    if (!item || choices.length === 0) return [el("td"), el("td")];
    const { value, reason } = this.#decisions.get(id) ?? { value: "", reason: "" };
    const select = el(
      "select",
      {
        class: "tf-input",
        testid: `decide-${id}`,
        attributes: { "aria-label": t("merging.consensus-of", { number: item.number }), autocomplete: "off" },
      },
      el("option", { attributes: { value: "" } }, t("merging.open")),
      ...choices.map(([choice, title]) => el("option", { attributes: { value: choice } }, title)),
    );
    const attributes = {
      type: "text",
      "aria-label": t("merging.reason-of", { number: item.number }),
      maxlength: "2000",
      autocomplete: "off",
      spellcheck: "false",
    };
    const input = el("input", { class: "tf-input", testid: `reason-${id}`, attributes });
    [select.value, input.value] = [value, reason];
    const decide = (): void => {
      const given = { value: select.value, reason: input.value.trim() };
      if (given.value || given.reason) this.#decisions.set(id, given);
      else this.#decisions.delete(id);
    };
    select.addEventListener("change", decide);
    input.addEventListener("input", decide);
    return [el("td", {}, select), el("td", {}, input)];
  }

  async #merge(): Promise<void> {
    const { t, r, bar, checklist, workspace } = this.context;
    const half = [...this.#decisions].find(([, { value, reason }]) => !value || !reason);
    if (half) {
      const [id, { value }] = half;
      bar.showMessage(
        t(value ? "merging.no-reason" : "merging.no-answer", { number: checklist.items.get(id)?.number ?? id }),
        "refused",
      );
      this.#room
        .querySelector<HTMLElement>(`[data-testid="${value ? "reason" : "decide"}-${CSS.escape(id)}"]`)
        ?.focus();
      return;
    }
    const drafts = this.#drafts;
    const { draft, tooLong } = merge(drafts, checklist, this.#decisions, this.#label.value, r("merge.reason"));
    if (tooLong !== undefined) {
      bar.showMessage(r("merge.too-long", { item: checklist.items.get(tooLong)?.number ?? tooLong }), "refused");
      return;
    }
    const known = workspace.find(draft.id);
    const choice = known ? await this.#askAbout(known.draft, draft) : "replace";
    if (choice === "") return;
    await workspace.add(choice === "both" ? { ...draft, id: randomUuid() } : draft, "", "");
    this.#make.focus(); // the list of what can be merged was drawn anew
    const states = agreementsOf(drafts, checklist, this.#decisions).map(({ state }) => state);
    const count = (state: Agreement["state"]): number => states.filter((one) => one === state).length;
    bar.showMessage(
      t("merging.done", {
        agreed: count("agreed"),
        decided: count("decided"),
        disagreed: count("disagreed"),
        gap: count("gap"),
      }),
    );
  }

  #askAbout(here: Draft, merged: Draft): Promise<string> {
    const { t, checklist, root } = this.context;
    const text = t("merging.again", {
      label: here.label || t("panel.no-label"),
      time: formatTime(here.updated, checklist.lang),
      name: merged.label || t("panel.no-label"),
    });
    const choices = [
      { id: "both", text: t("twin.both") },
      { id: "replace", text: t("merging.replace"), grave: true },
    ];
    return ask(root, { title: t("twin.title"), text, choices, cancel: t("delete.cancel") });
  }
}

export const merging: Tool = {
  id: "merge",
  open: (context) => new MergeView(context),
};
