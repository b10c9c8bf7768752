// What the form works on: the checklist as the page carries it, one assessment as it is being
// filled in (the draft), and the same assessment as a file (the record).

/** What the tool does with an answer; see schemas/answer-set.schema.json. */
export type Role = "positive" | "partial" | "negative" | "open" | "excluded";

/** When an item is asked: exactly one of item (with is), all, any. */
export interface Condition {
  item?: string;
  is?: string[];
  all?: Condition[];
  any?: Condition[];
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
  when?: Condition | null;
  /** Items of earlier versions whose answers this one takes over. */
  replaces?: string[];
}

export interface Section {
  id: string;
  title: string;
  items: Item[];
}

export interface AnswerChoice {
  id: string;
  title: string;
  role: Role;
}

/** Nested messages of generator/locales/<language>/form.yml. */
export interface Strings {
  [key: string]: string | Strings;
}

/** The JSON that the page carries in its script element of type application/json. */
export interface Island {
  handbook: { id: string; version: string };
  lang: string;
  checklist: { id: string; version: string; digest: string; title: string; sections: Section[] };
  answers: AnswerChoice[];
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
}

export interface Answer {
  /** The revision of the item that the person saw. */
  rev: number;
  /** Id of an answer of the answer set; empty when only a text was written. */
  value: string;
  note: string;
  evidence: string;
  justification: string;
}

/** One step of an action plan. */
export interface Action {
  item: string;
  text: string;
  owner: string;
  due: string;
  state: "planned" | "started" | "done" | "dropped";
}

/** The free texts of an answer. */
export const TEXT_FIELDS = ["note", "evidence", "justification"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Longest text that the result format accepts, in Unicode code points. */
export const MAX_TEXT = 20_000;

/**
 * One assessment while it is filled in.
 *
 * Answers are in Maps, because item ids come from files: "constructor" is a valid id, and in a plain
 * object it would find something that nobody answered.
 */
export interface Draft {
  id: string;
  checklist: { id: string; version: string; digest: string };
  handbook: { id: string; version: string };
  label: string;
  /** Kind of institution, and round, where the file states them. */
  kind?: string | undefined;
  round?: string | undefined;
  actions?: readonly Action[];
  language: string;
  created: string;
  updated: string;
  answers: ReadonlyMap<string, Answer>;
  orphans: ReadonlyMap<string, Answer>;
}

export type Counts = Record<string, number>;

/** The file, as schemas/assessment-result.schema.json has it. */
export interface AssessmentRecord {
  format: "tebiki-assessment-result";
  format_version: string;
  id: string;
  checklist: { id: string; version: string; digest: string };
  handbook: { id: string; version: string };
  subject: { label: string; kind?: string; round?: string };
  status: "in-progress" | "complete";
  language: string;
  created: string;
  updated: string;
  answers: Record<string, Answer>;
  risks: [];
  actions: Action[];
  orphans: Record<string, Answer>;
  computed: { total: Counts; sections: Record<string, Counts> };
  digest: string;
}

/** The checklist of the page's island, made ready for looking up. */
export function checklistOf(island: Island): Checklist {
  const { id, version, digest, title, sections } = island.checklist;
  const items = sections.flatMap((section) => section.items);
  return {
    id,
    version,
    digest,
    title,
    lang: island.lang,
    handbook: { id: island.handbook.id, version: island.handbook.version },
    sections: sections.map((section) => ({
      ...section,
      items: section.items.filter((item) => item.status === "active"),
    })),
    items: new Map(items.map((item) => [item.id, item])),
    answers: new Map(island.answers.map((answer) => [answer.id, answer])),
  };
}
