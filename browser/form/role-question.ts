// The question, after a file was opened, in which role its answers are given from now on.
import type { Draft } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import { button, el } from "../shared/dom";

/**
 * Whether to ask: the assessment has answers, which somebody else may have given, and nobody here has said in which
 * role they answer, or that they do without.
 */
export function asksForRole({ answers, respondent }: Draft): boolean {
  return answers.size > 0 && respondent === undefined;
}

/**
 * The question with its field.
 *
 * @param proposal The role that was given for another assessment in this browser; empty without one
 * @param onAnswer Called with the role; empty to answer without one
 */
export function roleQuestion(proposal: string, translate: Translate, onAnswer: (role: string) => void): HTMLElement {
  const attributes = {
    type: "text",
    id: "tebiki-role",
    maxlength: "200",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "tebiki-role-hint",
  };
  const input = el("input", { class: "tf-input", testid: "role", attributes });
  input.value = proposal;
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) onAnswer(input.value);
  });
  return el(
    "div",
    {
      class: "tf-notice",
      testid: "role-question",
      attributes: { role: "group", "aria-label": translate("role.title") },
    },
    el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: input.id } }, translate("role.title")),
      input,
      el("p", { class: "tf-field__hint", attributes: { id: "tebiki-role-hint" } }, translate("panel.respondent-hint")),
    ),
    el(
      "div",
      { class: "tf-panel__buttons" },
      button(translate("role.record"), {
        testid: "role-record",
        class: "tf-button--main",
        onClick: () => onAnswer(input.value),
      }),
      button(translate("role.none"), { testid: "role-none", class: "tf-button--quiet", onClick: () => onAnswer("") }),
    ),
  );
}
