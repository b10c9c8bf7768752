// Compares two assessments. Equals generator/tebiki/results/compare.py.
import { ANSWERED, CHANGES, COMPARED_STATUSES, ROLE_RANKS } from "../build/shared-constants";
import { choicesFor } from "./content";
import type { Answer, Checklist, Draft, Item, Role } from "./model";
import type { AnswerStatus } from "./progress";
import { progressOf } from "./progress";
import { comparableAnswer } from "./canonical";

/**
 * The change of a question. `improved` and `fell` compare the roles positive, partial and negative; `other` is any
 * other change; `new` was not answered before, `gone` is not answered any more.
 */
export interface Change {
  item: string;
  /** Ids of answers; `answered` for content without an id; empty for no answer. */
  before: string;
  after: string;
  change: (typeof CHANGES)[number];
}

const RANKS: Partial<Record<Role, number>> = ROLE_RANKS;
const COMPARED: ReadonlySet<AnswerStatus | undefined> = new Set(COMPARED_STATUSES);

/**
 * The changes of all questions that are answered in at least one of two drafts, in the order of the checklist.
 * Answers that are not asked, to be confirmed, or no longer offered do not count.
 *
 * @param before A draft that is migrated to `checklist`
 * @param after A draft that is migrated to `checklist`
 */
export function compare(before: Draft, after: Draft, checklist: Checklist): Change[] {
  const answersIn = (draft: Draft): ((id: string) => Answer | undefined) => {
    const { statuses: standings } = progressOf(checklist, draft.answers);
    return (id) => (COMPARED.has(standings.get(id)) ? draft.answers.get(id) : undefined);
  };
  const [answerBefore, answerAfter] = [answersIn(before), answersIn(after)];
  return [...checklist.items.values()].flatMap((item): Change[] => {
    const answers = [answerBefore(item.id), answerAfter(item.id)] as const;
    if (!answers[0] && !answers[1]) return [];
    return [
      {
        item: item.id,
        before: answerId(answers[0]),
        after: answerId(answers[1]),
        change: changeOf(...answers, item, checklist),
      },
    ];
  });
}

/** The number of questions by kind of change, in the order of CHANGES. */
export function tallyOf(changes: readonly Change[]): Map<string, number> {
  return new Map(CHANGES.map((kind) => [kind, changes.filter((entry) => entry.change === kind).length]));
}

function answerId(answer: Answer | undefined): string {
  return answer ? answer.value || ANSWERED : "";
}

function changeOf(
  answerBefore: Answer | undefined,
  answerAfter: Answer | undefined,
  item: Item,
  checklist: Checklist,
): Change["change"] {
  if (!answerBefore || !answerAfter) return answerBefore ? "gone" : "new";
  if (comparableAnswer(answerBefore) === comparableAnswer(answerAfter)) return "same";
  const rank = ({ value }: Answer): number | undefined => RANKS[choicesFor(item, checklist).get(value)?.role ?? "open"];
  const [before, after] = [rank(answerBefore), rank(answerAfter)];
  if (before === undefined || after === undefined || before === after) return "other";
  return after > before ? "improved" : "fell";
}
