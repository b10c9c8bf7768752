// An assessment in words, the input of reports and exports. Equals generator/tebiki/results/assessment_view.py.
import type { GAP_ORDER } from "../build/shared-constants";
import { ANSWERED, ROLE_GAPS, ROLES, UNANSWERED } from "../build/shared-constants";
import type { AppliedResult } from "./conditions";
import { appliedResults } from "./conditions";
import { standaloneChoices, choicesFor, fieldChoices, fieldText, hasChoice, isRows } from "./content";
import type { Answer, AssessmentRecord, Checklist, Draft, Item, Level, Role, Row } from "./model";
import { countsAsAnswered, progressOf } from "./progress";
import type { AnswerStatus } from "./progress";
import { recordOf } from "./record";
import type { Translate } from "./translate";

/** The list of gaps that a question belongs to: a key of `gaps` in result.yml; empty for none. */
export type Gap = "" | (typeof GAP_ORDER)[number];

/** A question with its answer in words. */
export interface Line {
  /** Id of the section; empty for an orphan. */
  section: string;
  item: string;
  number: string;
  question: string;
  answer: string;
  value: string;
  status: AnswerStatus | "orphan";
  gap: Gap;
  note: string;
  evidence: string;
  justification: string;
  respondent: string;
  office: string;
  /** The title of its level, and what to do now after its answer; empty for none. */
  level: string;
  advice: string;
}

export interface AssessmentView {
  record: AssessmentRecord;
  checklist: Checklist;
  title: string;
  label: string;
  kind: string;
  sections: readonly (readonly [string, string])[];
  /** Titles and roles of the counted answers by id, in order. */
  answers: ReadonlyMap<string, { title: string; role: Role | "answered" | "unanswered" }>;
  lines: readonly Line[];
  orphans: readonly Line[];
  levels: readonly Level[];
  /** What follows from the answers; the reasons are numbers of questions. */
  applied: readonly AppliedResult[];
}

/** The sources of the words in a view. */
export interface ViewWords {
  translate: Translate;
  kinds: ReadonlyMap<string, string>;
  /** The office that is responsible for an item; empty for none. */
  officeOf: (item: string) => string;
}

const GAPS: Partial<Record<Role, Gap>> = ROLE_GAPS;

/**
 * An assessment in words, with figures computed from its answers.
 *
 * @param draft A draft that is migrated to `checklist`
 */
export function viewOf(draft: Draft, checklist: Checklist, { translate, kinds, officeOf }: ViewWords): AssessmentView {
  const { statuses, asked } = progressOf(checklist, draft.answers);
  const levels = new Map(checklist.levels.map(({ id, title }) => [id, title]));
  const lines = checklist.sections.flatMap((section) =>
    section.items.flatMap((item): Line[] => {
      const status = statuses.get(item.id);
      if (!status) return [];
      const answer = draft.answers.get(item.id);
      const role = standaloneChoices(item, checklist).get(answer?.value ?? "")?.role;
      const gap = countsAsAnswered(status) ? ((role && GAPS[role]) ?? "") : (status as Gap);
      const question = {
        section: section.id,
        item: item.id,
        number: item.number,
        question: questionText(item),
        office: officeOf(item.id),
      };
      return [
        {
          ...question,
          ...textsOf(answer),
          answer: answerText(item, answer, checklist),
          status: status,
          gap: status === "open" ? "open" : gap,
          level: levels.get(item.level ?? "") ?? "",
          advice: adviceText(item, answer),
        },
      ];
    }),
  );
  const record = recordOf(draft, checklist);
  return {
    record,
    checklist,
    title: checklist.title,
    label: draft.label || translate("no-label"),
    kind: kinds.get(draft.kind ?? "") ?? draft.kind ?? "",
    sections: checklist.sections.map(({ id, title }) => [id, title]),
    answers: countedAnswers(checklist, translate),
    lines,
    orphans: Object.entries(record.orphans).map(([id, answer]): Line => {
      const item = checklist.items.get(id);
      const question = {
        item: id,
        number: item?.number ?? "",
        question: item?.question ?? id,
        answer: answerText(item, answer, checklist),
      };
      const none = { section: "", gap: "", office: "", level: "", advice: "" } as const;
      return { ...none, ...question, ...textsOf(answer), status: "orphan" };
    }),
    levels: checklist.levels,
    applied: appliedResults(checklist, draft.answers, asked).map((result) => ({
      ...result,
      reasons: result.reasons.map((id) => checklist.items.get(id)?.number ?? id),
    })),
  };
}

/** The question; a local one with the name of its institution. */
function questionText({ question, local }: Item): string {
  return local ? `${question} (${local})` : question;
}

function textsOf(
  answer: Answer | undefined,
): Pick<Line, "value" | "note" | "evidence" | "justification" | "respondent"> {
  const { value = "", note = "", evidence = "", justification = "", respondent = "" } = answer ?? {};
  return { value, note, evidence, justification, respondent };
}

/** The advice after an answer with its link; empty without any. */
function adviceText({ advice = [] }: Item, answer: Answer | undefined): string {
  const fitting = advice.find((entry) => hasChoice(answer, entry.for));
  return fitting ? [fitting.text, fitting.link].filter(Boolean).join("\n") : "";
}

/** The answer to an item in words; unknown ids are kept as text. */
export function answerText(item: Item | undefined, answer: Answer | undefined, checklist: Checklist): string {
  if (!answer) return "";
  const choices = item ? choicesFor(item, checklist) : checklist.answers;
  const title = (id: string): string => choices.get(id)?.title ?? id;
  const { value, content } = answer;
  if (value !== "") return title(value);
  if (isRows(content)) return content.map((row) => rowText(row, item, checklist)).join("\n");
  return typeof content === "string" ? content : ((content ?? []) as readonly string[]).map(title).join("\n");
}

function rowText(row: Row, item: Item | undefined, checklist: Checklist): string {
  const fields = item?.fields ?? [];
  const filled = fields.filter((field) => fieldText(row, field.id) !== "");
  const others = Object.keys(row.fields)
    .filter((name) => !fields.some((field) => field.id === name))
    .sort();
  const parts = filled.map((field) => {
    const text = fieldText(row, field.id);
    return `${field.title}: ${fieldChoices(field, checklist).get(text)?.title ?? text}`;
  });
  return [...parts, ...others.map((name) => `${name}: ${row.fields[name]}`)].join("; ");
}

/**
 * The counted answers by id, in the order of ROLES. For an id in several sets, the checklist's own set gives the title
 * and the role.
 */
function countedAnswers(checklist: Checklist, translate: Translate): AssessmentView["answers"] {
  const choices = new Map(checklist.answers);
  for (const item of checklist.items.values()) {
    for (const [id, answer] of choicesFor(item, checklist)) if (!choices.has(id)) choices.set(id, answer);
  }
  const ordered = [...choices].sort(([, a], [, b]) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
  const answers = new Map<string, { title: string; role: Role | "answered" | "unanswered" }>(ordered);
  answers.set(ANSWERED, { title: translate("answered"), role: "answered" });
  return answers.set(UNANSWERED, { title: translate("unanswered"), role: "unanswered" });
}
