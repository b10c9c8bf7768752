// The questions of the page: reads what is entered and shows the draft.
import type { AnswerChange } from "../assessment/draft";
import type { ContentView } from "./content-view";
import { createContentView } from "./content-view";
import { choicesFor } from "../assessment/content";
import { afterPaint } from "../shared/after-paint";
import { button, el, setText } from "../shared/dom";
import type { Answer, Checklist, Draft, Item, TextField } from "../assessment/model";
import type { Progress } from "../assessment/progress";
import type { Translate } from "../assessment/translate";
import { TextView } from "./text-view";
import { formatTime } from "../shared/time";

export interface QuestionHandlers {
  onAnswer: (item: string, change: AnswerChange) => void;
  /** Called when an entry is finished: time to write. */
  onCommit: () => void;
  /** Shows a message that screen readers read out. */
  onMessage: (text: string) => void;
}

interface QuestionView {
  item: Item;
  fieldset: HTMLFieldSetElement;
  radios: HTMLInputElement[];
  texts: { field: TextField; view: TextView }[];
  content: ContentView | undefined;
  reasonField: HTMLElement | null;
  /** Elements that only some questions need, created on demand. */
  extras: Map<Extra, HTMLElement>;
  shown: ShownState | undefined;
  /** Whether it was left without the reason that its answer needs. */
  isLeft: boolean;
}

/**
 * aside: content is kept but does not count. given: who gave the answer. mark: the answer is to be checked again.
 * clear: the button that removes the answer.
 */
type Extra = "aside" | "given" | "mark" | "clear";

interface ShownState {
  answer: Answer | undefined;
  isAsked: boolean;
  status: string;
}

export class QuestionsView {
  readonly #views: QuestionView[] = [];
  #shownId = "";
  #shownProgress: Progress | undefined;

