// The questions of the page: reading what is entered, and showing the draft in them.
import type { AnswerChange } from "../assessment/draft";
import type { ContentView } from "./content-view";
import { contentView } from "./content-view";
import { choicesFor } from "../assessment/content";
import { button, el, setText } from "../shared/dom";
import type { Answer, Checklist, Draft, Item, TextField } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";
import { TextView } from "./text-view";
import { formatTime } from "../shared/time";

export interface QuestionHandlers {
  onAnswer: (item: string, change: AnswerChange) => void;
  /** Called when a text has been left: time to write. */
  onLeave: () => void;
  /** Says something to screen readers. */
  onSay: (text: string) => void;
}

interface QuestionView {
  item: Item;
  fieldset: HTMLFieldSetElement;
  radios: HTMLInputElement[];
  texts: { field: TextField; view: TextView }[];
  content: ContentView | undefined;
  reason: HTMLElement | null;
  /** What only some questions need, made for those. */
  extras: Map<Extra, HTMLElement>;
  shown: Shown | undefined;
}

/**
 * aside says that content is kept but does not count, given who gave the answer, mark that it is to
 * be looked at again; clear takes it back.
 */
type Extra = "aside" | "given" | "mark" | "clear";

interface Shown {
  answer: Answer | undefined;
  asked: boolean;
  standing: string;
}

