// The entry of the bundle that shows what some checklists add to a form, which form/list-features-loader.ts loads:
// advice, proposed answers, evidence for some answers only, running results, and one section at a time.
import { actionFor } from "../assessment/action-plan";
import type { AnswerChange } from "../assessment/draft";
import type { Action, Answer, Checklist, Draft } from "../assessment/model";
import type { AppliedResult } from "../assessment/conditions";
import type { Translate } from "../assessment/translate";
import { createAnswerParts } from "./answer-parts";
import { Pages } from "./pages";
import { ResultsView } from "./results-view";

export interface ListFeatureHandlers {
  onAnswer: (item: string, change: AnswerChange) => void;
  /** The action plan. */
  actions: () => readonly Action[];
  onActions: (actions: readonly Action[]) => void;
  onMessage: (text: string) => void;
}

export interface ListFeatures {
  show: (draft: Draft, applied: readonly AppliedResult[]) => void;
}

interface AnswerParts {
  id: string;
  show: (answer: Answer | undefined) => void;
}

/** Prepares the page; returns what shows the parts for a draft. */
export function createListFeatures(
  form: HTMLFormElement,
  checklist: Checklist,
  translate: Translate,
  { onAnswer, actions, onActions, onMessage }: ListFeatureHandlers,
): ListFeatures {
  const onAction = (item: string, text: string): void => {
    const planned = actions();
    if (!planned.some((action) => action.item === item && action.text === text))
      onActions([...planned, { ...actionFor(item), text }]);
    onMessage(translate("advice.added", { action: text }));
  };
  const parts: AnswerParts[] = [];
  for (const fieldset of form.querySelectorAll<HTMLElement>("fieldset[data-item]")) {
    const item = checklist.items.get(fieldset.dataset["item"] ?? "");
    if (item && (item.advice ?? item.default ?? item.evidence_for))
      parts.push({
        id: item.id,
        show: createAnswerParts(fieldset, item, checklist, translate, { onAnswer, onAction }),
      });
  }
  const results = checklist.results.length > 0 ? new ResultsView(form, checklist, translate, onMessage) : undefined;
  let shown: ReadonlyMap<string, Answer> | undefined;
  return {
    show: (draft, applied) => {
      for (const { id, show } of parts) {
        const answer = draft.answers.get(id);
        if (!shown || shown.get(id) !== answer) show(answer);
      }
      shown = draft.answers;
      results?.show(draft, applied);
    },
  };
}

const modules = { createListFeatures, Pages };

declare global {
  var tebikiListFeatures: typeof modules | undefined;
}

globalThis.tebikiListFeatures = modules;

export type ListFeatureModules = typeof modules;
