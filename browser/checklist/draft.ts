// Making and changing drafts. Every function returns a new draft and leaves the given one alone.
import type { Answer, AssessmentRecord, Checklist, Draft, Item, TextField } from "./model";
import { MAX_TEXT, TEXT_FIELDS } from "./model";

/** Stands for the label where changed items are listed by id; no item can have this id. */
export const LABEL = "#label";

/** An empty draft of this checklist. `now` is an RFC 3339 time in UTC, `id` a UUID. */
export function newDraft(checklist: Checklist, id: string, now: string): Draft {
  return {
    id,
    checklist: { id: checklist.id, version: checklist.version, digest: checklist.digest },
    handbook: checklist.handbook,
    label: "",
    language: checklist.lang,
    created: now,
    updated: now,
    answers: new Map(),
    orphans: new Map(),
  };
}

/** The draft that a record (already read and checked) stands for. Computed figures are left behind. */
export function draftOf(record: AssessmentRecord): Draft {
  return {
    id: record.id,
    checklist: record.checklist,
    handbook: record.handbook,
    label: record.subject.label,
    kind: record.subject.kind,
    round: record.subject.round,
    actions: record.actions,
    language: record.language,
    created: record.created,
    updated: record.updated,
    answers: new Map(Object.entries(record.answers)),
    orphans: new Map(Object.entries(record.orphans)),
  };
}

/** Whether nothing has been entered. */
export function isBlank(draft: Draft): boolean {
  return draft.label === "" && draft.answers.size === 0 && draft.orphans.size === 0;
}

/**
 * `text` with every half of a broken surrogate pair replaced by U+FFFD.
 *
 * RFC 8785 has no canonical form for such text, so it could never be saved.
 */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}

/** What every change records: when, in which language, against which version of the form. */
function stamp(draft: Draft, checklist: Checklist, now: string): Draft {
  return { ...draft, updated: now, language: checklist.lang, handbook: checklist.handbook };
}

export type AnswerChange = Partial<Pick<Answer, "value" | TextField>> & { confirmed?: true };

/**
 * The draft with a change to the answer of one item; the change names only what is different.
 *
 * Choosing an answer, or confirming it, is done in view of the present question, so the answer takes
 * its revision. Writing a text beside an older answer does not confirm that answer.
 */
export function withAnswer(draft: Draft, item: Item, change: AnswerChange, checklist: Checklist, now: string): Draft {
  const before = draft.answers.get(item.id);
  const confirmed = change.confirmed || change.value !== undefined || !before?.value;
  const after: Answer = {
    rev: before && !confirmed ? before.rev : item.rev,
    value: change.value ?? before?.value ?? "",
    note: wellFormed(change.note ?? before?.note ?? ""),
    evidence: wellFormed(change.evidence ?? before?.evidence ?? ""),
    justification: wellFormed(change.justification ?? before?.justification ?? ""),
  };
  const answers = new Map(draft.answers);
  const empty = after.value === "" && TEXT_FIELDS.every((field) => after[field] === "");
  if (empty) answers.delete(item.id);
  else answers.set(item.id, after);
  return { ...stamp(draft, checklist, now), answers };
}

/** The draft under another label. */
export function withLabel(draft: Draft, label: string, checklist: Checklist, now: string): Draft {
  return { ...stamp(draft, checklist, now), label: wellFormed(label) };
}

/**
 * `base` with the changes that were made in `mine`: the items named in `changed`, and the label when
 * LABEL is among them. Two windows on the same assessment so never undo each other's answers.
 */
export function mergeChanges(base: Draft, mine: Draft, changed: ReadonlySet<string>): Draft {
  if (changed.size === 0) return base;
  const answers = new Map(base.answers);
  for (const id of changed) {
    const answer = mine.answers.get(id);
    if (answer) answers.set(id, answer);
    else answers.delete(id);
  }
  return { ...mine, answers, orphans: base.orphans, label: changed.has(LABEL) ? mine.label : base.label };
}

export interface TooLong {
  item: string;
  field: TextField;
  length: number;
}

/** Length of a text as the schema counts it: in Unicode code points. */
export function textLength(text: string): number {
  return text.length <= MAX_TEXT ? text.length : [...text].length;
}

/** The texts that are longer than the result format accepts. */
export function tooLongTexts(draft: Draft): TooLong[] {
  const found: TooLong[] = [];
  for (const [item, answer] of draft.answers) {
    for (const field of TEXT_FIELDS) {
      const length = textLength(answer[field]);
      if (length > MAX_TEXT) found.push({ item, field, length });
    }
  }
  return found;
}
