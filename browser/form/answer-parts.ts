// The parts of a question that depend on its answer: advice, the proposed answer, and the field for evidence.
import type { AnswerChange } from "../assessment/draft";
import { hasChoice, isCombinable, choicesFor } from "../assessment/content";
import { button } from "../shared/dom";
import type { Answer, Checklist, Item } from "../assessment/model";
import type { Translate } from "../assessment/translate";

export interface AnswerPartsHandlers {
  onAnswer: (item: string, change: AnswerChange) => void;
  /** Takes a ready action over into the action plan. */
  onAction: (item: string, text: string) => void;
}

/** The change that gives the proposed answer. */
function proposedChange(item: Item, checklist: Checklist): AnswerChange {
  const proposal = item.default ?? "";
  if (typeof proposal !== "string") return { content: proposal };
  const choice = choicesFor(item, checklist).get(proposal);
  if (!choice) return { content: proposal };
  return item.type === "choices" && isCombinable(choice) ? { content: [proposal] } : { value: proposal };
}

/** Prepares the parts of a question; returns the function that shows them for an answer. */
export function createAnswerParts(
  fieldset: HTMLElement,
  item: Item,
  checklist: Checklist,
  translate: Translate,
  { onAnswer, onAction }: AnswerPartsHandlers,
): (answer: Answer | undefined) => void {
  const shown: ((answer: Answer | undefined) => void)[] = [];
  for (const [index, { for: answers, action }] of (item.advice ?? []).entries()) {
    const element = fieldset.querySelector<HTMLElement>(`[data-advice="${index}"]`);
    if (!element) continue;
    for (const title of element.querySelectorAll<HTMLElement>(".tf-advice__title span")) title.hidden = !title.hidden; // on paper, the title names the answers
    if (action)
      element.append(
        button(translate("advice.action", { action }), {
          testid: `action-${item.id}`,
          onClick: () => onAction(item.id, action),
        }),
      );
    shown.push((answer) => {
      element.hidden = !hasChoice(answer, answers);
    });
  }
  const proposal = fieldset.querySelector<HTMLElement>("[data-proposal]");
  if (proposal) {
    const confirm = button(translate("proposal.take"), {
      testid: `take-${item.id}`,
      attributes: { "aria-label": translate("proposal.take-of", { number: item.number }) },
      onClick: () => {
        fieldset.querySelector<HTMLElement>("input, textarea")?.focus(); // the button is about to be hidden
        onAnswer(item.id, proposedChange(item, checklist));
      },
    });
    proposal.append(" ", confirm);
    shown.push((answer) => {
      proposal.hidden = Boolean(answer?.value) || answer?.content !== undefined;
    });
  }
  const evidence = fieldset.querySelector<HTMLElement>(".tf-field--evidence");
  const wanted = item.evidence_for;
  if (evidence && wanted)
    shown.push((answer) => {
      evidence.hidden = !hasChoice(answer, wanted) && !answer?.evidence;
    });
  return (answer) => {
    for (const show of shown) show(answer);
  };
}
