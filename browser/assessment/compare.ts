// Two results side by side, as generator/tebiki/results/compare.py: what improved, what fell, what is new.
import { ANSWERED, CHANGES, COMPARED_STATUSES, ROLE_RANKS } from "../build/shared-constants";
import { choicesFor } from "./content";
import type { Answer, Checklist, Draft, Item, Role } from "./model";
import type { AnswerStatus } from "./progress";
import { progressOf } from "./progress";
import { comparableAnswer } from "./canonical";

/**
 * What became of one question. `improved` and `fell` compare the roles positive, partial and negative; `other` is
 * any other change; `new` was not answered before, `gone` is not answered any more.
 */
export interface Change {
  item: string;
  /** Ids of answers; `answered` for what was entered instead of one; empty where there is none. */
  before: string;
  after: string;
  change: (typeof CHANGES)[number];
}

const RANKS: Partial<Record<Role, number>> = ROLE_RANKS;
const COMPARED: ReadonlySet<AnswerStatus | undefined> = new Set(COMPARED_STATUSES);

/**
 * Every question that is answered in one of two drafts, both fitted to `checklist`, in its order. An answer to a
 * question that is not asked there, and one that a person has to confirm or to choose again, count as none.
 */
export function compare(before: Draft, after: Draft, checklist: Checklist): Change[] {
  const given = (draft: Draft): ((id: string) => Answer | undefined) => {
    const { statuses: standings } = progressOf(checklist, draft.answers);
    return (id) => (COMPARED.has(standings.get(id)) ? draft.answers.get(id) : undefined);
  };
  const [then, now] = [given(before), given(after)];
  return [...checklist.items.values()].flatMap((item): Change[] => {
    const answers = [then(item.id), now(item.id)] as const;
    if (!answers[0] && !answers[1]) return [];
    return [
      {
        item: item.id,
        before: counted(answers[0]),
        after: counted(answers[1]),
        change: changeOf(...answers, item, checklist),
      },
    ];
  });
}

/** How many questions there are of each change, in the order of CHANGES. */
export function tallyOf(changes: readonly Change[]): Map<string, number> {
  return new Map(CHANGES.map((change) => [change, changes.filter((one) => one.change === change).length]));
}

function counted(answer: Answer | undefined): string {
  return answer ? answer.value || ANSWERED : "";
}

function changeOf(
  was: Answer | undefined,
  now: Answer | undefined,
  item: Item,
  checklist: Checklist,
): Change["change"] {
  if (!was || !now) return was ? "gone" : "new";
  if (comparableAnswer(was) === comparableAnswer(now)) return "same";
  const rank = ({ value }: Answer): number | undefined => RANKS[choicesFor(item, checklist).get(value)?.role ?? "open"];
  const [before, after] = [rank(was), rank(now)];
  if (before === undefined || after === undefined || before === after) return "other";
  return after > before ? "improved" : "fell";
}
