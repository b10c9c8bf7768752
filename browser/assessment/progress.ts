// How far the assessment is. Counts only: nothing here weighs answers or sums them into a figure.
import { ANSWERED, SETTLED_STATUSES } from "../build/shared-constants";
import { askedItems } from "./conditions";
import { choicesAlone, contentStanding, isPossible } from "./content";
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
export type Standing = "unanswered" | "incomplete" | "to-confirm" | "reason-missing" | "open" | "answered";

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
  standings: ReadonlyMap<string, Standing>;
  total: Tally;
  sections: ReadonlyMap<string, Tally>;
}

/** Where an asked item stands with this answer. */
export function standingOf(item: Item, answer: Answer | undefined, checklist: Checklist): Standing {
  if (!answer) return "unanswered";
  const { value, content } = answer;
  const role = choicesAlone(item, checklist).get(value)?.role;
  if (value !== "" && !role) return "unanswered";
  if (value === "" && (content === undefined || !isPossible(item, content, checklist))) return "unanswered";
  if (answer.rev !== item.rev) return "to-confirm";
  if (role === "excluded" && answer.justification.trim() === "") return "reason-missing";
  if (value === "") return contentStanding(item, content as Content, checklist);
  return role === "open" ? "open" : "answered";
}

const SETTLED: ReadonlySet<Standing> = new Set(SETTLED_STATUSES);

/** Whether an item of this standing counts as answered. */
export function isSettled(standing: Standing): boolean {
  return SETTLED.has(standing);
}

function tally(
  items: readonly Item[],
  standings: ReadonlyMap<string, Standing>,
  answers: ReadonlyMap<string, Answer>,
): Tally {
  const byAnswer = new Map<string, number>();
  let asked = 0;
  let answered = 0;
  let minutes = 0;
  for (const item of items) {
    const standing = standings.get(item.id);
    if (!standing) continue;
    asked += 1;
    if (!isSettled(standing)) {
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
  const standings = new Map<string, Standing>();
  for (const item of items) {
    if (asked.has(item.id)) standings.set(item.id, standingOf(item, answers.get(item.id), checklist));
  }
  return {
    asked,
    standings,
    total: tally(items, standings, answers),
    sections: new Map(checklist.sections.map((section) => [section.id, tally(section.items, standings, answers)])),
  };
}
