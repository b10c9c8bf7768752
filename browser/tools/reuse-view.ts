// Shows what assessments of other checklists offer to questions here. Nothing counts before the person takes it.
import { answerText } from "../assessment/assessment-view";
import { draftOf } from "../assessment/draft";
import type { Answer, Checklist, Draft, Section } from "../assessment/model";
import { progressOf } from "../assessment/progress";
import type { Proposal, Source } from "../assessment/reuse";
import { proposalFor } from "../assessment/reuse";
import { button, el } from "../shared/dom";
import { formatTime } from "../shared/time";
import { randomUuid } from "../shared/uuid";
import { fileChooser } from "./file-chooser";
import { loadReader } from "./load-reader";
import type { Tool, ToolContext, ToolView } from "./tool";

export class ReuseView implements ToolView {
  readonly element: HTMLElement;
  readonly #drafts = new Map<string, Draft[]>();
  /** The chosen assessment of each other checklist. */
  readonly #sources = new Map<string, Source>();
  readonly #choices = el("div", {});
  readonly #offers = el("div", { testid: "reuse-offers" });
  readonly #title: HTMLElement;
  #shown: Draft | undefined;

  constructor(private readonly context: ToolContext) {
    const { translate } = context;
    this.#title = el("h3", { attributes: { tabindex: "-1" } }, translate("hub.reuse"));
    const chooser = fileChooser("reuse", translate("reuse.choose"), (files) => void this.read(files));
    this.element = el(
      "div",
      { testid: "reuse-sheet" },
      this.#title,
      el("p", {}, translate("reuse.text")),
      this.#choices,
      el("div", { class: "tf-panel__buttons" }, ...chooser),
      this.#offers,
    );
    void this.#load();
  }

  show(): void {
    if (this.context.workspace.draft !== this.#shown) this.#render();
  }

  /** Adds assessments from files; the last of each checklist is chosen. */
  async read(files: readonly File[]): Promise<void> {
    const { bar, checklist, translate } = this.context;
    const reader = await loadReader(this.context);
    if (!reader) return;
    const refused: string[] = [];
    for (const file of files) {
      const reasons: string[] = [];
      for (const other of checklist.others) {
        const { record, reason } = await reader.readFile(file, other, translate);
        if (record) this.#add(other, draftOf(record), true);
        else reasons.push(reason);
      }
      if (reasons.length === checklist.others.length) refused.push(`${file.name}: ${reasons[0]}`);
    }
    if (refused.length > 0) bar.showMessage([translate("sources.refused"), ...refused].join("\n"), "refused");
    this.#render();
  }

  async #load(): Promise<void> {
    for (const other of this.context.checklist.others) {
      const drafts = await this.context.listOthers(other.id).catch(() => []);
      drafts.sort((a, b) => (a.updated < b.updated ? 1 : -1));
      for (const draft of drafts) this.#add(other, draft, false);
    }
    this.#render();
  }

  #add(checklist: Checklist, draft: Draft, isChosen: boolean): void {
    const drafts = this.#drafts.get(checklist.id) ?? [];
    this.#drafts.set(checklist.id, [...drafts, draft]);
    if (isChosen || !this.#sources.has(checklist.id)) this.#sources.set(checklist.id, { checklist, draft });
  }

