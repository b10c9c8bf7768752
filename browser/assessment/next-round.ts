// The next round of an assessment: a new assessment that starts with the answers of an earlier one.
import { newDraft } from "./draft";
import type { Checklist, Draft } from "./model";

/**
 * A new assessment with the answers of `before`, which is not modified.
 *
 * Answers keep their attribution and the version that was answered: migrating them to `checklist` (migrateDraft) then
 * marks those to be confirmed and records the version. Planned and started actions are carried over, the round is not.
 *
 * @param id A UUID
 * @param now An RFC 3339 time in UTC
 */
export function nextRound(before: Draft, id: string, now: string, checklist: Checklist): Draft {
  const { version, digest } = before.checklist;
  const open = (before.actions ?? []).filter(({ state }) => state === "planned" || state === "started");
  return {
    ...newDraft(checklist, id, now),
    checklist: { id: checklist.id, version, digest },
    label: before.label,
    kind: before.kind,
    identifier: before.identifier,
    respondent: before.respondent,
    actions: open,
    answers: before.answers,
    orphans: before.orphans,
  };
}
