// The progress of an assessment. It only counts: answers are neither weighted nor summed into a score.
import { ANSWERED, SETTLED_STATUSES } from "../build/shared-constants";
import { askedItems } from "./conditions";
import { standaloneChoices, contentStatus, isValidContent, isWritten } from "./content";
import type { Answer, Checklist, Content, Item } from "./model";

/**
 * The answer status of an asked item.
 *
 * - `unanswered`: no answer, or an answer that the item does not offer
 * - `incomplete`: a required text is missing or not valid
 * - `to-confirm`: answered, but the question has changed since
 * - `reason-missing`: "not applicable" without a reason
 * - `open`: answered with "not yet known"; counts as answered and is listed as to be found out
 * - `answered`: all other answers
 */
export type AnswerStatus = "unanswered" | "incomplete" | "to-confirm" | "reason-missing" | "open" | "answered";

export interface Tally {
  asked: number;
  answered: number;
  /** Number of answered items by answer id; ANSWERED for those answered with content. */
  byAnswer: ReadonlyMap<string, number>;
  /** Approximate time for the unanswered items, in whole minutes. */
  minutes: number;
  /**
   * Whether something is asked, and the required items are answered: those marked so, or all where none of the asked
   * items of a section is marked.
   */
  isComplete: boolean;
}

export interface Progress {
  asked: ReadonlySet<string>;
  statuses: ReadonlyMap<string, AnswerStatus>;
  total: Tally;
  sections: ReadonlyMap<string, Tally>;
  levels: ReadonlyMap<string, Tally>;
}

/** The status of an asked item with an answer. */
export function answerStatus(item: Item, answer: Answer | undefined, checklist: Checklist): AnswerStatus {
  if (!answer) return "unanswered";
  const { value, content } = answer;
  const role = standaloneChoices(item, checklist).get(value)?.role;
  if (value !== "" && !role) return "unanswered";
  if (value === "" && (content === undefined || !isValidContent(item, content, checklist))) return "unanswered";
  if (answer.rev !== item.rev) return "to-confirm";
  if (role === "excluded" && !isWritten(answer.justification)) return "reason-missing";
  if (value === "") return contentStatus(item, content as Content, checklist);
  return role === "open" ? "open" : "answered";
}

const SETTLED: ReadonlySet<AnswerStatus> = new Set(SETTLED_STATUSES);

/** Whether an item with this status counts as answered. */
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
  let required = 0;
  let requiredAnswered = 0;
  let minutes = 0;
  for (const item of items) {
    const status = statuses.get(item.id);
    if (!status) continue;
    asked += 1;
    if (item.required) required += 1;
    if (!countsAsAnswered(status)) {
      minutes += item.minutes ?? 0;
      continue;
    }
    answered += 1;
    if (item.required) requiredAnswered += 1;
    const value = answers.get(item.id)?.value || ANSWERED;
    byAnswer.set(value, (byAnswer.get(value) ?? 0) + 1);
  }
  // Shares of a whole add up to a little more or less than the whole: 7 × 600/7 must not become 601.
  const wholeMinutes = Math.ceil(Math.round(minutes * 1000) / 1000);
  const isComplete = required > 0 ? requiredAnswered === required : asked > 0 && answered === asked;
  return { asked, answered, byAnswer, minutes: wholeMinutes, isComplete };
}

/** The question where somebody goes on who has answered some questions, but not all. */
export function firstUnsettled(checklist: Checklist, { statuses, total }: Progress): Item | undefined {
  if (total.answered === 0) return undefined;
  for (const [id, status] of statuses) if (!countsAsAnswered(status)) return checklist.items.get(id);
  return undefined;
}

/** The asked items, their statuses, and the counts in total and by section. */
export function progressOf(checklist: Checklist, answers: ReadonlyMap<string, Answer>): Progress {
  const asked = askedItems(checklist, answers);
  const items = checklist.sections.flatMap((section) => section.items);
  const statuses = new Map<string, AnswerStatus>();
  for (const item of items) {
    if (asked.has(item.id)) statuses.set(item.id, answerStatus(item, answers.get(item.id), checklist));
  }
  const count = (counted: readonly Item[]): Tally => tally(counted, statuses, answers);
  const sections = new Map(checklist.sections.map((section) => [section.id, count(section.items)] as const));
  const asking = [...sections.values()].filter((section) => section.asked > 0);
  const isComplete = asking.length > 0 && asking.every((section) => section.isComplete);
  const levels = checklist.levels.map(({ id }) => [id, count(items.filter((item) => item.level === id))] as const);
  return { asked, statuses, total: { ...count(items), isComplete }, sections, levels: new Map(levels) };
}
