// Reads a table that was filled in elsewhere, row by row: what would be taken, and what is refused and why.
import { MAX_TEXT_LENGTH, TEXT_FIELDS } from "../build/shared-constants";
import type { CellFault } from "./cell-format";
import type { Fault } from "./content";
import { standaloneChoices, choicesFor, fieldFault, isCombinable } from "./content";
import type { AnswerChange } from "./draft";
import { textLength } from "./draft";
import type { Answer, Checklist, Content, Draft, Field, Item, TextField } from "./model";
import { comparable, foldWidth, isoDate } from "./table-file";
import type { Translate } from "./translate";
import { answerText } from "./assessment-view";

/** A cell of a file. */
export interface Cell {
  text: string;
  /** Whether a formula computes the text. */
  formula: boolean;
  /** Why the cell has no text that could be taken, and its name, such as D3. */
  fault?: { why: CellFault; cell: string };
}

/** A sheet; rows and cells that the file leaves out are empty. */
export interface Table {
  rows: Cell[][];
  /** Numbers of the rows, from 0, that take part in merged cells. */
  merged: ReadonlySet<number>;
}

/** Why a row is refused: a key of `importing.why` in form_tools.yml, and what its text names. */
export interface Refusal {
  /** Number of the row, from 1, as spreadsheets count. */
  row: number;
  why:
    | "merged"
    | "formula"
    | CellFault
    | "no-item"
    | "unknown-item"
    | "again"
    | "question"
    | "answer"
    | "content"
    | Exclude<Fault, "missing">
    | "too-long";
  values: Record<string, string>;
}

/** A row that can be taken, and the change that it makes to an answer. */
export interface Proposal {
  row: number;
  item: string;
  change: AnswerChange;
}

export interface TableImport {
  taken: Proposal[];
  refused: Refusal[];
  /** How many rows change nothing. */
  same: number;
}

/** The columns that a table must have. That of the answer status may be missing, or have the heading of earlier tables. */
const COLUMNS = ["question", "answer", "note", "evidence", "justification", "item"] as const;
type Column = (typeof COLUMNS)[number] | "standing";

/**
 * Works out what `table` changes in `draft`. A row is taken whole or not at all. An empty cell changes nothing, and
 * the draft itself is not changed: `taken` are proposals.
 *
 * @param translate The words of a result in the language of the table
 * @returns The proposals and refusals, or the headings that are missing or stand there twice
 */
export function importTable(
  table: Table,
  draft: Draft,
  checklist: Checklist,
  translate: Translate,
): TableImport | { headings: string[] } {
  const [head = [], ...rows] = table.rows;
  const titles = head.map(({ text }) => comparable(text));
  const wrong = COLUMNS.map((column) => translate(`columns.${column}`)).filter(
    (heading) => titles.filter((title) => title === heading).length !== 1,
  );
  if (wrong.length > 0) return { headings: wrong };
  const result: TableImport = { taken: [], refused: [], same: 0 };
  const seen = new Set<string>();
  for (const [index, cells] of rows.entries()) {
    const position = index + 1;
    const row = position + 1;
    const merged = table.merged.has(position);
    if (cells.every(({ text, formula }) => text.trim() === "" && !formula) && !merged) continue;
    const cell = (column: Column): Cell =>
      cells[titles.indexOf(translate(`columns.${column}`))] ?? { text: "", formula: false };
    const outcome = merged ? refusal("merged") : readRow(cell, draft, checklist, translate, seen);
    if (outcome === undefined) result.same += 1;
    else if ("why" in outcome) result.refused.push({ row, ...outcome });
    else result.taken.push({ row, ...outcome });
  }
  return result;
}

function refusal(why: Refusal["why"], values: Refusal["values"] = {}): Omit<Refusal, "row"> {
  return { why, values };
}

/** What a row proposes or why it is refused; undefined when it changes nothing. Adds its item to `seen`. */
function readRow(
  cell: (column: Column) => Cell,
  draft: Draft,
  checklist: Checklist,
  translate: Translate,
  seen: Set<string>,
): Omit<Proposal, "row"> | Omit<Refusal, "row"> | undefined {
  const text = (column: Column): string => withLineFeeds(cell(column).text);
  const formula = COLUMNS.find((column) => cell(column).formula);
  if (formula) return refusal("formula", { column: translate(`columns.${formula}`) });
  const faulty = COLUMNS.map(cell).find(({ fault }) => fault);
  if (faulty?.fault) return refusal(faulty.fault.why, { cell: faulty.fault.cell, text: faulty.text });
  const id = foldWidth(text("item"));
  if (id === "") return refusal("no-item");
  // Answers that were set aside are in the file for reading.
  if (comparable(text("standing")) === translate("standings.orphan")) return undefined;
  const item = checklist.items.get(id);
  if (item?.status !== "active") return refusal("unknown-item", { item: id });
  if (seen.has(id)) return refusal("again", { number: item.number });
  seen.add(id);
  if (comparable(text("question")) !== comparable(item.question)) return refusal("question", { item: id });
  const long = [...TEXT_FIELDS, "answer" as const].find((column) => textLength(text(column)) > MAX_TEXT_LENGTH);
  if (long) return refusal("too-long", { column: translate(`columns.${long}`) });
  const before = draft.answers.get(id);
  const answer = readAnswer(item, text("answer"), before, checklist);
  if ("why" in answer) return refusal(answer.why, { number: item.number, answer: text("answer") });
  const change = { ...answer, ...changedTexts(before, text) };
  return Object.keys(change).length === 0 ? undefined : { item: id, change };
}

/** The text with line ends as this page writes them. */
function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function changedTexts(
  before: Answer | undefined,
  text: (column: TextField) => string,
): Partial<Record<TextField, string>> {
  const changed = TEXT_FIELDS.filter(
    (field) => text(field) !== "" && text(field).normalize() !== withLineFeeds(before?.[field] ?? "").normalize(),
  );
  return Object.fromEntries(changed.map((field) => [field, text(field)]));
}

/** The change of the answer in a cell (empty when nothing changes), or why the cell cannot be used. */
function readAnswer(
  item: Item,
  cell: string,
  before: Answer | undefined,
  checklist: Checklist,
): AnswerChange | { why: Refusal["why"] } {
  const title = comparable(cell);
  if (title === "" || title === comparable(answerText(item, before, checklist))) return {};
  const chosen = [...standaloneChoices(item, checklist)].find(([, choice]) => comparable(choice.title) === title);
  if (chosen) return { value: chosen[0] };
  const content = readContent(item, cell, checklist);
  if (typeof content === "object" && "why" in content) return content;
  return before?.value === "" && content === before.content ? {} : { content };
}

function readContent(item: Item, cell: string, checklist: Checklist): Content | { why: Refusal["why"] } {
  switch (item.type ?? "choice") {
    case "choice":
      return { why: "answer" };
    case "rows":
      return { why: "content" };
    case "choices": {
      const titles = cell.split("\n").map(comparable).filter(Boolean);
      const combinable = [...choicesFor(item, checklist)].filter(([, answer]) => isCombinable(answer));
      const ids = combinable.filter(([, { title }]) => titles.includes(comparable(title))).map(([id]) => id);
      return ids.length === new Set(titles).size ? ids : { why: "answer" };
    }
    default: {
      const whole = { ...item, type: item.type as Field["type"], required: true };
      const text = item.type === "date" ? isoDate(cell) : item.type === "number" ? foldWidth(cell) : cell;
      const fault = fieldFault(whole, text);
      return fault && fault !== "missing" ? { why: fault } : text;
    }
  }
}
