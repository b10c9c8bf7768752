// The next round of an assessment: a new assessment that starts with the answers of an earlier one.
import { newDraft } from "./draft";
import type { Checklist, Draft } from "./model";

/**
 * A name for the next round of an assessment: with the next number of the round or the next year where its name has
 * one, otherwise numbered; the current year for an assessment without a name.
 *
 * @param taken The names that other assessments have
 * @param thisYear The current year
 */
export function nextLabel(label: string, taken: readonly string[], thisYear: number): string {
  let next = label === "" ? String(thisYear) : followingLabel(label, thisYear);
  while (taken.includes(next)) next = followingLabel(next, thisYear);
  return next;
}

const ROUND_NUMBER = /(?<=第\s*|\b(?:round|no\.|#)\s*)[0-9]{1,3}(?![0-9])/iu;
const YEAR = /(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/u;
const NUMBERED = /(?<= \()[0-9]{1,3}(?=\)$)/u;

function followingLabel(label: string, thisYear: number): string {
  const increment = (number: string): string => String(Number(number) + 1);
  if (ROUND_NUMBER.test(label)) return label.replace(ROUND_NUMBER, increment);
  if (YEAR.test(label)) return label.replace(YEAR, (year) => String(Math.max(Number(year) + 1, thisYear)));
  return NUMBERED.test(label) ? label.replace(NUMBERED, increment) : `${label} (2)`;
}

/**
 * A new assessment with the answers of `before`, which is not modified.
 *
 * Answers keep their attribution and the version that was answered: migrating them to `checklist` (migrateDraft) then
 * marks those to be confirmed and records the version. Planned and started actions are carried over, the round is not.
 *
 * @param label Its name
 * @param id A UUID
 * @param now An RFC 3339 time in UTC
 */
export function nextRound(before: Draft, label: string, id: string, now: string, checklist: Checklist): Draft {
  const { version, digest } = before.checklist;
  const open = (before.actions ?? []).filter(({ state }) => state === "planned" || state === "started");
  return {
    ...newDraft(checklist, id, now),
    checklist: { id: checklist.id, version, digest },
    label,
    kind: before.kind,
    identifier: before.identifier,
    respondent: before.respondent,
    actions: open,
    answers: before.answers,
    orphans: before.orphans,
  };
}
