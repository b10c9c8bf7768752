// The texts that an assessment puts in place of the marks of a form. Equals generator/tebiki/results/form_values.py.
import { answerText } from "./assessment-view";
import { fieldChoices, fieldText, isRows } from "./content";
import type { Answer, Checklist, Draft, Row, TextField } from "./model";
import { progressOf } from "./progress";

/** A question, with the field of its rows that has the same text in the rows of another one. */
interface RowReference {
  question: string;
  field: string;
}

/** Where the text of a mark comes from; see schemas/form-template.schema.json. */
export interface MarkSource {
  question?: string;
  field?: string;
  tick?: string;
  text?: TextField;
  position?: true;
  assessment?: "label" | "kind" | "round";
}

/** The mapping of a form template. */
export interface FormMapping {
  ticked?: string;
  unticked?: string;
  each?: { question: string; field?: string; rows?: readonly RowReference[] };
  marks: Readonly<Record<string, MarkSource>>;
}

export type Texts = ReadonlyMap<string, string>;

/** The texts of one document. */
export interface FormDocument {
  /** The text of each mark that stands for the whole document. */
  texts: Texts;
  /** For each question with rows the texts of its marks, row by row; one row of empty texts without any. */
  rows: ReadonlyMap<string, readonly Texts[]>;
  /** The marks that stand for the answer to a question for a number. */
  numbers: ReadonlySet<string>;
}

/** What fills a form. */
export interface FormValues {
  /** The documents, at least one. */
  documents: readonly FormDocument[];
  /** The numbers of the questions whose answers are left out until a person confirms them. */
  unconfirmed: readonly string[];
}

/** The question whose rows repeat the row of a table in which a mark stands. */
export function rowQuestion({ each, marks }: FormMapping, mark: string): string | undefined {
  const source = Object.hasOwn(marks, mark) ? marks[mark] : undefined;
  return source && isOfRow(source) && source.question !== each?.question ? source.question : undefined;
}

function isOfRow({ field, position }: MarkSource): boolean {
  return field !== undefined || position !== undefined;
}

/**
 * What fills a form: the texts of one document, or of one for each row of `each`. What is not asked, not answered or
 * not confirmed is empty, or not ticked.
 *
 * @param draft A draft that is migrated to `checklist`
 * @param kinds The titles of the kinds of institution
 */
export function formValues(
  draft: Draft,
  checklist: Checklist,
  mapping: FormMapping,
  kinds: ReadonlyMap<string, string>,
): FormValues {
  return new Values(draft, checklist, mapping, kinds).values();
}

class Values {
  readonly #answers = new Map<string, Answer>();
  readonly #unconfirmed = new Set<string>();

  constructor(
    private readonly draft: Draft,
    private readonly checklist: Checklist,
    private readonly mapping: FormMapping,
    private readonly kinds: ReadonlyMap<string, string>,
  ) {
    for (const [item, status] of progressOf(checklist, draft.answers).statuses) {
      const answer = draft.answers.get(item);
      if (status === "to-confirm") this.#unconfirmed.add(item);
      else if (answer) this.#answers.set(item, answer);
    }
  }

  values(): FormValues {
    const { each, marks } = this.mapping;
    const sources = [...(each ? [each, ...(each.rows ?? [])] : []), ...Object.values(marks)];
    const used = new Set(sources.map(({ question }) => question));
    const unconfirmed = [...this.checklist.items.values()].filter(
      ({ id }) => used.has(id) && this.#unconfirmed.has(id),
    );
    const rows: readonly Row[] = each ? this.#rows(each.question) : [];
    const documents =
      rows.length > 0
        ? rows.map((row, index) => this.#formDocument(row, index + 1))
        : [this.#formDocument(undefined, 1)];
    return { documents, unconfirmed: unconfirmed.map(({ number }) => number) };
  }

  #formDocument(row: Row | undefined, position: number): FormDocument {
    const texts = new Map<string, string>();
    const byQuestion = new Map<string, [string, MarkSource][]>();
    for (const [mark, source] of Object.entries(this.mapping.marks)) {
      const question = rowQuestion(this.mapping, mark);
      if (question !== undefined) byQuestion.set(question, [...(byQuestion.get(question) ?? []), [mark, source]]);
      else texts.set(mark, isOfRow(source) ? this.#rowText(source, row, position) : this.#text(source));
    }
    const rows = new Map(
      [...byQuestion].map(([question, marks]) => {
        const entries = this.#rowsFor(question, row);
        const filled = (entry: Row | undefined, index: number): Texts =>
          new Map(marks.map(([mark, source]) => [mark, this.#rowText(source, entry, index + 1)]));
        return [question, entries.length > 0 ? entries.map(filled) : [filled(undefined, 0)]];
      }),
    );
    return { texts, rows, numbers: this.#numbers() };
  }

  #numbers(): ReadonlySet<string> {
    const isNumber = ({ question, field, tick, text, position }: MarkSource): boolean => {
      if (question === undefined || tick !== undefined || text !== undefined) return false;
      const item = this.checklist.items.get(question);
      const fieldType = item?.fields?.find(({ id }) => id === field)?.type;
      return position || (field === undefined ? item?.type : fieldType) === "number";
    };
    return new Set(Object.entries(this.mapping.marks).flatMap(([mark, source]) => (isNumber(source) ? [mark] : [])));
  }

  #rows(question: string): readonly Row[] {
    const answer = this.#answers.get(question);
    return answer?.value === "" && isRows(answer.content) ? answer.content : [];
  }

  /** The rows of a question that belong to the document of a row. */
  #rowsFor(question: string, row: Row | undefined): readonly Row[] {
    const { each } = this.mapping;
    let rows = this.#rows(question);
    for (const reference of each?.rows ?? []) {
      if (reference.question !== question) continue;
      const key = row ? fieldText(row, each?.field ?? "") : "";
      rows = rows.filter((entry) => key !== "" && fieldText(entry, reference.field) === key);
    }
    return rows;
  }

  #rowText(
    { question = "", field = "", tick, position: isPosition }: MarkSource,
    row: Row | undefined,
    position: number,
  ): string {
    if (isPosition) return row ? String(position) : "";
    const text = row ? fieldText(row, field) : "";
    if (tick !== undefined) return this.#tick(text === tick);
    const fields = this.checklist.items.get(question)?.fields ?? [];
    const choices = fields.filter(({ id }) => id === field).map((entry) => fieldChoices(entry, this.checklist));
    return choices[0]?.get(text)?.title ?? text;
  }

  #text({ question = "", tick, text, assessment }: MarkSource): string {
    if (assessment) return this.#assessment(assessment);
    const answer = this.#answers.get(question);
    if (tick !== undefined) return this.#tick(answer !== undefined && chosen(answer).includes(tick));
    if (!answer) return "";
    return text ? answer[text] : answerText(this.checklist.items.get(question), answer, this.checklist);
  }

  #assessment(name: "label" | "kind" | "round"): string {
    const { label, kind = "", round = "" } = this.draft;
    if (name === "label") return label;
    return name === "kind" ? (this.kinds.get(kind) ?? kind) : round;
  }

  #tick(isTicked: boolean): string {
    const { ticked = "☑", unticked = "□" } = this.mapping;
    return isTicked ? ticked : unticked;
  }
}

/** The ids of the answers that were chosen. */
function chosen({ value, content }: Answer): readonly unknown[] {
  if (value !== "") return [value];
  return Array.isArray(content) ? (content as readonly unknown[]) : [];
}