  #render(): void {
    const { workspace, checklist, translate } = this.context;
    const { draft } = workspace;
    this.#shown = draft;
    const hadFocus = this.#offers.contains(document.activeElement);
    this.#choices.replaceChildren(...checklist.others.map((other) => this.#choice(other)));
    const { asked } = progressOf(checklist, draft.answers);
    const sections = checklist.sections.flatMap((section) => {
      const items = section.items.filter(({ id }) => asked.has(id));
      const proposals = items.flatMap(
        (item) => proposalFor(item, checklist, this.#sources, draft.answers.get(item.id), randomUuid) ?? [],
      );
      return proposals.length > 0 ? [this.#section(section, proposals, draft)] : [];
    });
    const none = el("p", { testid: "reuse-none" }, translate("reuse.none"));
    this.#offers.replaceChildren(...(sections.length > 0 ? sections.flat() : [none]));
    if (hadFocus) (this.#offers.querySelector("button") ?? this.#title).focus();
  }

  /** The choice among the assessments of another checklist. */
  #choice(other: Checklist): HTMLElement {
    const { translate } = this.context;
    const drafts = this.#drafts.get(other.id) ?? [];
    const chosen = this.#sources.get(other.id)?.draft;
    if (!chosen) return el("p", {}, translate("reuse.nothing", { title: other.title }));
    const select = el(
      "select",
      { class: "tf-input", testid: `reuse-from-${other.id}`, attributes: { id: `tebiki-reuse-${other.id}` } },
      ...drafts.map((draft, index) => el("option", { attributes: { value: String(index) } }, this.#nameOf(draft))),
    );
    select.value = String(drafts.indexOf(chosen));
    select.addEventListener("change", () => {
      const draft = drafts[Number(select.value)];
      if (draft) this.#sources.set(other.id, { checklist: other, draft });
      this.#render();
    });
    const { version } = chosen.checklist;
    const values = { title: other.title, version, current: other.version };
    const isOther = version !== other.version || chosen.checklist.digest !== other.digest;
    return el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: select.id } }, translate("reuse.from-checklist", { title: other.title })),
      select,
      ...(isOther ? [el("p", { testid: "reuse-version" }, translate("reuse.other-version", values))] : []),
    );
  }

  #nameOf({ label, updated }: Draft): string {
    const { translate, checklist } = this.context;
    const name = label || translate("panel.no-label");
    return translate("sources.entry", { label: name, time: formatTime(updated, checklist.lang) });
  }

  #section(section: Section, proposals: readonly Proposal[], draft: Draft): HTMLElement[] {
    const { translate } = this.context;
    const open = proposals.filter(({ item, change }) => change && !isAnswered(draft.answers.get(item.id)));
    const takeAll = button(translate("reuse.take-all", { count: open.length }), {
      testid: `reuse-take-all-${section.id}`,
      onClick: () => this.#take(open),
    });
    return [
      el("h4", {}, section.title),
      ...(open.length > 1 ? [takeAll] : []),
      el("ul", { class: "lines" }, ...proposals.map((proposal) => this.#offer(proposal, draft))),
    ];
  }

  #offer(proposal: Proposal, draft: Draft): HTMLElement {
    const { translate, checklist } = this.context;
    const { item, change, origins, left } = proposal;
    const before = draft.answers.get(item.id);
    const line = (text: string): HTMLParagraphElement => el("p", { class: "text" }, text);
    const parts = [el("p", {}, el("strong", {}, `${item.number} ${item.question}`))];
    if (change) {
      const answer = { rev: 1, value: "", note: "", evidence: "", justification: "", ...change } as Answer;
      parts.push(line(translate("reuse.offered", { answer: answerText(item, answer, checklist) })));
    }
    for (const { item: there, source } of origins) {
      const assessment = this.#nameOf(source.draft);
      const { number, question } = there;
      parts.push(line(translate("reuse.from", { number, question, checklist: source.checklist.title, assessment })));
    }
    parts.push(...left.map(({ code, values }) => line(translate(`reuse-left.${code}`, values))));
    if (!change) return el("li", { testid: `reuse-${item.id}` }, ...parts);
    if (isAnswered(before))
      parts.push(line(translate("reuse.replaces", { answer: answerText(item, before, checklist) })));
    const attributes = { "aria-label": translate("reuse.take-question", { number: item.number }) };
    const take = button(translate("reuse.take"), {
      testid: `reuse-take-${item.id}`,
      attributes,
      onClick: () => this.#take([proposal]),
    });
    return el("li", { testid: `reuse-${item.id}` }, ...parts, take);
  }

  #take(proposals: readonly Proposal[]): void {
    const { bar, change, translate, workspace } = this.context;
    change(() => {
      for (const proposal of proposals) if (proposal.change) workspace.answer(proposal.item.id, proposal.change);
    });
    bar.showMessage(translate("reuse.taken", { count: proposals.length }));
  }
}

function isAnswered(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.value !== "" || answer.content !== undefined);
}

export const reuseTool: Tool = {
  id: "reuse",
  open: (context) => new ReuseView(context),
};
