// How far the assessment is. Counts only: nothing here weighs answers or sums them into a figure.
import { ANSWERED, SETTLED_STATUSES } from "../build/shared-constants";
import { askedItems } from "./conditions";
import { standaloneChoices, contentStatus, isValidContent } from "./content";
import type { Answer, Checklist, Content, Item } from "./model";

/**
 * Where one asked item stands.
 *
 * - `unanswered`: no answer, or one that the item does not offer (any more)
 * - `incomplete`: something that is needed is missing in it, or is not possible
 * - `to-confirm`: answered, but the question has changed since
 * - `reason-missing`: "not applicable" without its reason
 * - `open`: answered with "not yet known"; counts as answered and is listed as to find out
 * - `answered`: everything else
 */
export type AnswerStatus = "unanswered" | "incomplete" | "to-confirm" | "reason-missing" | "open" | "answered";

export interface Tally {
  asked: number;
  answered: number;
  /** Number of answered items by answer id; ANSWERED for those answered in another way. */
  byAnswer: ReadonlyMap<string, number>;
  /** How long what is not answered takes, roughly, in minutes. */
  minutes: number;
}

export interface Progress {
  asked: ReadonlySet<string>;
  statuses: ReadonlyMap<string, AnswerStatus>;
  total: Tally;
  sections: ReadonlyMap<string, Tally>;
}

/** Where an asked item stands with this answer. */
export function answerStatus(item: Item, answer: Answer | undefined, checklist: Checklist): AnswerStatus {
  if (!answer) return "unanswered";
  const { value, content } = answer;
  const role = standaloneChoices(item, checklist).get(value)?.role;
  if (value !== "" && !role) return "unanswered";
  if (value === "" && (content === undefined || !isValidContent(item, content, checklist))) return "unanswered";
  if (answer.rev !== item.rev) return "to-confirm";
  if (role === "excluded" && answer.justification.trim() === "") return "reason-missing";
  if (value === "") return contentStatus(item, content as Content, checklist);
  return role === "open" ? "open" : "answered";
}

const SETTLED: ReadonlySet<AnswerStatus> = new Set(SETTLED_STATUSES);

/** Whether an item of this standing counts as answered. */
export function countsAsAnswered(status: AnswerStatus): boolean {
  return SETTLED.has(status);
}

function tally(
  items: readonly Item[],
  statuses: ReadonlyMap<string, AnswerStatus>,
  answers: ReadonlyMap<string, Answer>,
): Tally {
  const byAnswer = new Map<string, number>();
  let asked = 0;
  let answered = 0;
  let minutes = 0;
  for (const item of items) {
    const status = statuses.get(item.id);
    if (!status) continue;
    asked += 1;
    if (!countsAsAnswered(status)) {
      minutes += item.minutes ?? 0;
      continue;
    }
    answered += 1;
    const value = answers.get(item.id)?.value || ANSWERED;
    byAnswer.set(value, (byAnswer.get(value) ?? 0) + 1);
  }
  return { asked, answered, byAnswer, minutes };
}

/** What is asked, where each asked item stands, and the counts in total and by section. */
export function progressOf(checklist: Checklist, answers: ReadonlyMap<string, Answer>): Progress {
  const asked = askedItems(checklist, answers);
  const items = checklist.sections.flatMap((section) => section.items);
  const statuses = new Map<string, AnswerStatus>();
  for (const item of items) {
    if (asked.has(item.id)) statuses.set(item.id, answerStatus(item, answers.get(item.id), checklist));
  }
  return {
    asked,
    statuses: statuses,
    total: tally(items, statuses, answers),
    sections: new Map(checklist.sections.map((section) => [section.id, tally(section.items, statuses, answers)])),
  };
}
