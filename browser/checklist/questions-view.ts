// The questions of the page: reading what is entered, and showing the draft in them.
import type { AnswerChange } from "./draft";
import type { ContentView } from "./content-view";
import { contentView } from "./content-view";
import { choicesFor } from "./content";
import { button, el, setText } from "./dom";
import type { Answer, Checklist, Draft, Item, TextField } from "./model";
import type { Progress } from "./progress";
import type { Translate } from "./strings";
import { TextView } from "./text-view";
import { shownTime } from "./time";

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
  /** Says that content is kept but does not count, and who gave the answer. */
  aside: HTMLElement;
  given: HTMLElement;
  reason: HTMLElement | null;
  mark: HTMLElement;
  markText: HTMLElement;
  clear: HTMLButtonElement;
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
    for (const view of this.#views) {
      const asked = progress.asked.has(view.item.id);
      if (asked && view.fieldset.hidden) revealed += 1;
      view.fieldset.hidden = !asked;
      view.fieldset.dataset["standing"] = progress.standings.get(view.item.id) ?? "not-asked";
      if (draft.id !== this.#shownId) view.content?.reset();
      this.#showAnswer(view, draft.answers.get(view.item.id));
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
    const markText = el("span");
    const mark = el(
      "div",
      { class: "tf-mark", testid: `mark-${item.id}` },
      markText,
      button(this.t("question.confirm"), {
        testid: `confirm-${item.id}`,
        attributes: { "aria-label": this.t("question.confirm-of", { number: item.number }) },
        onClick: () => this.handlers.onAnswer(item.id, { confirmed: true }),
      }),
    );
    const clear = button(this.t("question.clear"), {
      class: "tf-button--quiet",
      testid: `clear-${item.id}`,
      attributes: { "aria-label": this.t("question.clear-of", { number: item.number }) },
      onClick: () => {
        // The button is about to go; the next sensible place is the first answer.
        (radios[0] ?? fieldset.querySelector<HTMLElement>("[data-content]"))?.focus();
        this.handlers.onAnswer(item.id, { value: "" });
      },
    });
    const aside = el("p", { class: "tf-notice", testid: `aside-${item.id}` });
    const given = el("p", { class: "tf-item__given", testid: `given-${item.id}` });
    fieldset.querySelector(".tf-instead")?.before(aside);
    fieldset.querySelector(".tf-item__foot")?.before(given);
    fieldset.querySelector("legend")?.after(mark);
    fieldset.querySelector(".tf-item__foot")?.append(clear);
    return {
      item,
      fieldset,
      radios,
      texts: [...fieldset.querySelectorAll<HTMLTextAreaElement>("textarea[data-field]")].map((area) => this.#text(area, item)),
      content: contentView(fieldset, item, this.t, {
        onContent: (content) => this.handlers.onAnswer(item.id, { content }),
        onLeave: () => this.handlers.onLeave(),
        onSay: (text) => this.handlers.onSay(text),
      }),
      aside,
      given,
      reason: fieldset.querySelector("[data-reason]"),
      mark,
      markText,
      clear,
    };
  }

  #text(area: HTMLTextAreaElement, item: Item): QuestionView["texts"][number] {
    const field = area.dataset["field"] as TextField;
    const onInput = (text: string): void => this.handlers.onAnswer(item.id, { [field]: text });
    return { field, view: new TextView(area, this.t, { onInput, onLeave: () => this.handlers.onLeave() }) };
  }

  #showAnswer(view: QuestionView, answer: Answer | undefined): void {
    const { item, radios, texts, content, aside, given, reason, mark, markText, clear } = view;
    const value = answer?.value ?? "";
    const choice = choicesFor(item, this.checklist).get(value);
    const title = choice?.title ?? value;
    for (const radio of radios) radio.checked = radio.value === value;
    for (const text of texts) text.view.show(answer?.[text.field] ?? "");
    content?.show(answer);
    clear.hidden = value === "";
    aside.hidden = value === "" || answer?.content === undefined;
    setText(aside, aside.hidden ? "" : this.t("content.kept-aside", { answer: title }));
    const { respondent = "", answered = "" } = answer ?? {};
    given.hidden = respondent === "";
    const time = shownTime(answered, this.checklist.lang);
    setText(given, respondent === "" ? "" : this.t("question.given-by", { respondent, time }));

    const excluded = choice?.role === "excluded";
    if (reason) reason.hidden = !excluded && !answer?.justification;

    const notOffered = value !== "" && !radios.some((radio) => radio.value === value);
    const changed = answer !== undefined && answer.rev !== item.rev;
    mark.hidden = !notOffered && !changed;
    // An answer that is no longer offered cannot be confirmed, only replaced.
    mark.classList.toggle("tf-mark--no-button", notOffered);
    if (notOffered) setText(markText, this.t("question.not-offered", { answer: title }));
    else setText(markText, this.t("question.changed"));
  }
}
