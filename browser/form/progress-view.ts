// The progress of the sections, and the end of the form: the unsettled questions, or what to do next without any.
import { button, el, setText } from "../shared/dom";
import { choicesFor, textsOf } from "../assessment/content";
import type { Answer, Checklist, Draft } from "../assessment/model";
import { TEXT_FIELDS } from "../build/shared-constants";
import type { Progress, AnswerStatus, Tally } from "../assessment/progress";
import type { Translate } from "../assessment/translate";

/** "3 of 10 answered" and a progress bar, which is hidden from screen readers as it repeats the text. */
export class TallyView {
  readonly element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #time: HTMLElement;
  #shown = "";

  constructor(
    id: string,
    private readonly translate: Translate,
  ) {
    this.#text = el("span", { class: "tf-tally__text", testid: `progress-${id}` });
    this.#bar = el("progress", { class: "tf-tally__bar", attributes: { "aria-hidden": "true" } });
    this.#time = el("span", { class: "tf-tally__time", testid: `remaining-${id}` });
    this.element = el("span", { class: "tf-tally" }, this.#text, this.#bar, this.#time);
  }

  show({ answered, asked, minutes, isComplete }: Tally): void {
    const shown = `${answered} ${asked} ${minutes} ${isComplete}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#time.hidden = minutes === 0;
    setText(this.#time, minutes === 0 ? "" : this.translate("progress.remaining", { minutes }));
    setText(
      this.#text,
      asked === 0 ? this.translate("progress.none") : this.translate("progress.count", { answered, asked }),
    );
    this.#bar.hidden = asked === 0;
    this.#bar.max = Math.max(asked, 1);
    this.#bar.value = answered;
    this.element.classList.toggle("tf-tally--done", isComplete);
  }
}

// The most urgent first.
const UNSETTLED_STATUSES: readonly Exclude<AnswerStatus, "answered">[] = [
  "to-confirm",
  "incomplete",
  "reason-missing",
  "unanswered",
  "open",
];

/** What to do after the last answer: `file` saves the assessment, the others are tools. */
const NEXT_STEPS = ["report", "file", "plan", "start"] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

interface StatusGroup {
  details: HTMLDetailsElement;
  summary: HTMLElement;
  list: HTMLElement;
  /** The lines shown, by item id. */
  lines: Map<string, HTMLElement>;
}

export class ProgressView {
  readonly #sections = new Map<string, TallyView>();
  readonly #statusGroups = new Map<AnswerStatus, StatusGroup>();
  readonly #orphanGroup: StatusGroup;
  #shownOrphans: Draft["orphans"] | undefined;
  #shownProgress: Progress | undefined;
  /** Shown when every question is answered. */
  readonly #complete: HTMLElement;

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    onNext: (step: NextStep) => void,
  ) {
    for (const { id } of checklist.sections) {
      const view = new TallyView(id, translate);
      document.getElementById(id)?.after(view.element);
      this.#sections.set(id, view);
    }
    const steps = NEXT_STEPS.map((step) =>
      button(translate(step === "file" ? "bar.save" : `left.next-${step}`), {
        testid: `next-${step}`,
        ...(step === "report" && { class: "tf-button--main" }),
        onClick: () => onNext(step),
      }),
    );
    this.#complete = el(
      "div",
      { testid: "complete" },
      el("p", { class: "tf-left__done" }, translate("left.done")),
      el("h3", {}, translate("left.next")),
      el("div", { class: "tf-panel__buttons" }, ...steps),
    );
    for (const status of UNSETTLED_STATUSES) this.#statusGroups.set(status, this.#createGroup(`left-${status}`));
    this.#orphanGroup = this.#createGroup("orphans");
    form.append(
      el(
        "section",
        { class: "tf-left", testid: "left", attributes: { "aria-labelledby": "tebiki-left-title" } },
        el("h2", { attributes: { id: "tebiki-left-title" } }, translate("left.title")),
        this.#complete,
        ...[...this.#statusGroups.values(), this.#orphanGroup].map((group) => group.details),
      ),
    );
  }

  show(draft: Draft, progress: Progress): void {
    if (progress === this.#shownProgress && draft.orphans === this.#shownOrphans) return;
    this.#shownProgress = progress;
    for (const [id, view] of this.#sections) {
      const tally = progress.sections.get(id);
      if (!tally) continue;
      view.show(tally);
      const section = view.element.closest("section");
      const isEmpty = tally.asked === 0 && section?.querySelector("fieldset[data-item]") !== null;
      if (section && section.hidden !== isEmpty) section.hidden = isEmpty;
    }
    const ids = new Map<AnswerStatus, Set<string>>(UNSETTLED_STATUSES.map((status) => [status, new Set()]));
    // forEach makes no array of each pair: less for the garbage collector to do between two answers.
    progress.statuses.forEach((status, id) => void ids.get(status)?.add(id));
    for (const [status, group] of this.#statusGroups) {
      this.#updateGroup(group, `left.${status}`, ids.get(status) ?? new Set(), (id) =>
        this.#createQuestionLine(id, status),
      );
    }
    if (draft.orphans !== this.#shownOrphans) {
      this.#shownOrphans = draft.orphans;
      this.#orphanGroup.lines.clear();
      this.#updateGroup(this.#orphanGroup, "left.orphans", new Set(draft.orphans.keys()), (id) =>
        this.#createOrphanLine(id, draft.orphans.get(id) as Answer),
      );
    }
    this.#complete.hidden = !progress.total.isComplete;
  }

  #createGroup(testid: string): StatusGroup {
    const summary = el("summary");
    const list = el("ul");
    const details = el("details", { class: "tf-left__group", testid }, summary, list);
    return { details, summary, list, lines: new Map() };
  }

  #updateGroup(
    group: StatusGroup,
    title: string,
    ids: ReadonlySet<string>,
    createLine: (id: string) => HTMLElement,
  ): void {
    group.details.hidden = ids.size === 0;
    setText(group.summary, this.translate(title, { count: ids.size }));
    const { lines, list } = group;
    lines.forEach((element, id) => {
      if (ids.has(id)) return;
      element.remove();
      lines.delete(id);
    });
    // Lines that stay are not touched, so a link in them keeps the focus.
    let next = list.firstChild;
    for (const id of ids) {
      const existing = lines.get(id);
      if (existing && existing === next) {
        next = next.nextSibling;
        continue;
      }
      const element = existing ?? createLine(id);
      lines.set(id, element);
      list.insertBefore(element, next);
    }
    while (next) {
      const following: ChildNode | null = next.nextSibling;
      next.remove();
      next = following;
    }
  }

  #createQuestionLine(id: string, status: AnswerStatus): HTMLElement {
    const item = this.checklist.items.get(id);
    const link = el("a", { attributes: { href: `#${id}` } }, `${item?.number ?? ""} ${item?.question ?? id}`);
    const line = el("li", {}, link);
    const office =
      status === "open" && document.getElementById(id)?.querySelector("[data-office]")?.textContent?.trim();
    if (office) {
      line.append(el("span", { class: "tf-left__office" }, this.translate("left.ask", { office })));
    }
    return line;
  }

  #createOrphanLine(id: string, answer: Answer): HTMLElement {
    const item = this.checklist.items.get(id);
    const question = item ? `${item.number} ${item.question}` : this.translate("left.unknown-question", { id });
    const choices = item ? choicesFor(item, this.checklist) : this.checklist.answers;
    const choiceTitle = (id: unknown): string => choices.get(String(id))?.title ?? String(id);
    const { content } = answer;
    const entered =
      Array.isArray(content) && typeof content[0] === "string" ? content.map(choiceTitle) : textsOf(content);
    const texts = [choiceTitle(answer.value), ...entered, ...TEXT_FIELDS.map((field) => answer[field])].filter(
      (text) => text !== "",
    );
    return el("li", {}, question, ...texts.map((text) => el("p", { class: "tf-left__text" }, text)));
  }
}
