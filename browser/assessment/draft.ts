// Making and changing drafts. Every function returns a new draft and leaves the given one alone.
import { MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import { textsOf, wellFormed, withWellFormed } from "./content";
import type { Answer, AssessmentRecord, Checklist, Content, Draft, Item, Row, TextField } from "./model";
import type { Values } from "./undo";

/** What belongs to an assessment as a whole and can be changed by itself. */
export const PARTS = ["label", "respondent", "kind", "round", "actions", "orphans"] as const;
export type Part = Exclude<(typeof PARTS)[number], "respondent" | "orphans">;

/** Stands for a part where changed items are listed by id; no item can have this id. */
export const partId = (part: (typeof PARTS)[number]): string => `#${part}`;
const RESPONDENT = partId("respondent");

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
    local: record.local,
    language: record.language,
    created: record.created,
    updated: record.updated,
    answers: new Map(Object.entries(record.answers)),
    orphans: new Map(Object.entries(record.orphans)),
  };
}

/** Whether nothing has been entered. */
export function isBlank({ label, kind, round, actions, answers, orphans }: Draft): boolean {
  return !label && !kind && !round && !actions?.length && !answers.size && !orphans.size;
}

/** What every change records: when, in which language, against which version of the form. */
function stamp(draft: Draft, checklist: Checklist, now: string): Draft {
  return { ...draft, updated: now, language: checklist.lang, handbook: checklist.handbook };
}

/** What is different; `content: null` takes it away. */
export type AnswerChange = Partial<Pick<Answer, "value" | TextField>> & { confirmed?: true; content?: Content | null };

/** Who answered, and when, where a respondent is named. */
type Given = Pick<Row, "respondent" | "answered">;

/** Rows with those that are not the same object as before noted as given now. */
function stampRows(content: Content, before: Content | undefined, given: Given): Content {
  if (typeof content === "string" || typeof content[0] !== "object") return content;
  const old = new Set<unknown>(Array.isArray(before) ? before : []);
  return (content as readonly Row[]).map((row) => (old.has(row) ? row : { id: row.id, fields: row.fields, ...given }));
}

/**
 * The draft with a change to the answer of one item; the change names only what is different.
 *
 * Choosing an answer, or confirming it, is done in view of the present question, so the answer takes
 * its revision. Writing a text beside an older answer does not confirm that answer. Content takes
 * the place of an answer that was given instead; what was entered stays beside such an answer, but
 * several choices are taken back by one that stands alone.
 */
export function withAnswer(draft: Draft, item: Item, change: AnswerChange, checklist: Checklist, now: string): Draft {
  const before = draft.answers.get(item.id);
  const isFirst = !before?.value && before?.content === undefined;
  const chosen = change.confirmed || change.value !== undefined || change.content !== undefined;
  const given: Given = draft.respondent ? { respondent: draft.respondent, answered: now } : {};
  let content = change.content === undefined ? before?.content : (change.content ?? undefined);
  if (item.type === "choices" && change.value) content = undefined;
  if (content !== undefined) content = stampRows(withWellFormed(content), before?.content, given);
  const after: Answer = {
    rev: before && !chosen && !isFirst ? before.rev : item.rev,
    value: change.value ?? (change.content ? "" : (before?.value ?? "")),
    note: wellFormed(change.note ?? before?.note ?? ""),
    evidence: wellFormed(change.evidence ?? before?.evidence ?? ""),
    justification: wellFormed(change.justification ?? before?.justification ?? ""),
    ...(content === undefined ? {} : { content }),
    ...given,
  };
  const answers = new Map(draft.answers);
  const empty = after.value === "" && content === undefined && TEXT_FIELDS.every((field) => after[field] === "");
  if (empty) answers.delete(item.id);
  else answers.set(item.id, after);
  return { ...stamp(draft, checklist, now), answers };
}

/** The draft with another part. Texts in an action plan have to be well-formed. */
export function withPart<P extends Part>(
  draft: Draft,
  part: P,
  value: Draft[P],
  checklist: Checklist,
  now: string,
): Draft {
  return { ...stamp(draft, checklist, now), [part]: typeof value === "string" ? wellFormed(value) : value };
}

/** The draft with another respondent. Nobody answers anything by that, so `updated` stays. */
export function withRespondent(draft: Draft, respondent: string): Draft {
  return { ...draft, respondent: wellFormed(respondent).trim() };
}

/** `known` when it says the same as `answer`, otherwise `answer`. */
function sameOf(known: Answer | undefined, answer: Answer): Answer {
  return known && JSON.stringify(known) === JSON.stringify(answer) ? known : answer;
}

/**
 * `base` with the changes that were made in `mine`: the items and parts (partId) named in `changed`.
 * Two windows on the same assessment so never undo each other's answers.
 */
export function mergeChanges(base: Draft, mine: Draft, changed: ReadonlySet<string>): Draft {
  if (changed.size === 0) return base;
  // An answer that is the same in both stays the same object: what is shown of it then need not be touched.
  const answers = new Map([...base.answers].map(([id, answer]) => [id, sameOf(mine.answers.get(id), answer)]));
  for (const id of changed) {
    if (id.startsWith("#")) continue;
    const answer = mine.answers.get(id);
    if (answer) answers.set(id, answer);
    else answers.delete(id);
  }
  const parts = Object.fromEntries(PARTS.map((part) => [part, (changed.has(partId(part)) ? mine : base)[part]]));
  const touched = [...changed].some((id) => id !== RESPONDENT);
  return { ...(touched ? mine : base), answers, ...parts };
}

/** What stands in a draft under an item id or a partId. */
export function valueAt(draft: Draft, id: string): unknown {
  return id.startsWith("#") ? draft[id.slice(1) as Part] : draft.answers.get(id);
}

/** The draft with other values at item ids and partIds; undefined takes an answer away. */
export function withValues(draft: Draft, values: Values, checklist: Checklist, now: string): Draft {
  const answers = new Map(draft.answers);
  const parts: Record<string, unknown> = {};
  for (const [id, value] of values) {
    if (id.startsWith("#")) parts[id.slice(1)] = value;
    else if (value === undefined) answers.delete(id);
    else answers.set(id, value as Answer);
  }
  return { ...stamp(draft, checklist, now), answers, ...parts };
}

export interface TooLong {
  item: string;
  length: number;
}

/** Length of a text as the schema counts it: in Unicode code points. */
export function textLength(text: string): number {
  return text.length <= MAX_TEXT_LENGTH ? text.length : [...text].length;
}

/** The texts that are longer than the result format accepts. */
export function tooLongTexts(draft: Draft): TooLong[] {
  const found: TooLong[] = [];
  for (const [item, answer] of draft.answers) {
    const fields = TEXT_FIELDS.map((field) => answer[field]);
    for (const text of [...fields, ...textsOf(answer.content)]) {
      const length = textLength(text);
      if (length > MAX_TEXT_LENGTH) found.push({ item, length });
    }
  }
  return found;
}
