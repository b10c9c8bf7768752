// What assessments of other checklists offer to a question that takes answers from them (`takes_from`).
// tests/vectors/reuse.json holds examples.
import { MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import { answerText } from "./assessment-view";
import { askedItems } from "./conditions";
import {
  choicesFor,
  fieldChoices,
  fieldText,
  isCombinable,
  isRows,
  isValidContent,
  standaloneChoices,
} from "./content";
import type { AnswerChange } from "./draft";
import { textLength } from "./draft";
import type { Answer, AnswerOrigin, Checklist, Content, Draft, Field, Item, Row } from "./model";

/** An assessment of another checklist. */
export interface Source {
  checklist: Checklist;
  draft: Draft;
}

/**
 * A part of an answer that is not taken over; `code` is a key under `reuse-left` in form_tools.yml.
 *
 * - `older`: the answer was given to an earlier revision of its question
 * - `not-offered`: the question here does not offer the answer, or cannot hold it
 * - `differ`: the questions have different answers
 * - `beside`: an answer that says there is nothing, beside others that say what there is
 * - `too-many`, `too-long`: rows or text beyond the limit
 */
export interface Left {
  code: "older" | "not-offered" | "differ" | "beside" | "too-many" | "too-long";
  values: Record<string, string | number>;
}

/** The offer to one question. It counts for nothing before a person confirms it. */
export interface Proposal {
  item: Item;
  /** What confirming it changes; undefined when nothing fits. */
  change?: AnswerChange;
  /** The questions whose answers it consists of. */
  origins: { item: Item; source: Source }[];
  left: Left[];
}

interface Question {
  item: Item;
  checklist: Checklist;
}

interface Converted {
  value?: string;
  content?: Content;
  left: Left[];
}

/**
 * What `sources` offer to an item; undefined without anything to say.
 *
 * @param sources One assessment for each other checklist, by the id of the checklist
 * @param before The present answer to the item; its texts are never replaced
 * @param newId Makes the ids of rows
 */
export function proposalFor(
  item: Item,
  checklist: Checklist,
  sources: ReadonlyMap<string, Source>,
  before: Answer | undefined,
  newId: () => string,
): Proposal | undefined {
  const here = { item, checklist };
  const proposal: Proposal = { item, origins: [], left: [] };
  const parts: Converted[] = [];
  const answers: Answer[] = [];
  for (const origin of item.takes_from ?? []) {
    const source = sources.get(origin.checklist);
    const there = source?.checklist.items.get(origin.question);
    const answer = source?.draft.answers.get(origin.question);
    if (!source || !there || !answer || (answer.value === "" && answer.content === undefined)) continue;
    if (!askedItems(source.checklist, source.draft.answers).has(there.id)) continue;
    if (answer.rev !== there.rev) {
      proposal.left.push({ code: "older", values: { number: there.number, checklist: source.checklist.title } });
      continue;
    }
    const part = convert(answer, { item: there, checklist: source.checklist }, here, origin, newId);
    proposal.left.push(...part.left);
    if (part.value === undefined && part.content === undefined) continue;
    proposal.origins.push({ item: there, source });
    parts.push(part);
    answers.push(answer);
  }
  const change = combine(parts, here, proposal.left);
  if (change && !isAnswered(before, change)) proposal.change = { ...change, ...texts(answers, change, here, before) };
  return proposal.change || proposal.left.length > 0 ? proposal : undefined;
}

function convert(
  answer: Answer,
  there: Question,
  here: Question,
  origin: AnswerOrigin,
  newId: () => string,
): Converted {
  const choices = choicesFor(there.item, there.checklist);
  const title = (id: string): string => choices.get(id)?.title ?? id;
  const left: Left[] = [];
  if (answer.value !== "") {
    const id = renamed(origin, answer.value);
    if (standaloneChoices(here.item, here.checklist).has(id)) return { value: id, left };
    if (isOffered(id, here)) return { content: [id], left };
    return { left: [notOffered(title(answer.value))] };
  }
  const content = answer.content as Content;
  const fits = isValidContent(there.item, content, there.checklist);
  if (fits && isRows(content) && here.item.type === "rows") {
    const rows = content.flatMap((row): Row[] => {
      const fields = convertRow(row, there, here, origin, left);
      return fields ? [{ id: newId(), fields }] : [];
    });
    return rows.length > 0 ? { content: rows, left } : { left };
  }
  if (fits && Array.isArray(content) && here.item.type === "choices") {
    const ids = (content as string[]).map((id) => [id, renamed(origin, id)] as const);
    for (const [id, name] of ids) if (!isOffered(name, here)) left.push(notOffered(title(id)));
    const offered = [...new Set(ids.map(([, name]) => name).filter((name) => isOffered(name, here)))];
    return offered.length > 0 ? { content: offered, left } : { left };
  }
  if (fits && isValidContent(here.item, content, here.checklist)) return { content, left };
  return { left: [notOffered(answerText(there.item, answer, there.checklist))] };
}

/** The texts of a row here; undefined when no text of the row there fits. */
function convertRow(
  row: Row,
  there: Question,
  here: Question,
  origin: AnswerOrigin,
  left: Left[],
): Record<string, string> | undefined {
  const fieldsThere = new Map((there.item.fields ?? []).map((field) => [field.id, field]));
  const texts: [string, string][] = [];
  for (const field of here.item.fields ?? []) {
    const names = origin.fields ? (own(origin.fields, field.id) ?? []) : [field.id];
    const parts = names.flatMap((name) => {
      const other = fieldsThere.get(name);
      const text = fieldText(row, name);
      return other && text !== "" ? [convertField(text, other, there.checklist, field, here.checklist, origin)] : [];
    });
    left.push(...parts.filter((part) => typeof part !== "string"));
    const text = parts.filter((part) => typeof part === "string").join(" / ");
    if (textLength(text) > MAX_TEXT_LENGTH) left.push({ code: "too-long", values: { limit: MAX_TEXT_LENGTH } });
    else if (text !== "") texts.push([field.id, text]);
  }
  if (texts.length === 0) return undefined;
  const all = new Map([...texts, ...Object.entries(origin.choices ?? {})]);
  const ordered = (here.item.fields ?? []).flatMap(({ id }) => (all.has(id) ? [[id, all.get(id) as string]] : []));
  return Object.fromEntries(ordered) as Record<string, string>;
}

/** The text that a field gets from the text of a field there, or why it gets none. */
function convertField(
  text: string,
  there: Field,
  checklistThere: Checklist,
  here: Field,
  checklistHere: Checklist,
  origin: AnswerOrigin,
): string | Left {
  const title = fieldChoices(there, checklistThere).get(text)?.title ?? text;
  if (here.type === "text" || here.type === "long-text") return title;
  if (here.type !== there.type) return notOffered(title);
  if (here.type !== "choice") return text;
  const id = renamed(origin, text);
  return fieldChoices(here, checklistHere).has(id) ? id : notOffered(title);
}

/** One change made of the answers of all origins; what does not fit together is added to `left`. */
function combine(parts: readonly Converted[], { item, checklist }: Question, left: Left[]): AnswerChange | undefined {
  const title = (id: string): string => choicesFor(item, checklist).get(id)?.title ?? id;
  const contents = parts.flatMap(({ content }): readonly (string | Row)[] =>
    content === undefined || typeof content === "string" ? [content ?? []].flat() : content,
  );
  const values = [...new Set(parts.flatMap(({ value }) => value ?? []))];
  if (contents.length === 0) {
    if (values.length > 1) left.push({ code: "differ", values: { answers: values.map(title).join(" / ") } });
    return values.length === 1 ? { value: values[0] as string } : undefined;
  }
  for (const value of values) left.push({ code: "beside", values: { answer: title(value) } });
  if (item.type === "rows") {
    const limit = item.max ?? Infinity;
    if (contents.length > limit) left.push({ code: "too-many", values: { count: contents.length - limit, limit } });
    return { content: (contents as Row[]).slice(0, limit) };
  }
  const distinct = [...new Set(contents as string[])];
  if (item.type === "choices") return { content: distinct };
  const isText = item.type === "text" || item.type === "long-text";
  if (distinct.length > 1 && !isText) {
    left.push({ code: "differ", values: { answers: distinct.join(" / ") } });
    return undefined;
  }
  const text = distinct.join(item.type === "long-text" ? "\n" : " / ");
  if (textLength(text) <= MAX_TEXT_LENGTH) return { content: text };
  left.push({ code: "too-long", values: { limit: MAX_TEXT_LENGTH } });
  return undefined;
}

/** Notes, evidence and reasons of the answers, for the texts that are still empty. */
function texts(
  answers: readonly Answer[],
  change: AnswerChange,
  { item, checklist }: Question,
  before: Answer | undefined,
): AnswerChange {
  const role = standaloneChoices(item, checklist).get(change.value ?? "")?.role;
  const entries = TEXT_FIELDS.flatMap((field) => {
    const text = [...new Set(answers.map((answer) => answer[field]).filter(Boolean))].join("\n");
    const isUsed = text !== "" && !before?.[field] && textLength(text) <= MAX_TEXT_LENGTH;
    return isUsed && (field !== "justification" || role === "excluded") ? [[field, text] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Whether an answer says the same as the change; the ids of rows do not matter. */
function isAnswered(before: Answer | undefined, change: AnswerChange): boolean {
  if (!before) return false;
  if (change.value) return before.value === change.value;
  const plain = (content: Content | null | undefined): string =>
    JSON.stringify(isRows(content ?? undefined) ? (content as Row[]).map(({ fields }) => fields) : content);
  return before.value === "" && plain(before.content) === plain(change.content);
}

function isOffered(id: string, { item, checklist }: Question): boolean {
  const answer = item.type === "choices" ? choicesFor(item, checklist).get(id) : undefined;
  return answer !== undefined && isCombinable(answer);
}

const notOffered = (answer: string): Left => ({ code: "not-offered", values: { answer } });

const renamed = (origin: AnswerOrigin, id: string): string => own(origin.answers ?? {}, id) ?? id;

/** A member of an object from the page: "constructor" is a valid id. */
function own<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
