// Progress of the sections, and the list of what is left at the end of the form.
import { el, setText } from "./dom";
import { choicesFor, textsOf } from "./content";
import type { Answer, Checklist, Draft } from "./model";
import { TEXT_FIELDS } from "./model";
import type { Progress, Standing, Tally } from "./progress";
import type { Translate } from "./strings";

/** "3 of 10 answered" and a bar. The words say it all; the bar is for the eye. */
export class TallyView {
  readonly element: HTMLElement;
  readonly #text: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #time: HTMLElement;

  constructor(id: string, private readonly t: Translate) {
    this.#text = el("span", { class: "tf-tally__text", testid: `progress-${id}` });
    this.#bar = el("progress", { class: "tf-tally__bar", attributes: { "aria-hidden": "true" } });
    this.#time = el("span", { class: "tf-tally__time", testid: `remaining-${id}` });
    this.element = el("div", { class: "tf-tally" }, this.#text, this.#bar, this.#time);
  }

  show({ answered, asked, minutes }: Tally): void {
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
const LEFT: readonly Exclude<Standing, "answered">[] = ["to-confirm", "incomplete", "reason-missing", "unanswered", "open"];

interface LeftGroup {
  details: HTMLDetailsElement;
  summary: HTMLElement;
  list: HTMLElement;
  /** What the list shows now, to leave it alone when that stays the same. */
  shown: string;
}

export class ProgressView {
  readonly #sections = new Map<string, TallyView>();
  readonly #left = new Map<Standing, LeftGroup>();
  readonly #orphans: LeftGroup;
  readonly #done: HTMLElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly t: Translate,
  ) {
    for (const { id } of checklist.sections) {
      const view = new TallyView(id, t);
      form.querySelector(`#${CSS.escape(id)}`)?.after(view.element);
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
    for (const [standing, group] of this.#left) {
      const ids = [...progress.standings].filter(([, at]) => at === standing).map(([id]) => id);
      this.#fill(group, `left.${standing}`, ids, (id) => this.#question(id, standing));
    }
    this.#fill(this.#orphans, "left.orphans", [...draft.orphans.keys()], (id) =>
      this.#orphan(id, draft.orphans.get(id) as Answer),
    );
    const { asked, answered } = progress.total;
    this.#done.hidden = asked === 0 || answered < asked;
  }

  #group(testid: string): LeftGroup {
    const summary = el("summary");
    const list = el("ul");
    const details = el("details", { class: "tf-left__group", testid }, summary, list);
    return { details, summary, list, shown: "" };
  }

  #fill(group: LeftGroup, title: string, ids: string[], line: (id: string) => HTMLElement): void {
    group.details.hidden = ids.length === 0;
    setText(group.summary, this.t(title, { count: ids.length }));
    const lines = ids.map(line);
    const shown = lines.map((item) => item.textContent).join("\n");
    if (shown === group.shown) return; // keeps the focus on a link in the list
    group.shown = shown;
    group.list.replaceChildren(...lines);
  }

  #question(id: string, standing: Standing): HTMLElement {
    const item = this.checklist.items.get(id);
    const link = el("a", { attributes: { href: `#${id}` } }, `${item?.number ?? ""} ${item?.question ?? id}`);
    const line = el("li", {}, link);
    const office = this.form.querySelector(`#${CSS.escape(id)} [data-office]`)?.textContent?.trim();
    if (standing === "open" && office) {
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
    const texts = [chosen(answer.value), ...entered, ...TEXT_FIELDS.map((field) => answer[field])].filter((text) => text !== "");
    return el("li", {}, question, ...texts.map((text) => el("p", { class: "tf-left__text" }, text)));
  }
}
