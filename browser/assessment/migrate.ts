// Bringing an assessment to the checklist of this page, without dropping an answer.
// The same as generator/tebiki/results/migrate.py; tests/vectors/migration.json tests both.
import { MAX_ID_LENGTH, MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import { choicesFor, isValidContent } from "./content";
import { textLength } from "./draft";
import type { Answer, Checklist, Draft } from "./model";

/** An answer that went to an item which replaces others. */
export interface Transfer {
  origins: string[];
  to: string;
}

export interface MigrationReport {
  /** Version that was answered, when it is another one than this page's; otherwise empty. */
  otherVersion: string;
  /** Items answered at their present revision. */
  kept: string[];
  /** Items answered at another revision: to be confirmed. */
  changed: string[];
  /** Active items without any answer. */
  unanswered: string[];
  /** Answers set aside now, because their item is no longer asked. */
  setAside: string[];
  /** Answers taken back, because their item is asked again. */
  restored: string[];
  /** Answers that went to the item which takes the place of theirs. */
  moved: Transfer[];
  /** Items that got the answer of the one they were split from, to be confirmed. */
  split: Transfer[];
  /** Items that got what the items merged into them agreed on, to be confirmed. */
  merged: Transfer[];
}

/** Whether there is anything that the person should be told. */
export function needsAttention(report: MigrationReport): boolean {
  const moved = report.changed.length + report.setAside.length + report.restored.length;
  return report.otherVersion !== "" || moved > 0;
}

/**
 * The draft as the present checklist asks it, and what became of its answers.
 *
 * Answers to retired or unknown items move to the orphans, and so does content that the item no
 * longer takes. An orphan moves back when its item is
 * asked and nothing else stands there. Values and revisions stay as they are: an answer at another
 * revision is confirmed by the person, not by us. `updated` stays, since nobody answered anything.
 */
export function migrateDraft(draft: Draft, checklist: Checklist): { draft: Draft; report: MigrationReport } {
  const answers = new Map<string, Answer>();
  const orphans = new Map<string, Answer>();
  const report: MigrationReport = {
    otherVersion: isOther(draft, checklist) ? draft.checklist.version : "",
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
    if (hasPlace(id, answer, checklist)) answers.set(id, answer);
    else {
      orphans.set(id, answer);
      report.setAside.push(id);
    }
  }
  for (const [id, answer] of draft.orphans) {
    const other = orphans.get(id);
    if (hasPlace(id, answer, checklist) && !answers.has(id) && isUnderstood(id, answer, checklist)) {
      answers.set(id, answer);
      report.restored.push(id);
    } else if (!other) orphans.set(id, answer);
    else if (!isSame(other, answer)) orphans.set(freeName(id, [orphans, draft.orphans, checklist.items]), answer);
  }
  if (report.otherVersion !== "") takeOver(answers, orphans, checklist, report);
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

function isOther(draft: Draft, checklist: Checklist): boolean {
  return draft.checklist.digest !== checklist.digest || draft.checklist.version !== checklist.version;
}

function isActive(id: string, checklist: Checklist): boolean {
  return checklist.items.get(id)?.status === "active";
}

/** Whether the item is asked and takes content such as the answer has. */
function hasPlace(id: string, { content }: Answer, checklist: Checklist): boolean {
  const item = checklist.items.get(id);
  if (item?.status !== "active") return false;
  return content === undefined || isValidContent(item, content, checklist);
}

function isUnderstood(id: string, answer: Answer, checklist: Checklist): boolean {
  const item = checklist.items.get(id);
  return answer.value === "" || (item !== undefined && choicesFor(item, checklist).has(answer.value));
}

/** Answers come from files with their members in any order. */
function isSame(one: Answer, other: Answer): boolean {
  const sorted = (answer: Answer): string =>
    JSON.stringify(Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}

/**
 * Gives items without an answer those of the items that they replace.
 *
 * An answer that moves leaves the orphans. One that is split or merged stays there as well: what is
 * made of it is only a proposal, which the person confirms.
 */
function takeOver(
  answers: Map<string, Answer>,
  orphans: Map<string, Answer>,
  checklist: Checklist,
  report: MigrationReport,
): void {
  const active = [...checklist.items.values()].filter((item) => item.status === "active");
  const takers = new Map<string, number>();
  for (const item of active) {
    for (const origin of item.replaces ?? []) takers.set(origin, (takers.get(origin) ?? 0) + 1);
  }
  const taken = new Set<string>();
  for (const item of active) {
    const replaces = item.replaces ?? [];
    if (answers.has(item.id)) continue;
    const found = new Map<string, Answer>();
    for (const origin of replaces) {
      const answer = orphans.get(origin);
      const fits = answer && hasPlace(item.id, answer, checklist) && isUnderstood(item.id, answer, checklist);
      if (fits && !isActive(origin, checklist)) found.set(origin, answer);
    }
    const [first] = found;
    if (!first) continue;
    const [origin, answer] = first;
    const origins = [...found.keys()];
    for (const name of origins) taken.add(name);
    if (replaces.length > 1) report.merged.push({ origins, to: item.id });
    else if ((takers.get(origin) ?? 0) > 1) report.split.push({ origins, to: item.id });
    else {
      report.moved.push({ origins, to: item.id });
      answers.set(item.id, answer);
      orphans.delete(origin);
      continue;
    }
    answers.set(item.id, { ...proposal(answer, [...found.values()]), rev: Math.max(1, item.rev - 1) });
  }
  report.setAside = report.setAside.filter((id) => !taken.has(id));
}

/** One answer made of several: their value where they agree, their texts one after the other. */
function proposal(first: Answer, answers: readonly Answer[]): Answer {
  if (answers.length === 1) return first;
  const agree = answers.every((one) => one.value === first.value && one.content === undefined);
  const combined: Answer = { rev: 0, value: agree ? first.value : "", note: "", evidence: "", justification: "" };
  for (const field of TEXT_FIELDS) {
    const text = [...new Set(answers.map((one) => one[field]).filter(Boolean))].join("\n");
    combined[field] = textLength(text) <= MAX_TEXT_LENGTH ? text : ""; // whole in the orphans
  }
  return combined;
}

/** A name for a second answer to one item, so that neither is lost. */
function freeName(id: string, used: readonly ReadonlyMap<string, unknown>[]): string {
  for (let number = 1; ; number += 1) {
    const ending = `-earlier-${number}`;
    const free = id.slice(0, MAX_ID_LENGTH - ending.length).replace(/-+$/, "") + ending;
    if (!used.some((names) => names.has(free))) return free;
  }
}
