// Creates and changes drafts. All functions return a new draft and do not modify their arguments.
import { MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import { textsOf, wellFormed, withWellFormed } from "./content";
import { areEqual } from "./equality";
import { mergeValue } from "./merge-fields";
import type { Answer, AssessmentRecord, Checklist, Content, Draft, Item, Row, TextField } from "./model";
import type { Values } from "./undo";

/** The parts of an assessment as a whole that are changed separately. */
export const PARTS = ["label", "respondent", "kind", "round", "identifier", "actions", "orphans"] as const;
export type Part = Exclude<(typeof PARTS)[number], "respondent" | "orphans">;

/** The id of a part in lists of changed items; no item can have this id. */
export const partId = (part: (typeof PARTS)[number]): string => `#${part}`;
const RESPONDENT = partId("respondent");

/**
 * An empty draft of a checklist.
 *
 * @param id A UUID
 * @param now An RFC 3339 time in UTC
 */
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

/** The draft in a record that was read by readRecord, without its computed figures. */
export function draftOf(record: AssessmentRecord): Draft {
  return {
    id: record.id,
    checklist: record.checklist,
    handbook: record.handbook,
    label: record.subject.label,
    kind: record.subject.kind,
    round: record.subject.round,
    identifier: record.subject.identifier,
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
export function isBlank({ label, kind, round, identifier, actions, answers, orphans }: Draft): boolean {
  return !label && !kind && !round && !identifier && !actions?.length && !answers.size && !orphans.size;
}

/** The draft with the time, language and handbook version of a change. */
function stamp(draft: Draft, checklist: Checklist, now: string): Draft {
  return { ...draft, updated: now, language: checklist.lang, handbook: checklist.handbook };
}

/** The changed members of an answer; `content: null` removes the content. */
export type AnswerChange = Partial<Pick<Answer, "value" | TextField>> & { confirmed?: true; content?: Content | null };

/** Who answered and when; empty without a named respondent. */
type Attribution = Pick<Row, "respondent" | "answered">;

/** The rows; those that are not the same object as before get the attribution. */
function stampRows(content: Content, before: Content | undefined, attribution: Attribution): Content {
  if (typeof content === "string" || typeof content[0] !== "object") return content;
  const unchanged = new Set<unknown>(Array.isArray(before) ? before : []);
  return (content as readonly Row[]).map((row) =>
    unchanged.has(row) ? row : { id: row.id, fields: row.fields, ...attribution },
  );
}

/**
 * The draft with a changed answer to an item.
 *
 * Choosing or confirming an answer sets its revision to that of the question. Writing a text beside an older answer
 * does not confirm that answer. Content replaces an answer that was given instead of content. Such an answer keeps
 * the content beside it, except that it clears multiple choices.
 */
export function withAnswer(draft: Draft, item: Item, change: AnswerChange, checklist: Checklist, now: string): Draft {
  const before = draft.answers.get(item.id);
  const isFirst = !before?.value && before?.content === undefined;
  const chosen = change.confirmed || change.value !== undefined || change.content !== undefined;
  const attribution: Attribution = draft.respondent ? { respondent: draft.respondent, answered: now } : {};
  let content = change.content === undefined ? before?.content : (change.content ?? undefined);
  if (item.type === "choices" && change.value) content = undefined;
  if (content !== undefined) content = stampRows(withWellFormed(content), before?.content, attribution);
  const text = (field: TextField): string => wellFormed(change[field] ?? before?.[field] ?? "");
  const after: Answer = {
    rev: before && !chosen && !isFirst ? before.rev : item.rev,
    value: change.value ?? (change.content ? "" : (before?.value ?? "")),
    note: text("note"),
    evidence: text("evidence"),
    justification: text("justification"),
    ...(content === undefined ? {} : { content }),
    ...attribution,
  };
  const answers = new Map(draft.answers);
  const empty = after.value === "" && content === undefined && TEXT_FIELDS.every((field) => after[field] === "");
  if (empty) answers.delete(item.id);
  else answers.set(item.id, after);
  return { ...stamp(draft, checklist, now), answers };
}

/** The draft with a changed part. Texts in an action plan have to be well-formed. */
export function withPart<P extends Part>(
  draft: Draft,
  part: P,
  value: Draft[P],
  checklist: Checklist,
  now: string,
): Draft {
  return { ...stamp(draft, checklist, now), [part]: typeof value === "string" ? wellFormed(value) : value };
}

/** The draft with another respondent. This changes no answer, so `updated` stays. */
export function withRespondent(draft: Draft, respondent: string): Draft {
  return { ...draft, respondent: wellFormed(respondent).trim() };
}

/** The unwritten changes of a draft: ids of items and parts (partId), each with its value before they were made. */
export type Changes = ReadonlyMap<string, unknown>;

/** `stored` with the changes that were made in `mine`, so that windows do not undo each other's changes. */
export function mergeChanges(stored: Draft, mine: Draft, changes: Changes): Draft {
  const values = new Map(
    [...changes].map(([id, base]) => {
      const sides = { base, mine: valueAt(mine, id), theirs: valueAt(stored, id), winner: "mine" as const };
      return [id, mergeValue(id, sides)];
    }),
  );
  const merged = setValues(stored, values);
  const answers = reuseEqual(mine.answers, merged.answers);
  const isEdited = [...changes.keys()].some((id) => id !== RESPONDENT);
  const { updated, language, handbook } = isEdited ? mine : stored;
  return { ...merged, answers, updated, language, handbook };
}

/** The same answers with those of `mine` that are equal, so that their elements need no update; `mine` if all are. */
function reuseEqual(mine: Draft["answers"], merged: Draft["answers"]): Draft["answers"] {
  if (mine === merged) return mine;
  let isSame = mine.size === merged.size;
  const answers = new Map<string, Answer>();
  merged.forEach((answer, id) => {
    const own = mine.get(id);
    const isEqual = own !== undefined && areEqual(own, answer);
    answers.set(id, isEqual ? own : answer);
    isSame &&= isEqual;
  });
  return isSame ? mine : answers;
}

/** The value of an item id or a partId in a draft. */
export function valueAt(draft: Draft, id: string): unknown {
  return id.startsWith("#") ? draft[id.slice(1) as Part] : draft.answers.get(id);
}

function setValues(draft: Draft, values: Values): Draft {
  if (values.size === 0) return draft;
  const answers = new Map(draft.answers);
  const parts: Record<string, unknown> = {};
  for (const [id, value] of values) {
    if (id.startsWith("#")) parts[id.slice(1)] = value;
    else if (value === undefined) answers.delete(id);
    else answers.set(id, value as Answer);
  }
  return { ...draft, answers, ...parts };
}

/** The draft with other values for item ids and partIds; undefined removes an answer. */
export function withValues(draft: Draft, values: Values, checklist: Checklist, now: string): Draft {
  return setValues(stamp(draft, checklist, now), values);
}

export interface OverlongText {
  item: string;
  length: number;
}

/** The length of a text in Unicode code points, as JSON Schema counts it. */
export function textLength(text: string): number {
  return text.length <= MAX_TEXT_LENGTH ? text.length : [...text].length;
}

/** The texts that are longer than MAX_TEXT_LENGTH. */
export function overlongTexts(draft: Draft): OverlongText[] {
  const overlong: OverlongText[] = [];
  for (const [item, answer] of draft.answers) {
    const fields = TEXT_FIELDS.map((field) => answer[field]);
    for (const text of [...fields, ...textsOf(answer.content)]) {
      const length = textLength(text);
      if (length > MAX_TEXT_LENGTH) overlong.push({ item, length });
    }
  }
  return overlong;
}
