// What the form works on: the checklist as the page carries it, one assessment as it is being
// filled in (the draft), and the same assessment as a file (the record).
import type { ACTION_STATES, RESULT_FORMAT, ROLES, TEXT_FIELDS } from "../build/shared-constants";

/** What the tool does with an answer; see schemas/answer-set.schema.json. */
export type Role = (typeof ROLES)[number];

/** When an item is asked: all, any, or an item with exactly one of the operators after it. */
export interface Condition {
  item?: string;
  is?: string[];
  is_not?: string[];
  answered?: true;
  at_least?: number;
  at_most?: number;
  all?: Condition[];
  any?: Condition[];
}

/** How one field is filled in. */
export type FieldType = "choice" | "text" | "long-text" | "date" | "number";

/** One field of a row. `set` is the answer set of a choice. */
export interface Field {
  id: string;
  title: string;
  type: FieldType;
  set?: string;
  required?: boolean;
  min?: number;
  max?: number;
}

/** A text that a new row can be filled from; `choice` is the answer chosen together with it. */
export interface ReadyText {
  id: string;
  title: string;
  text: string;
  choice?: string;
}

export interface Item {
  id: string;
  /** Raised when the meaning of the question changes. */
  rev: number;
  status: "active" | "retired";
  number: string;
  question: string;
  /** Whether "not applicable" is offered. */
  na: boolean;
  evidence: "none" | "recommended" | "required";
  /** Version of the checklist since which it has been asked as it is now. */
  since?: string;
  /** How long it takes, roughly. */
  minutes?: number;
  /** What is answered; a single choice when it is left out. */
  type?: FieldType | "choices" | "rows";
  /** Its own answer set. Without one, a choice is made from that of the checklist. */
  set?: string;
  /** Bounds of a number, or of the count of rows. */
  min?: number;
  max?: number;
  /** What one row is called, and its fields. */
  row?: string;
  fields?: Field[];
  /** Ready-made texts, the field that they go into, and the field of their choice. */
  ready?: { into: string; choice?: string; texts: ReadyText[] };
  when?: Condition | null;
  /** Items of earlier versions whose answers this one takes over. */
  replaces?: string[];
  /** The institution that alone asks it; no part of the checklist that institutions share. */
  local?: string;
}

export interface Section {
  id: string;
  title: string;
  items: Item[];
  /** Of one institution, like all items in it. */
  local?: true;
}

export interface AnswerChoice {
  id: string;
  title: string;
  role: Role;
}

/** Nested messages of generator/tebiki/locales/<language>/form.yml. */
export interface Strings {
  [key: string]: string | Strings;
}

/** The JSON that the page carries in its script element of type application/json. */
export interface ChecklistPageData {
  handbook: { id: string; version: string };
  lang: string;
  checklist: { id: string; version: string; digest: string; title: string; sections: Section[] };
  answers: AnswerChoice[];
  /** Answer sets of single items and fields, by id. */
  sets?: Record<string, AnswerChoice[]>;
  strings: Strings;
}

/** The checklist of this page, with what is looked up by id. */
export interface Checklist {
  id: string;
  version: string;
  digest: string;
  title: string;
  lang: string;
  handbook: { id: string; version: string };
  /** Active items only, in the order of the page. */
  sections: readonly Section[];
  /** Every item by id, retired ones too, in the order of the checklist. */
  items: ReadonlyMap<string, Item>;
  answers: ReadonlyMap<string, AnswerChoice>;
  sets: ReadonlyMap<string, ReadonlyMap<string, AnswerChoice>>;
}

/** One row of a group that can be repeated: what was entered by field id, empty fields left out. */
export interface Row {
  id: string;
  fields: Readonly<Record<string, string>>;
  respondent?: string;
  answered?: string;
}

/**
 * What was entered where more is asked for than one choice: a text, a date or a number as a string,
 * the ids of several choices, or rows. Never empty: then there is none.
 */
export type Content = string | readonly string[] | readonly Row[];

export interface Answer {
  /** The revision of the item that the person saw. */
  rev: number;
  /** Id of an answer of the answer set; empty when there is none, or when the answer is `content`. */
  value: string;
  note: string;
  evidence: string;
  justification: string;
  content?: Content;
  /** Who gave it, in their own words for that role or office, and when. */
  respondent?: string;
  answered?: string;
}

/** One step of an action plan. */
export interface Action {
  item: string;
  text: string;
  owner: string;
  due: string;
  state: (typeof ACTION_STATES)[number];
}

export type TextField = (typeof TEXT_FIELDS)[number];

/** The version that was answered, and the one that the answers were carried over from, if any. */
export interface ChecklistVersion {
  id: string;
  version: string;
  digest: string;
  carried_from?: string;
}

/**
 * One assessment while it is filled in.
 *
 * Answers are in Maps, because item ids come from files: "constructor" is a valid id, and in a plain
 * object it would find something that nobody answered.
 */
export interface Draft {
  id: string;
  checklist: ChecklistVersion;
  /** Who answers at the moment. Not part of the record: the next to open it is someone else. */
  respondent?: string | undefined;
  handbook: { id: string; version: string };
  label: string;
  /** Kind of institution, and round, where the file states them. */
  kind?: string | undefined;
  round?: string | undefined;
  actions?: readonly Action[] | undefined;
  /** Items that the file said were an institution's own: kept where this page has none. */
  local?: readonly string[] | undefined;
  language: string;
  created: string;
  updated: string;
  answers: ReadonlyMap<string, Answer>;
  orphans: ReadonlyMap<string, Answer>;
}

export type Counts = Record<string, number>;

/** The file, as schemas/assessment-result.schema.json has it. */
export interface AssessmentRecord {
  format: typeof RESULT_FORMAT;
  format_version: string;
  id: string;
  checklist: ChecklistVersion;
  handbook: { id: string; version: string };
  subject: { label: string; kind?: string; round?: string };
  status: "in-progress" | "complete";
  language: string;
  created: string;
  updated: string;
  answers: Record<string, Answer>;
  risks: [];
  actions: Action[];
  local?: readonly string[];
  orphans: Record<string, Answer>;
  computed: { total: Counts; sections: Record<string, Counts> };
  digest: string;
}

function choicesOf(answers: readonly AnswerChoice[]): ReadonlyMap<string, AnswerChoice> {
  return new Map(answers.map((answer) => [answer.id, answer]));
}

/** The checklist of the page's island, made ready for looking up. */
export function checklistOf(pageData: ChecklistPageData): Checklist {
  const { id, version, digest, title, sections } = pageData.checklist;
  const items = sections.flatMap((section) => section.items);
  return {
    id,
    version,
    digest,
    title,
    lang: pageData.lang,
    handbook: { id: pageData.handbook.id, version: pageData.handbook.version },
    sections: sections.map((section) => ({
      ...section,
      items: section.items.filter((item) => item.status === "active"),
    })),
    items: new Map(items.map((item) => [item.id, item])),
    answers: choicesOf(pageData.answers),
    sets: new Map(Object.entries(pageData.sets ?? {}).map(([set, answers]) => [set, choicesOf(answers)])),
  };
}
