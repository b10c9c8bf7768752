// The record of a draft, and its file.
import { ANSWERED, RESULT_FORMAT, UNANSWERED } from "../build/shared-constants";
import { recordDigest } from "./digest";
import type { Answer, AssessmentRecord, Checklist, Counts, Draft } from "./model";
import type { Tally } from "./progress";
import { progressOf } from "./progress";

// Object.fromEntries creates own properties for all names, including __proto__; assignment does not.
function countsOf(tally: Tally, checklist: Checklist): Counts {
  const sets = [checklist.answers, ...checklist.sets.values()].flatMap((set) => [...set.keys()]);
  const ids = [...new Set([...sets, ANSWERED])];
  const answered = ids.map((id) => [id, tally.byAnswer.get(id) ?? 0] as const);
  const counts = [...answered, [UNANSWERED, tally.asked - tally.answered] as const];
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Answers in the order of the checklist, so that two files can be compared line by line. */
function inOrder(answers: ReadonlyMap<string, Answer>, checklist: Checklist): Record<string, Answer> {
  const inChecklist = [...checklist.items.keys()].filter((id) => answers.has(id));
  const others = [...answers.keys()].filter((id) => !checklist.items.has(id)).sort();
  return Object.fromEntries(
    [...inChecklist, ...others].map((id) => {
      const { rev, value, note, evidence, justification, content, respondent, answered } = answers.get(id) as Answer;
      const always = { rev, value, note, evidence, justification };
      return [id, { ...always, ...definedMembers({ content, respondent, answered }) }];
    }),
  );
}

/** The members that are not undefined: JSON has no undefined. */
function definedMembers<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

/** The lowest version of the format that has all members used, so that older handbooks can read the file. */
function formatVersion(draft: Draft, checklist: Checklist, local: readonly string[] | undefined): string {
  if (checklist.levels.length > 0 || draft.identifier) return "1.3.0";
  if (local) return "1.2.0";
  const isNew = (answer: Answer): boolean =>
    answer.content !== undefined || answer.respondent !== undefined || answer.answered !== undefined;
  const all = [...draft.answers.values(), ...draft.orphans.values()];
  const subject = draft.kind !== undefined || draft.round !== undefined;
  const newer = draft.checklist.carried_from !== undefined || subject || (draft.actions ?? []).length > 0;
  return newer || all.some(isNew) ? "1.1.0" : "1.0.0";
}

/** The checklist without local items: status and figures refer to the shared items only. */
function sharedChecklist(checklist: Checklist): Checklist {
  const sections = checklist.sections.filter(({ local }) => !local);
  return {
    ...checklist,
    sections: sections.map((section) => ({ ...section, items: section.items.filter(({ local }) => !local) })),
  };
}

/**
 * The record of a draft (schemas/assessment-result.schema.json) with status, computed figures and digest. The same
 * draft and checklist always give the same record.
 */
export function recordOf(draft: Draft, checklist: Checklist): AssessmentRecord {
  const progress = progressOf(sharedChecklist(checklist), draft.answers);
  const localItems = checklist.sections.flatMap(({ items }) => items.filter((item) => item.local).map(({ id }) => id));
  const local = localItems[0] ? localItems : draft.local;
  const countsById = (tallies: ReadonlyMap<string, Tally>): Record<string, Counts> =>
    Object.fromEntries([...tallies].map(([id, tally]) => [id, countsOf(tally, checklist)]));
  const record: Omit<AssessmentRecord, "digest"> = {
    format: RESULT_FORMAT,
    format_version: formatVersion(draft, checklist, local),
    id: draft.id,
    checklist: { ...draft.checklist },
    handbook: { ...draft.handbook },
    subject: {
      label: draft.label,
      ...definedMembers({ kind: draft.kind, round: draft.round }),
      ...(draft.identifier ? { identifier: { scheme: draft.identifier.scheme, value: draft.identifier.value } } : {}),
    },
    status: progress.total.isComplete ? "complete" : "in-progress",
    language: draft.language,
    created: draft.created,
    updated: draft.updated,
    answers: inOrder(draft.answers, checklist),
    risks: [],
    actions: (draft.actions ?? []).map(({ item, text, owner, due, state }) => ({ item, text, owner, due, state })),
    ...definedMembers({ local }),
    orphans: inOrder(draft.orphans, checklist),
    computed: {
      total: countsOf(progress.total, checklist),
      sections: countsById(progress.sections),
      ...(checklist.levels.length > 0 ? { levels: countsById(progress.levels) } : {}),
    },
  };
  return { ...record, digest: recordDigest(record) };
}

/** The text of the file: JSON with an indent of two spaces and a final newline. */
export function recordText(record: AssessmentRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

// File systems allow 255 bytes; browsers add a suffix such as " (1)" to a name that exists.
const MAX_NAME_BYTES = 200;

function dateOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time.slice(0, 10); // the schema accepts 2026-13-45
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/**
 * A file name that all common file systems accept: CHECKLIST_LABEL.json or, without a label, CHECKLIST_DATE.json with
 * the local date of the last change.
 */
export function fileName(record: AssessmentRecord): string {
  const label = record.subject.label
    .normalize("NFC")
    // Control and formatting characters, including those that reverse the direction of text.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[\\/:*?"<>|]/g, "-")
    .trim()
    .replace(/\s+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "");
  const maxLabelBytes = MAX_NAME_BYTES - record.checklist.id.length;
  const encoder = new TextEncoder();
  let shortLabel = "";
  let bytes = 0;
  for (const character of label) {
    bytes += encoder.encode(character).length;
    if (bytes > maxLabelBytes) break;
    shortLabel += character;
  }
  return `${record.checklist.id}_${shortLabel || dateOf(record.updated)}.json`;
}
