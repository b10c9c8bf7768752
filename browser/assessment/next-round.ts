// The next round of an assessment: a new one that begins with the answers of an earlier one.
import { newDraft } from "./draft";
import type { Checklist, Draft } from "./model";

/**
 * A new assessment (`id`, begun at `now`) with the answers of `before`, which is left alone.
 *
 * Answers stay as they were given, with who gave them and when, and against the version they were given to: bringing
 * them to `checklist` (fitToChecklist) marks those to be confirmed and notes the version. What is planned or under way
 * in the action plan comes along; the round does not, since this is another one.
 */
export function nextRound(before: Draft, id: string, now: string, checklist: Checklist): Draft {
  const { version, digest } = before.checklist;
  const open = (before.actions ?? []).filter(({ state }) => state === "planned" || state === "started");
  return {
    ...newDraft(checklist, id, now),
    checklist: { id: checklist.id, version, digest },
    label: before.label,
    kind: before.kind,
    respondent: before.respondent,
    actions: open,
    answers: before.answers,
    orphans: before.orphans,
  };
}
