// The data model: the checklist of a page, an assessment while it is filled in (the draft), and the same assessment
// as a file (the record).
import type { AnswerChoice, ChecklistPageData, Item, Level, RunningResult, Section } from "../build/page-data";
import type { ACTION_STATES, RESULT_FORMAT, ROLES, TEXT_FIELDS } from "../build/shared-constants";

export type {
  AnswerChoice,
  AnswerOrigin,
  ChecklistPageData,
  Condition,
  Field,
  Item,
  Level,
  ReadyText,
  RunningResult,
  Section,
  Strings,
} from "../build/page-data";

/** The role of an answer; see schemas/answer-set.schema.json. */
export type Role = (typeof ROLES)[number];

/** The checklist of this page, with lookup by id. */
export interface Checklist {
  id: string;
  version: string;
  digest: string;
  title: string;
  lang: string;
  handbook: { id: string; version: string };
  /** Whether it is answered for an institution, which can have an identifier. */
  institution: boolean;
  levels: readonly Level[];
  results: readonly RunningResult[];
  /** Active items only, in the order of the page. */
  sections: readonly Section[];
  /** All items by id, including retired ones, in the order of the checklist. */
  items: ReadonlyMap<string, Item>;
  answers: ReadonlyMap<string, AnswerChoice>;
  sets: ReadonlyMap<string, ReadonlyMap<string, AnswerChoice>>;
  /** The checklists whose answers items take over (`takes_from`), with the items that matter for that. */
  others: readonly Checklist[];
  /** Whether it lacks items that the checklist has. */
  isExcerpt: boolean;
}

/** A row of a repeatable group: the texts by field id, without empty fields. */
export interface Row {
  id: string;
  fields: Readonly<Record<string, string>>;
  respondent?: string;
  answered?: string;
}

/**
 * The content of an answer other than a single choice: a text, a date or a number as a string, the ids of multiple
 * choices, or rows. It is never empty.
 */
export type Content = string | readonly string[] | readonly Row[];

export interface Answer {
  /** The revision of the item that was answered. */
  rev: number;
  /** Id of an answer in the answer set; empty without one, or when the answer is `content`. */
  value: string;
  note: string;
  evidence: string;
  justification: string;
  content?: Content;
  /** Role or office of the respondent, in their own words, and the time of the answer. */
  respondent?: string;
  answered?: string;
}

/** An action of an action plan. */
export interface Action {
  item: string;
  text: string;
  owner: string;
  due: string;
  state: (typeof ACTION_STATES)[number];
}

export type TextField = (typeof TEXT_FIELDS)[number];

/** The identifier of an institution; see institution-id.ts. */
export interface Identifier {
  scheme: "ror" | "houjin-bangou";
  value: string;
}

/** The version that was answered, and the version that the answers were carried over from, if any. */
export interface ChecklistVersion {
  id: string;
  version: string;
  digest: string;
  carried_from?: string;
}

/**
 * An assessment while it is filled in.
 *
 * Answers are in Maps, because item ids come from files: "constructor" is a valid id, and would match a property of
 * every plain object.
 */
export interface Draft {
  id: string;
  checklist: ChecklistVersion;
  /** Who answers at present. Not part of the record: another person may open it next. */
  respondent?: string | undefined;
  handbook: { id: string; version: string };
  label: string;
  /** Kind of institution, and round, if the file has them. */
  kind?: string | undefined;
  round?: string | undefined;
  identifier?: Identifier | undefined;
  actions?: readonly Action[] | undefined;
  /** Ids of local items in the file; kept when this page has no local items. */
  local?: readonly string[] | undefined;
  language: string;
  created: string;
  updated: string;
  answers: ReadonlyMap<string, Answer>;
  orphans: ReadonlyMap<string, Answer>;
}

export type Counts = Record<string, number>;

/** A result file; see schemas/assessment-result.schema.json. */
export interface AssessmentRecord {
  format: typeof RESULT_FORMAT;
  format_version: string;
  id: string;
  checklist: ChecklistVersion;
  handbook: { id: string; version: string };
  subject: { label: string; kind?: string; round?: string; identifier?: Identifier };
  status: "in-progress" | "complete";
  language: string;
  created: string;
  updated: string;
  answers: Record<string, Answer>;
  risks: [];
  actions: Action[];
  local?: readonly string[];
  orphans: Record<string, Answer>;
  computed: { total: Counts; sections: Record<string, Counts>; levels?: Record<string, Counts> };
  digest: string;
}

function choicesOf(answers: readonly AnswerChoice[]): ReadonlyMap<string, AnswerChoice> {
  return new Map(answers.map((answer) => [answer.id, answer]));
}

/** The checklist in the data of a page, with lookup by id. */
export function checklistOf(pageData: ChecklistPageData, isExcerpt = false): Checklist {
  const { others = [], ...page } = pageData;
  const { id, version, digest, title, sections, institution = false, levels = [], results = [] } = pageData.checklist;
  const items = sections.flatMap((section) => section.items);
  return {
    id,
    version,
    digest,
    title,
    lang: pageData.lang,
    handbook: { id: pageData.handbook.id, version: pageData.handbook.version },
    institution,
    levels,
    results,
    sections: sections.map((section) => ({
      ...section,
      items: section.items.filter((item) => item.status === "active"),
    })),
    items: new Map(items.map((item) => [item.id, item])),
    answers: choicesOf(pageData.answers),
    sets: new Map(Object.entries(pageData.sets).map(([set, answers]) => [set, choicesOf(answers)])),
    others: others.map((other) => checklistOf({ ...page, ...other }, true)),
    isExcerpt,
  };
}
