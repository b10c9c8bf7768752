// Offers answers to other checklists that this browser holds, where a question here takes answers from them.
import type { Checklist, Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import { button, el, setText } from "../shared/dom";
import { formatTime } from "../shared/time";
import type { EntryStore } from "../storage/entry-store";

export class ReuseOffer {
  readonly element: HTMLElement;
  readonly #text = el("p");
  #drafts: Draft[] = [];

  constructor(
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    onOpen: () => void,
  ) {
    const opener = button(translate("offer.open"), { testid: "reuse-open", onClick: onOpen });
    this.element = el(
      "div",
      { class: "tf-notice", testid: "reuse-offer", attributes: { hidden: "" } },
      this.#text,
      el("div", { class: "tf-panel__buttons" }, opener),
    );
  }

  /** Reads the assessments of the other checklists; without a storage there is nothing to offer. */
  async load(store: Pick<EntryStore, "list">): Promise<void> {
    const lists = this.checklist.others.map(({ id }) => store.list(id).catch(() => ({ entries: [] })));
    const entries = (await Promise.all(lists)).flatMap((listing) => listing.entries);
    this.#drafts = entries.map(({ draft }) => draft);
  }

  /** Shows the offer while an unanswered question could take an answer. */
  show({ answers }: Draft): void {
    if (this.#drafts.length === 0) return;
    const open = [...this.checklist.items.values()].filter(({ id, status }) => status === "active" && !answers.has(id));
    const origins = open.flatMap((item) => item.takes_from ?? []);
    const draft = this.#drafts.find((other) =>
      origins.some(({ checklist, question }) => other.checklist.id === checklist && other.answers.has(question)),
    );
    this.element.hidden = !draft;
    if (!draft) return;
    const { title = "" } = this.checklist.others.find(({ id }) => id === draft.checklist.id) ?? {};
    const time = formatTime(draft.updated, this.checklist.lang);
    const label = draft.label || this.translate("panel.no-label");
    setText(this.#text, this.translate("offer.text", { title, label, time }));
  }
}
