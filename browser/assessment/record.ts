// The draft as a file.
import { ANSWERED, RESULT_FORMAT, UNANSWERED } from "../build/shared-constants";
import { recordDigest } from "./digest";
import type { Answer, AssessmentRecord, Checklist, Counts, Draft } from "./model";
import type { Tally } from "./progress";
import { progressOf } from "./progress";

// Object.fromEntries makes own properties whatever their names are; assignment would not.
function countsOf(tally: Tally, checklist: Checklist): Counts {
  const sets = [checklist.answers, ...checklist.sets.values()].flatMap((set) => [...set.keys()]);
  const ids = [...new Set([...sets, ANSWERED])];
  const answered = ids.map((id) => [id, tally.byAnswer.get(id) ?? 0] as const);
  const counts = [...answered, [UNANSWERED, tally.asked - tally.answered] as const];
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Answers in the order of the checklist, so that two files can be laid side by side. */
function inOrder(answers: ReadonlyMap<string, Answer>, checklist: Checklist): Record<string, Answer> {
  const known = [...checklist.items.keys()].filter((id) => answers.has(id));
  const others = [...answers.keys()].filter((id) => !checklist.items.has(id)).sort();
  return Object.fromEntries(
    [...known, ...others].map((id) => {
      const { rev, value, note, evidence, justification, content, respondent, answered } = answers.get(id) as Answer;
      const always = { rev, value, note, evidence, justification };
      return [id, { ...always, ...given({ content, respondent, answered }) }];
    }),
  );
}

/** The members that have a value: JSON knows no undefined. */
function given<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

/** The lowest version of the format that has every member used: older handbooks go on reading the rest. */
function formatVersion(draft: Draft): string {
  const isNew = (answer: Answer): boolean =>
    answer.content !== undefined || answer.respondent !== undefined || answer.answered !== undefined;
  const all = [...draft.answers.values(), ...draft.orphans.values()];
  const subject = draft.kind !== undefined || draft.round !== undefined;
  const newer = draft.checklist.carried_from !== undefined || subject || (draft.actions ?? []).length > 0;
  return newer || all.some(isNew) ? "1.1.0" : "1.0.0";
}

/** The checklist without what an institution has added: status and figures are those that all share. */
function shared(checklist: Checklist): Checklist {
  const sections = checklist.sections.filter(({ local }) => !local);
  return {
    ...checklist,
    sections: sections.map((section) => ({ ...section, items: section.items.filter(({ local }) => !local) })),
  };
}

/**
 * The record of a draft under schemas/assessment-result.schema.json, with status, computed figures
 * and digest. The same draft and checklist always give the same record.
 */
export function recordOf(draft: Draft, checklist: Checklist): AssessmentRecord {
  const progress = progressOf(shared(checklist), draft.answers);
  const own = checklist.sections.flatMap(({ items }) => items.filter((item) => item.local).map(({ id }) => id));
  const local = own[0] ? own : draft.local;
  const { asked, answered } = progress.total;
  const record: Omit<AssessmentRecord, "digest"> = {
    format: RESULT_FORMAT,
    format_version: local ? "1.2.0" : formatVersion(draft),
    id: draft.id,
    checklist: { ...draft.checklist },
    handbook: { ...draft.handbook },
    subject: {
      label: draft.label,
      ...(draft.kind === undefined ? {} : { kind: draft.kind }),
      ...(draft.round === undefined ? {} : { round: draft.round }),
    },
    status: asked > 0 && answered === asked ? "complete" : "in-progress",
    language: draft.language,
    created: draft.created,
    updated: draft.updated,
    answers: inOrder(draft.answers, checklist),
    risks: [],
    actions: (draft.actions ?? []).map(({ item, text, owner, due, state }) => ({ item, text, owner, due, state })),
    ...given({ local }),
    orphans: inOrder(draft.orphans, checklist),
    computed: {
      total: countsOf(progress.total, checklist),
      sections: Object.fromEntries([...progress.sections].map(([id, tally]) => [id, countsOf(tally, checklist)])),
    },
  };
  return { ...record, digest: recordDigest(record) };
}

/** The text of the file: JSON with an indent of two spaces and a final newline. */
export function recordText(record: AssessmentRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

// File systems allow 255 bytes; browsers add " (1)" and the like to a name that is taken.
const MAX_NAME_BYTES = 200;

function dateOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time.slice(0, 10); // the schema lets 2026-13-45 pass
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * A file name that every common file system takes: CHECKLIST_LABEL.json, or CHECKLIST_DATE.json
 * with the local date of the last change when the assessment has no label.
 */
export function fileName(record: AssessmentRecord): string {
  const label = record.subject.label
    .normalize("NFC")
    // Control and formatting characters, among them those that make a name read backwards.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .replace(/[\\/:*?"<>|]/g, "-")
    .trim()
    .replace(/\s+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "");
  const room = MAX_NAME_BYTES - record.checklist.id.length;
  const encoder = new TextEncoder();
  let short = "";
  let bytes = 0;
  for (const character of label) {
    bytes += encoder.encode(character).length;
    if (bytes > room) break;
    short += character;
  }
  return `${record.checklist.id}_${short || dateOf(record.updated)}.json`;
}