export class QuestionsView {
  readonly #views: QuestionView[] = [];
  #shownId = "";

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly t: Translate,
    private readonly handlers: QuestionHandlers,
  ) {
    for (const fieldset of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-item]")) {
      const item = checklist.items.get(fieldset.dataset["item"] ?? "");
      if (item) this.#views.push(this.#view(fieldset, item));
    }
  }

  /**
   * Takes over what was entered before the script was ready, where `draft` has nothing yet.
   *
   * On a slow line a person may have answered several questions by then.
   */
  adoptEntered(draft: Draft): void {
    for (const { item, radios, texts, content } of this.#views) {
      const known = draft.answers.get(item.id);
      const change: AnswerChange = {};
      const chosen = radios.find((radio) => radio.checked);
      if (chosen && !known?.value) change.value = chosen.value;
      for (const { field, view } of texts) {
        if (view.control.value !== "" && !known?.[field]) change[field] = view.control.value;
      }
      const entered = content?.entered();
      if (entered && !known?.content && !change.value) change.content = entered;
      if (Object.keys(change).length > 0) this.handlers.onAnswer(item.id, change);
    }
  }

  /** Shows the draft. Returns the number of questions that were not asked before and now are. */
  show(draft: Draft, progress: Progress): number {
    let revealed = 0;
    const isOther = draft.id !== this.#shownId;
    for (const view of this.#views) {
      const { id } = view.item;
      const asked = progress.asked.has(id);
      const standing = progress.statuses.get(id) ?? "not-asked";
      const answer = draft.answers.get(id);
      const { shown } = view;
      // A long form stays quick because only what has changed is touched.
      if (!isOther && shown?.answer === answer && shown?.asked === asked && shown.standing === standing) continue;
      view.shown = { answer, asked, standing };
      if (asked && view.fieldset.hidden) revealed += 1;
      if (view.fieldset.hidden === asked) view.fieldset.hidden = !asked;
      view.fieldset.dataset["standing"] = standing;
      if (isOther) view.content?.reset();
      this.#showAnswer(view, answer);
    }
    this.#shownId = draft.id;
    return revealed;
  }

  #view(fieldset: HTMLFieldSetElement, item: Item): QuestionView {
    const radios = [...fieldset.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        if (radio.checked) this.handlers.onAnswer(item.id, { value: radio.value });
        this.handlers.onLeave();
      });
    }
    return {
      item,
      fieldset,
      radios,
      texts: [...fieldset.querySelectorAll<HTMLTextAreaElement>("textarea[data-field]")].map((area) =>
        this.#text(area, item),
      ),
      content: contentView(fieldset, item, this.t, {
        onContent: (content) => this.handlers.onAnswer(item.id, { content }),
        onLeave: () => this.handlers.onLeave(),
        onSay: (text) => this.handlers.onSay(text),
      }),
      reason: fieldset.querySelector("[data-reason]"),
      extras: new Map(),
      shown: undefined,
    };
  }

  /** Shows an extra with this text, or takes it away when there is none. */
  #extra(view: QuestionView, name: Extra, text: string): HTMLElement | undefined {
    let extra = view.extras.get(name);
    if (text !== "" && !extra) {
      extra = this.#make(view, name);
      view.extras.set(name, extra);
    }
    if (!extra) return undefined;
    extra.hidden = text === "";
    if (name !== "clear") setText(extra.querySelector("span") ?? extra, text);
    return extra;
  }

  #make({ item, fieldset, radios }: QuestionView, name: Extra): HTMLElement {
    const testid = `${name}-${item.id}`;
    const foot = fieldset.querySelector(".tf-item__foot");
    if (name === "aside") {
      const aside = el("p", { class: "tf-notice", testid });
      fieldset.querySelector(".tf-instead")?.before(aside);
      return aside;
    }
    if (name === "given") {
      const given = el("p", { class: "tf-item__given", testid });
      foot?.before(given);
      return given;
    }
    if (name === "mark") {
      const confirm = button(this.t("question.confirm"), {
        testid: `confirm-${item.id}`,
        attributes: { "aria-label": this.t("question.confirm-of", { number: item.number }) },
        onClick: () => this.handlers.onAnswer(item.id, { confirmed: true }),
      });
      const mark = el("div", { class: "tf-mark", testid }, el("span"), confirm);
      fieldset.querySelector("legend")?.after(mark);
      return mark;
    }
    const clear = button(this.t("question.clear"), {
      class: "tf-button--quiet",
      testid,
      attributes: { "aria-label": this.t("question.clear-of", { number: item.number }) },
      onClick: () => {
        // The button is about to go; the next sensible place is the first answer.
        (radios[0] ?? fieldset.querySelector<HTMLElement>("[data-content]"))?.focus();
        this.handlers.onAnswer(item.id, { value: "" });
      },
    });
    foot?.append(clear);
    return clear;
  }

  #text(area: HTMLTextAreaElement, item: Item): QuestionView["texts"][number] {
    const field = area.dataset["field"] as TextField;
    const onInput = (text: string): void => this.handlers.onAnswer(item.id, { [field]: text });
    return { field, view: new TextView(area, this.t, { onInput, onLeave: () => this.handlers.onLeave() }) };
  }

  #showAnswer(view: QuestionView, answer: Answer | undefined): void {
    const { item, radios, texts, content, reason } = view;
    const value = answer?.value ?? "";
    const choice = choicesFor(item, this.checklist).get(value);
    const title = choice?.title ?? value;
    for (const radio of radios) radio.checked = radio.value === value;
    for (const text of texts) text.view.show(answer?.[text.field] ?? "");
    content?.show(answer);
    this.#extra(view, "clear", value);
    const isAside = value !== "" && answer?.content !== undefined;
    this.#extra(view, "aside", isAside ? this.t("content.kept-aside", { answer: title }) : "");
    const { respondent = "", answered = "" } = answer ?? {};
    const time = respondent && formatTime(answered, this.checklist.lang);
    this.#extra(view, "given", respondent && this.t("question.given-by", { respondent, time }));

    const excluded = choice?.role === "excluded";
    if (reason) reason.hidden = !excluded && !answer?.justification;

    const notOffered = value !== "" && !radios.some((radio) => radio.value === value);
    const changed = answer !== undefined && answer.rev !== item.rev;
    const marked = notOffered
      ? this.t("question.not-offered", { answer: title })
      : changed
        ? this.t("question.changed")
        : "";
    // An answer that is no longer offered cannot be confirmed, only replaced.
    this.#extra(view, "mark", marked)?.classList.toggle("tf-mark--no-button", notOffered);
  }
}
