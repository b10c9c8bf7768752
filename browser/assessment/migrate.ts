// Migrates an assessment to the checklist version of this page, without dropping an answer.
// Equals generator/tebiki/results/migrate.py; tests/vectors/migration.json tests both.
import { MAX_ID_LENGTH, MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import { choicesFor } from "./content";
import { textLength } from "./draft";
import { areEqual } from "./equality";
import type { Answer, Checklist, Draft } from "./model";
import { isAccepted, isOfVersion } from "./up-to-date";

/** The transfer of answers to an item that replaces others. */
export interface Transfer {
  origins: string[];
  to: string;
}

export interface MigrationReport {
  /** The version that was answered, if it differs from that of this page; otherwise empty. */
  otherVersion: string;
  /** Items that were answered at their present revision. */
  kept: string[];
  /** Items that were answered at another revision: to be confirmed. */
  changed: string[];
  /** Active items without an answer. */
  unanswered: string[];
  /** Answers that became orphans, because their item is no longer asked. */
  setAside: string[];
  /** Orphans that became answers, because their item is asked again. */
  restored: string[];
  /** Answers that were moved to the item that replaces theirs. */
  moved: Transfer[];
  /** Items that got the answer of the item they were split from, to be confirmed. */
  split: Transfer[];
  /** Items that got the common answer of the items merged into them, to be confirmed. */
  merged: Transfer[];
}

/** What is loaded when a draft is not up to date; see ./up-to-date.ts. */
export interface Migration {
  migrateDraft: typeof migrateDraft;
  needsAttention: typeof needsAttention;
}

/** Whether the report has anything to show to the person. */
export function needsAttention(report: MigrationReport): boolean {
  const moved = report.changed.length + report.setAside.length + report.restored.length;
  return report.otherVersion !== "" || moved > 0;
}

/**
 * Migrates a draft to a checklist and reports what became of its answers.
 *
 * Answers to retired or unknown items become orphans, and so do answers whose content the item no longer accepts. An
 * orphan becomes an answer again when its item is active and has no answer. Values and revisions do not change: the
 * person has to confirm an answer at another revision. `updated` stays, since nobody answered anything.
 */
export function migrateDraft(draft: Draft, checklist: Checklist): { draft: Draft; report: MigrationReport } {
  const answers = new Map<string, Answer>();
  const orphans = new Map<string, Answer>();
  const report: MigrationReport = {
    otherVersion: isOfVersion(draft, checklist) ? "" : draft.checklist.version,
    kept: [],
    changed: [],
    unanswered: [],
    setAside: [],
    restored: [],
    moved: [],
    split: [],
    merged: [],
  };

  for (const [id, answer] of draft.answers) {
    if (isAccepted(id, answer, checklist)) answers.set(id, answer);
    else {
      orphans.set(id, answer);
      report.setAside.push(id);
    }
  }
  for (const [id, answer] of draft.orphans) {
    const other = orphans.get(id);
    if (isAccepted(id, answer, checklist) && !answers.has(id) && hasKnownValue(id, answer, checklist)) {
      answers.set(id, answer);
      report.restored.push(id);
    } else if (!other) orphans.set(id, answer);
    else if (!areEqual(other, answer)) orphans.set(unusedId(id, [orphans, draft.orphans, checklist.items]), answer);
  }
  if (report.otherVersion !== "") transferAnswers(answers, orphans, checklist, report);
  for (const item of checklist.items.values()) {
    if (item.status !== "active") continue;
    const answer = answers.get(item.id);
    if (!answer) report.unanswered.push(item.id);
    else if (answer.rev === item.rev) report.kept.push(item.id);
    else report.changed.push(item.id);
  }
  if (report.otherVersion === "" && report.setAside.length + report.restored.length === 0) {
    return { draft, report };
  }
  const { id, version, digest } = checklist;
  const from = version === draft.checklist.version ? draft.checklist.carried_from : draft.checklist.version;
  const carried = from === undefined ? {} : { carried_from: from };
  return {
    draft: { ...draft, checklist: { id, version, digest, ...carried }, handbook: checklist.handbook, answers, orphans },
    report,
  };
}

function isActive(id: string, checklist: Checklist): boolean {
  return checklist.items.get(id)?.status === "active";
}

function hasKnownValue(id: string, answer: Answer, checklist: Checklist): boolean {
  const item = checklist.items.get(id);
  return answer.value === "" || (item !== undefined && choicesFor(item, checklist).has(answer.value));
}

/**
 * Transfers answers to items without one from the items that they replace.
 *
 * A moved answer is removed from the orphans. A split or merged answer also stays there: what is derived from it is
 * only a proposal for the person to confirm.
 */
function transferAnswers(
  answers: Map<string, Answer>,
  orphans: Map<string, Answer>,
  checklist: Checklist,
  report: MigrationReport,
): void {
  const active = [...checklist.items.values()].filter((item) => item.status === "active");
  const successorCounts = new Map<string, number>();
  for (const item of active) {
    for (const origin of item.replaces ?? []) successorCounts.set(origin, (successorCounts.get(origin) ?? 0) + 1);
  }
  const transferred = new Set<string>();
  for (const item of active) {
    const replaces = item.replaces ?? [];
    if (answers.has(item.id)) continue;
    const candidates = new Map<string, Answer>();
    for (const origin of replaces) {
      const answer = orphans.get(origin);
      const fits = answer && isAccepted(item.id, answer, checklist) && hasKnownValue(item.id, answer, checklist);
      if (fits && !isActive(origin, checklist)) candidates.set(origin, answer);
    }
    const [first] = candidates;
    if (!first) continue;
    const [origin, answer] = first;
    const origins = [...candidates.keys()];
    for (const name of origins) transferred.add(name);
    if (replaces.length > 1) report.merged.push({ origins, to: item.id });
    else if ((successorCounts.get(origin) ?? 0) > 1) report.split.push({ origins, to: item.id });
    else {
      report.moved.push({ origins, to: item.id });
      answers.set(item.id, answer);
      orphans.delete(origin);
      continue;
    }
    answers.set(item.id, { ...proposal(answer, [...candidates.values()]), rev: Math.max(1, item.rev - 1) });
  }
  report.setAside = report.setAside.filter((id) => !transferred.has(id));
}

/** Combines answers: their value where they agree, and their texts joined. */
function proposal(first: Answer, answers: readonly Answer[]): Answer {
  if (answers.length === 1) return first;
  const agree = answers.every((answer) => answer.value === first.value && answer.content === undefined);
  const combined: Answer = { rev: 0, value: agree ? first.value : "", note: "", evidence: "", justification: "" };
  for (const field of TEXT_FIELDS) {
    const text = [...new Set(answers.map((answer) => answer[field]).filter(Boolean))].join("\n");
    combined[field] = textLength(text) <= MAX_TEXT_LENGTH ? text : ""; // the orphans keep the whole texts
  }
  return combined;
}

/** An unused id for a second answer to an item, so that neither is lost. */
function unusedId(id: string, used: readonly ReadonlyMap<string, unknown>[]): string {
  for (let number = 1; ; number += 1) {
    const ending = `-earlier-${number}`;
    const free = id.slice(0, MAX_ID_LENGTH - ending.length).replace(/-+$/, "") + ending;
    if (!used.some((names) => names.has(free))) return free;
  }
}
