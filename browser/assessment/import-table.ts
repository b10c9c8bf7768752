// A table that was filled in elsewhere, row by row: what would be taken, and what is refused and why.
import { choicesAlone, choicesFor, faultOf } from "./content";
import type { AnswerChange } from "./draft";
import { textLength } from "./draft";
import type { Answer, Checklist, Content, Draft, Field, Item, TextField } from "./model";
import { MAX_TEXT, TEXT_FIELDS } from "./model";
import type { Translate } from "./translate";
import { answerText } from "./assessment-view";

/** A cell as it stands in a file. */
export interface Cell {
  text: string;
  /** Whether it is worked out by a formula. */
  formula: boolean;
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
    | "no-item"
    | "unknown-item"
    | "again"
    | "question"
    | "answer"
    | "content"
    | "bad-date"
    | "bad-number"
    | "too-long";
  values: Record<string, string>;
}

export interface Taken {
  row: number;
  item: string;
  change: AnswerChange;
}

export interface FilledIn {
  taken: Taken[];
  refused: Refusal[];
  /** How many rows say what stands here already. */
  same: number;
}

const NEEDED = ["question", "answer", "standing", "note", "evidence", "justification", "item"] as const;
type Column = (typeof NEEDED)[number];

/**
 * What `table` changes in `draft`, or the headings that are missing or stand there twice. A row is taken whole or
 * not at all. An empty cell changes nothing, and nothing is changed here: `taken` are proposals.
 */
export function filledIn(
  table: Table,
  draft: Draft,
  checklist: Checklist,
  r: Translate,
): FilledIn | { headings: string[] } {
  const [head = [], ...rows] = table.rows;
  const titles = head.map(({ text }) => text.trim());
  const wrong = NEEDED.map((column) => r(`columns.${column}`)).filter(
    (title) => titles.filter((one) => one === title).length !== 1,
  );
  if (wrong.length > 0) return { headings: wrong };
  const found: FilledIn = { taken: [], refused: [], same: 0 };
  const seen = new Set<string>();
  rows.forEach((cells, index) => {
    const at = index + 1;
    const row = at + 1;
    if (cells.every(({ text, formula }) => text.trim() === "" && !formula) && !table.merged.has(at)) return;
    const cell = (column: Column): { text: string; formula: boolean } =>
      cells[titles.indexOf(r(`columns.${column}`))] ?? { text: "", formula: false };
    const text = (column: Column): string => plain(cell(column).text);
    const refuse = (why: Refusal["why"], values: Record<string, string> = {}): unknown =>
      found.refused.push({ row, why, values });
    if (table.merged.has(at)) return refuse("merged");
    const formula = NEEDED.find((column) => cell(column).formula);
    if (formula) return refuse("formula", { column: r(`columns.${formula}`) });
    const id = text("item").trim();
    if (id === "") return refuse("no-item");
    // Answers that were set aside are in the file for reading.
    if (text("standing").trim() === r("standings.orphan")) return (found.same += 1);
    const item = checklist.items.get(id);
    if (item?.status !== "active") return refuse("unknown-item", { item: id });
    if (seen.has(id)) return refuse("again", { number: item.number });
    seen.add(id);
    if (text("question").trim() !== item.question.trim()) return refuse("question", { item: id });
    const long = [...TEXT_FIELDS, "answer" as const].find((column) => textLength(text(column)) > MAX_TEXT);
    if (long) return refuse("too-long", { column: r(`columns.${long}`) });
    const before = draft.answers.get(id);
    const answer = answerOf(item, text("answer"), before, checklist);
    if ("why" in answer) return refuse(answer.why, { number: item.number, answer: text("answer") });
    const change = { ...answer, ...changedTexts(before, text) };
    if (Object.keys(change).length === 0) found.same += 1;
    else found.taken.push({ row, item: id, change });
    return undefined;
  });
  return found;
}

/** Line ends as this page writes them. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function changedTexts(
  before: Answer | undefined,
  text: (column: TextField) => string,
): Partial<Record<TextField, string>> {
  const changed = TEXT_FIELDS.filter((field) => text(field) !== "" && text(field) !== plain(before?.[field] ?? ""));
  return Object.fromEntries(changed.map((field) => [field, text(field)]));
}

/** What a cell says about the answer: nothing new, a change, or why it cannot be used. */
function answerOf(
  item: Item,
  cell: string,
  before: Answer | undefined,
  checklist: Checklist,
): AnswerChange | { why: Refusal["why"] } {
  const said = cell.trim();
  if (said === "" || said === plain(answerText(item, before, checklist)).trim()) return {};
  const chosen = [...choicesAlone(item, checklist)].find(([, { title }]) => title.trim() === said);
  if (chosen) return { value: chosen[0] };
  const content = contentOf(item, cell, checklist);
  return typeof content === "object" && "why" in content ? content : { content };
}

function contentOf(item: Item, cell: string, checklist: Checklist): Content | { why: Refusal["why"] } {
  switch (item.type ?? "choice") {
    case "choice":
      return { why: "answer" };
    case "rows":
      return { why: "content" };
    case "choices": {
      const titles = cell
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
      const together = [...choicesFor(item, checklist)].filter(
        ([, { role }]) => role === "positive" || role === "partial",
      );
      const ids = together.filter(([, { title }]) => titles.includes(title.trim())).map(([id]) => id);
      return ids.length === new Set(titles).size ? ids : { why: "answer" };
    }
    default: {
      const whole = { ...item, type: item.type as Field["type"], required: true };
      const fault = faultOf(whole, cell);
      return fault && fault !== "missing" ? { why: fault } : cell;
    }
  }
}