  constructor(
    form: HTMLFormElement,
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    private readonly handlers: QuestionHandlers,
  ) {
    for (const fieldset of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-item]")) {
      const item = checklist.items.get(fieldset.dataset["item"] ?? "");
      if (item) this.#views.push(this.#createView(fieldset, item));
    }
    this.#watchLeaving(form);
  }

  /**
   * Takes over what was entered into the static page before the script ran, where `draft` is empty.
   *
   * On a slow connection a person may have answered several questions by then.
   */
  adoptEnteredValues(draft: Draft): void {
    for (const { item, radios, texts, content } of this.#views) {
      const answer = draft.answers.get(item.id);
      const change: AnswerChange = {};
      const checkedRadio = radios.find((radio) => radio.checked);
      if (checkedRadio && !answer?.value) change.value = checkedRadio.value;
      for (const { field, view } of texts) {
        if (view.control.value !== "" && !answer?.[field]) change[field] = view.control.value;
      }
      const entered = content?.initialContent();
      if (entered && !answer?.content && !change.value) change.content = entered;
      if (Object.keys(change).length > 0) this.handlers.onAnswer(item.id, change);
    }
  }

  /** Shows the draft; returns the number of questions that were not asked before and are asked now. */
  show(draft: Draft, progress: Progress): number {
    const isOtherAssessment = draft.id !== this.#shownId;
    if (!isOtherAssessment && progress === this.#shownProgress) return 0;
    this.#shownProgress = progress;
    let revealedCount = 0;
    for (const view of this.#views) {
      const { id } = view.item;
      const isAsked = progress.asked.has(id);
      const status = progress.statuses.get(id) ?? "not-asked";
      const answer = draft.answers.get(id);
      const { shown } = view;
      // Only questions that have changed are updated, which keeps long forms fast.
      if (!isOtherAssessment && shown?.answer === answer && shown?.isAsked === isAsked && shown.status === status)
        continue;
      view.shown = { answer, isAsked, status };
      if (isOtherAssessment || status !== "reason-missing") view.isLeft = false;
      if (isAsked && view.fieldset.hidden) revealedCount += 1;
      if (view.fieldset.hidden === isAsked) view.fieldset.hidden = !isAsked;
      view.fieldset.dataset["standing"] = status;
      if (isOtherAssessment) view.content?.reset?.();
      this.#showAnswer(view, answer);
    }
    this.#shownId = draft.id;
    return revealedCount;
  }

  #createView(fieldset: HTMLFieldSetElement, item: Item): QuestionView {
    const radios = [...fieldset.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    for (const radio of radios) {
      radio.addEventListener("change", () => {
        if (radio.checked) this.handlers.onAnswer(item.id, { value: radio.value });
        this.handlers.onCommit();
      });
    }
    return {
      item,
      fieldset,
      radios,
      texts: [...fieldset.querySelectorAll<HTMLTextAreaElement>("textarea[data-field]")].map((area) =>
        this.#createTextView(area, item),
      ),
      content: createContentView(fieldset, item, this.translate, {
        onContent: (content) => this.handlers.onAnswer(item.id, { content }),
        onCommit: () => this.handlers.onCommit(),
        onMessage: (text) => this.handlers.onMessage(text),
      }),
      reasonField: fieldset.querySelector("[data-reason]"),
      extras: new Map(),
      shown: undefined,
      isLeft: false,
    };
  }

  /** Shows the error of a missing reason once somebody has left the field or the question, not while they type. */
  #watchLeaving(form: HTMLFormElement): void {
    let current: QuestionView | undefined;
    const views = new Map<Element | null, QuestionView>(this.#views.map((view) => [view.fieldset, view]));
    const enter = ({ target }: Event): void => {
      const view = views.get((target as Element).closest("fieldset[data-item]"));
      if (current !== view) this.#leave(current);
      current = view;
    };
    form.addEventListener("focusin", enter);
    form.addEventListener("change", enter); // some browsers do not focus a radio button that is clicked
    form.addEventListener("focusout", ({ target, relatedTarget }) => {
      const isReason = (target as HTMLElement).dataset["field"] === "justification";
      // form.contains would look for a control of that name among all of them
      const hasLeft = relatedTarget instanceof Element && relatedTarget.closest("form") !== form;
      if (isReason || hasLeft) this.#leave(current);
    });
  }

  #leave(view: QuestionView | undefined): void {
    // After the answer has been shown.
    afterPaint(() => {
      if (view?.shown?.status !== "reason-missing" || view.isLeft) return;
      view.isLeft = true;
      this.#showAnswer(view, view.shown.answer);
      this.handlers.onMessage(this.translate("question.reason-missing"));
    });
  }

  /** Shows an extra element with this text, or hides it when the text is empty. */
  #showExtra(view: QuestionView, name: Extra, text: string): HTMLElement | undefined {
    let extra = view.extras.get(name);
    if (text !== "" && !extra) {
      extra = this.#createExtra(view, name);
      view.extras.set(name, extra);
    }
    if (!extra) return undefined;
    extra.hidden = text === "";
    if (name !== "clear") setText(extra.querySelector("span") ?? extra, text);
    return extra;
  }

  #createExtra({ item, fieldset, radios }: QuestionView, name: Extra): HTMLElement {
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
      const confirm = button(this.translate("question.confirm"), {
        testid: `confirm-${item.id}`,
        attributes: { "aria-label": this.translate("question.confirm-of", { number: item.number }) },
        onClick: () => this.handlers.onAnswer(item.id, { confirmed: true }),
      });
      const mark = el("div", { class: "tf-mark", testid }, el("span"), confirm);
      fieldset.querySelector("legend")?.after(mark);
      return mark;
    }
    const clear = button(this.translate("question.clear"), {
      class: "tf-button--quiet",
      testid,
      attributes: { "aria-label": this.translate("question.clear-of", { number: item.number }) },
      onClick: () => {
        // The button is about to be hidden, so the focus moves to the first answer.
        (radios[0] ?? fieldset.querySelector<HTMLElement>("[data-content]"))?.focus();
        this.handlers.onAnswer(item.id, { value: "" });
      },
    });
    foot?.append(clear);
    return clear;
  }

  #createTextView(area: HTMLTextAreaElement, item: Item): QuestionView["texts"][number] {
    const field = area.dataset["field"] as TextField;
    const onInput = (text: string): void => this.handlers.onAnswer(item.id, { [field]: text });
    return { field, view: new TextView(area, this.translate, { onInput, onCommit: () => this.handlers.onCommit() }) };
  }

  #showAnswer(view: QuestionView, answer: Answer | undefined): void {
    const { item, radios, texts, content, reasonField } = view;
    const value = answer?.value ?? "";
    const choice = choicesFor(item, this.checklist).get(value);
    const title = choice?.title ?? value;
    for (const radio of radios) radio.checked = radio.value === value;
    const reasonFault = view.isLeft ? this.translate("question.reason-missing") : "";
    for (const { field, view: textView } of texts)
      textView.show(answer?.[field] ?? "", field === "justification" ? reasonFault : "");
    content?.show(answer);
    this.#showExtra(view, "clear", value);
    const isAside = value !== "" && answer?.content !== undefined;
    this.#showExtra(view, "aside", isAside ? this.translate("content.kept-aside", { answer: title }) : "");
    const { respondent = "", answered = "" } = answer ?? {};
    const time = respondent && formatTime(answered, this.checklist.lang);
    this.#showExtra(view, "given", respondent && this.translate("question.given-by", { respondent, time }));

    const isExcluded = choice?.role === "excluded";
    if (reasonField) reasonField.hidden = !isExcluded && !answer?.justification;

    const isWithdrawn = value !== "" && !radios.some((radio) => radio.value === value);
    const isChanged = answer !== undefined && answer.rev !== item.rev;
    const markText = isWithdrawn
      ? this.translate("question.not-offered", { answer: title })
      : isChanged
        ? this.translate("question.changed")
        : "";
    // An answer that is no longer offered cannot be confirmed, only replaced.
    this.#showExtra(view, "mark", markText)?.classList.toggle("tf-mark--no-button", isWithdrawn);
  }
}
