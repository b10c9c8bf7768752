// Progress of the sections, and the list of what is left at the end of the form.
import { el, setText } from "../shared/dom";
import { choicesFor, textsOf } from "../assessment/content";
import type { Answer, Checklist, Draft } from "../assessment/model";
import { TEXT_FIELDS } from "../build/shared-constants";
import type { Progress, AnswerStatus, Tally } from "../assessment/progress";
import type { Translate } from "../assessment/translate";

/** "3 of 10 answered" and a bar. The words say it all; the bar is for the eye. */
export class TallyView {
  readonly element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #time: HTMLElement;
  #shown = "";

  constructor(
    id: string,
    private readonly t: Translate,
  ) {
    this.#text = el("span", { class: "tf-tally__text", testid: `progress-${id}` });
    this.#bar = el("progress", { class: "tf-tally__bar", attributes: { "aria-hidden": "true" } });
    this.#time = el("span", { class: "tf-tally__time", testid: `remaining-${id}` });
    this.element = el("div", { class: "tf-tally" }, this.#text, this.#bar, this.#time);
  }

  show({ answered, asked, minutes }: Tally): void {
    const shown = `${answered} ${asked} ${minutes}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#time.hidden = minutes === 0;
    setText(this.#time, minutes === 0 ? "" : this.t("progress.remaining", { minutes: Math.ceil(minutes) }));
    setText(this.#text, asked === 0 ? this.t("progress.none") : this.t("progress.count", { answered, asked }));
    this.#bar.hidden = asked === 0;
    this.#bar.max = Math.max(asked, 1);
    this.#bar.value = answered;
    this.element.classList.toggle("tf-tally--done", asked > 0 && answered === asked);
  }
}

// What is left, the most urgent first.
const LEFT: readonly Exclude<AnswerStatus, "answered">[] = [
  "to-confirm",
  "incomplete",
  "reason-missing",
  "unanswered",
  "open",
];

interface LeftGroup {
  details: HTMLDetailsElement;
  summary: HTMLElement;
  list: HTMLElement;
  /** The lines that are shown now, by item id. */
  lines: Map<string, HTMLElement>;
}

export class ProgressView {
  readonly #sections = new Map<string, TallyView>();
  readonly #left = new Map<AnswerStatus, LeftGroup>();
  readonly #orphans: LeftGroup;
  #shownOrphans: Draft["orphans"] | undefined;
  readonly #done: HTMLElement;

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly t: Translate,
  ) {
    for (const { id } of checklist.sections) {
      const view = new TallyView(id, t);
      document.getElementById(id)?.after(view.element);
      this.#sections.set(id, view);
    }
    this.#done = el("p", { class: "tf-left__done" }, t("left.done"));
    for (const standing of LEFT) this.#left.set(standing, this.#group(`left-${standing}`));
    this.#orphans = this.#group("orphans");
    form.append(
      el(
        "section",
        { class: "tf-left", testid: "left", attributes: { "aria-labelledby": "tebiki-left-title" } },
        el("h2", { attributes: { id: "tebiki-left-title" } }, t("left.title")),
        this.#done,
        ...[...this.#left.values(), this.#orphans].map((group) => group.details),
      ),
    );
  }

  show(draft: Draft, progress: Progress): void {
    for (const [id, view] of this.#sections) {
      const tally = progress.sections.get(id);
      if (tally) view.show(tally);
    }
    const ids = new Map<AnswerStatus, string[]>(LEFT.map((standing) => [standing, []]));
    for (const [id, standing] of progress.statuses) ids.get(standing)?.push(id);
    for (const [standing, group] of this.#left) {
      this.#fill(group, `left.${standing}`, ids.get(standing) ?? [], (id) => this.#question(id, standing));
    }
    if (draft.orphans !== this.#shownOrphans) {
      this.#shownOrphans = draft.orphans;
      this.#orphans.lines.clear();
      this.#fill(this.#orphans, "left.orphans", [...draft.orphans.keys()], (id) =>
        this.#orphan(id, draft.orphans.get(id) as Answer),
      );
    }
    const { asked, answered } = progress.total;
    this.#done.hidden = asked === 0 || answered < asked;
  }

  #group(testid: string): LeftGroup {
    const summary = el("summary");
    const list = el("ul");
    const details = el("details", { class: "tf-left__group", testid }, summary, list);
    return { details, summary, list, lines: new Map() };
  }

  #fill(group: LeftGroup, title: string, ids: string[], line: (id: string) => HTMLElement): void {
    group.details.hidden = ids.length === 0;
    setText(group.summary, this.t(title, { count: ids.length }));
    const { lines, list } = group;
    const left = new Set(ids);
    for (const [id, one] of lines) {
      if (left.has(id)) continue;
      one.remove();
      lines.delete(id);
    }
    // A line that stays is not touched, which keeps the focus on a link in it.
    let next = list.firstChild;
    for (const id of ids) {
      const known = lines.get(id);
      if (known && known === next) {
        next = next.nextSibling;
        continue;
      }
      const one = known ?? line(id);
      lines.set(id, one);
      list.insertBefore(one, next);
    }
    while (next) {
      const rest: ChildNode | null = next.nextSibling;
      next.remove();
      next = rest;
    }
  }

  #question(id: string, standing: AnswerStatus): HTMLElement {
    const item = this.checklist.items.get(id);
    const link = el("a", { attributes: { href: `#${id}` } }, `${item?.number ?? ""} ${item?.question ?? id}`);
    const line = el("li", {}, link);
    const office =
      standing === "open" && document.getElementById(id)?.querySelector("[data-office]")?.textContent?.trim();
    if (office) {
      line.append(el("span", { class: "tf-left__office" }, this.t("left.ask", { office })));
    }
    return line;
  }

  #orphan(id: string, answer: Answer): HTMLElement {
    const item = this.checklist.items.get(id);
    const question = item ? `${item.number} ${item.question}` : this.t("left.unknown-question", { id });
    const choices = item ? choicesFor(item, this.checklist) : this.checklist.answers;
    const chosen = (id: unknown): string => choices.get(String(id))?.title ?? String(id);
    const { content } = answer;
    const entered = Array.isArray(content) && typeof content[0] === "string" ? content.map(chosen) : textsOf(content);
    const texts = [chosen(answer.value), ...entered, ...TEXT_FIELDS.map((field) => answer[field])].filter(
      (text) => text !== "",
    );
    return el("li", {}, question, ...texts.map((text) => el("p", { class: "tf-left__text" }, text)));
  }
}
