// The content of answers to questions other than single choices: whether it is valid and complete.
import { COMBINABLE_ROLES, EMAIL_PATTERN, INVISIBLE, URL_PATTERN } from "../build/shared-constants";
import type { Answer, AnswerChoice, Checklist, Content, Field, Item, Role, Row } from "./model";

// Marked as pure, so that a bundle that does not use them leaves them out.
const COMBINABLE: ReadonlySet<Role> = /* @__PURE__ */ new Set(COMBINABLE_ROLES);
const NONE: ReadonlyMap<string, AnswerChoice> = new Map();

/** All answers of an item's answer set, whether the item offers them or not. */
export function choicesFor(item: Item, checklist: Checklist): ReadonlyMap<string, AnswerChoice> {
  const isChoice = (item.type ?? "choice") === "choice";
  if (item.set === undefined) return isChoice ? checklist.answers : NONE;
  // The page data has only the sets that differ from that of the checklist.
  return checklist.sets.get(item.set) ?? checklist.answers;
}

/** Whether an answer can be chosen together with others. */
export function isCombinable({ role }: AnswerChoice): boolean {
  return COMBINABLE.has(role);
}

const standaloneChoicesByItem = new WeakMap<Item, ReadonlyMap<string, AnswerChoice>>(); // cached: read at every change

/** The answers that can be given by themselves, instead of content. */
export function standaloneChoices(item: Item, checklist: Checklist): ReadonlyMap<string, AnswerChoice> {
  const cached = standaloneChoicesByItem.get(item);
  if (cached) return cached;
  const isChoice = (item.type ?? "choice") === "choice";
  const offered = [...choicesFor(item, checklist)].filter(
    ([, answer]) => (answer.role !== "excluded" || item.na) && (isChoice || !isCombinable(answer)),
  );
  const choices = new Map(offered);
  standaloneChoicesByItem.set(item, choices);
  return choices;
}

/** Whether content is rows. Content is never empty. */
export function isRows(content: Content | undefined): content is readonly Row[] {
  return Array.isArray(content) && typeof content[0] === "object";
}

/** The choices that a field of a row offers. */
export function fieldChoices(field: Field, checklist: Checklist): ReadonlyMap<string, AnswerChoice> {
  return field.set === undefined ? NONE : (checklist.sets.get(field.set) ?? checklist.answers);
}

/** The text of a field. Field names come from files: "constructor" must not match a property of every object. */
export function fieldText(row: Row, field: string): string {
  return Object.hasOwn(row.fields, field) ? (row.fields[field] ?? "") : "";
}

/** Whether content has the type of the item; it may still be incomplete. */
export function isValidContent(item: Item, content: Content, checklist: Checklist): boolean {
  switch (item.type ?? "choice") {
    case "choice":
      return false;
    case "choices": {
      const choices = choicesFor(item, checklist);
      const isOffered = (id: unknown): boolean => {
        const answer = typeof id === "string" ? choices.get(id) : undefined;
        return answer !== undefined && isCombinable(answer);
      };
      return Array.isArray(content) && (content as unknown[]).every(isOffered);
    }
    case "rows": {
      const fields = new Map((item.fields ?? []).map((field) => [field.id, field]));
      const fits = (row: Row): boolean =>
        Object.entries(row.fields).every(([name, text]) => {
          const field = fields.get(name);
          return field !== undefined && (field.type !== "choice" || fieldChoices(field, checklist).has(text));
        });
      return isRows(content) && content.every(fits);
    }
    default:
      return typeof content === "string";
  }
}

/** Whether an answer is, or includes, a choice with one of these ids. */
export function hasChoice(answer: Answer | undefined, ids: readonly string[]): boolean {
  const { value = "", content } = answer ?? {};
  const chosen = value !== "" ? [value] : Array.isArray(content) ? (content as unknown[]) : [];
  return chosen.some((id) => typeof id === "string" && ids.includes(id));
}

const VISIBLE = /* @__PURE__ */ (() => new RegExp(`[^${INVISIBLE}]`, "u"))();

/** Whether a text holds a character that a person can see. */
export function isWritten(text: string): boolean {
  return VISIBLE.test(text);
}

const FORMATS = /* @__PURE__ */ (() => ({
  url: new RegExp(`^(?:${URL_PATTERN})$`, "u"),
  email: new RegExp(`^(?:${EMAIL_PATTERN})$`, "u"),
}))();

const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;

function isDay(text: string): boolean {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts;
  const inMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= inMonth;
}

/** The fault of a field: a required text is missing, or the text is not valid for the type. */
export type Fault = "missing" | "bad-date" | "bad-number" | "bad-url" | "bad-email";

/** The parts of a field that decide whether a text is valid. */
export type FieldLimits = Pick<Field, "type" | "required" | "min" | "max" | "format">;

/** The fault of a field with a text, if any. */
export function fieldFault(field: FieldLimits, text: string): Fault | undefined {
  const plain = text.trim();
  if (!isWritten(text)) return field.required ? "missing" : undefined;
  if (field.type === "date") return isDay(plain) ? undefined : "bad-date";
  if (field.format) return FORMATS[field.format].test(plain) ? undefined : `bad-${field.format}`;
  if (field.type !== "number") return undefined;
  const number = NUMBER.test(plain) ? Number(plain) : NaN;
  const isWithin = number >= (field.min ?? -Infinity) && number <= (field.max ?? Infinity);
  return isWithin ? undefined : "bad-number";
}

/** The status of an item with content that is valid and belongs to its present revision. */
export function contentStatus(item: Item, content: Content, checklist: Checklist): "incomplete" | "open" | "answered" {
  if (isRows(content)) {
    if (content.length < (item.min ?? 0) || content.length > (item.max ?? Infinity)) return "incomplete";
    const fields = item.fields ?? [];
    const texts = content.flatMap((row) => fields.map((field) => [field, fieldText(row, field.id)] as const));
    if (texts.some(([field, text]) => fieldFault(field, text) !== undefined)) return "incomplete";
    const isOpen = texts.some(([field, text]) => fieldChoices(field, checklist).get(text)?.role === "open");
    return isOpen ? "open" : "answered";
  }
  if (typeof content !== "string") return "answered";
  const field = { ...item, type: item.type as Field["type"], required: true };
  return fieldFault(field, content) === undefined ? "answered" : "incomplete";
}

/** The number that was entered, or the number of rows; used by the operators at_least and at_most. */
export function contentCount(item: Item, content: Content | undefined): number | undefined {
  if (item.type === "rows" && isRows(content)) return content.length;
  if (item.type !== "number" || typeof content !== "string") return undefined;
  return NUMBER.test(content.trim()) ? Number(content.trim()) : undefined;
}

/**
 * `text` with lone surrogates replaced by U+FFFD.
 *
 * RFC 8785 has no canonical form for lone surrogates, so such a text could not be saved.
 */
export function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}

/** Content with well-formed texts only; rows that do not change stay the same objects. */
export function withWellFormed(content: Content): Content {
  if (typeof content === "string") return wellFormed(content);
  if (!isRows(content)) return content;
  return content.map((row) => {
    const fields = Object.entries(row.fields);
    if (fields.every(([, text]) => wellFormed(text) === text)) return row;
    return { ...row, fields: Object.fromEntries(fields.map(([name, text]) => [name, wellFormed(text)])) };
  });
}

/** All free texts in content. */
export function textsOf(content: Content | undefined): string[] {
  if (typeof content === "string") return [content];
  return isRows(content) ? content.flatMap((row) => Object.values(row.fields)) : [];
}
