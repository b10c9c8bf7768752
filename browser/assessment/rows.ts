// Rows of a group that can be repeated. Every function returns new rows and leaves those given alone;
// a row that stays as it is stays the same object.
import { fieldText, isRows } from "./content";
import type { Content, Item, ReadyText, Row } from "./model";

/** The rows in the content of an answer. */
export function rowsOf(content: Content | undefined): readonly Row[] {
  return isRows(content) ? content : [];
}

/** Rows as content: without any there is none. */
export function rowsContent(rows: readonly Row[]): Content | null {
  return rows.length > 0 ? rows : null;
}

/** A new row, blank or begun with a ready-made text. */
export function newRow(item: Item, id: string, text?: ReadyText): Row {
  const fields: Record<string, string> = {};
  if (text && item.ready) {
    if (item.ready.choice && text.choice) fields[item.ready.choice] = text.choice;
    fields[item.ready.into] = text.text;
  }
  return { id, fields };
}

/** The rows with another text in one field of one row. Fields keep the order of the item. */
export function withField(rows: readonly Row[], item: Item, id: string, field: string, text: string): Row[] {
  return rows.map((row) => {
    if (row.id !== id) return row;
    const texts = (item.fields ?? []).map(
      ({ id: name }) => [name, name === field ? text : fieldText(row, name)] as const,
    );
    return { ...row, fields: Object.fromEntries(texts.filter(([, one]) => one !== "")) };
  });
}

/** The rows with one put in at a place, or at the end when there are fewer. */
export function withRow(rows: readonly Row[], row: Row, at: number): Row[] {
  return [...rows.slice(0, at), row, ...rows.slice(at)];
}

/** The rows without one. */
export function withoutRow(rows: readonly Row[], id: string): Row[] {
  return rows.filter((row) => row.id !== id);
}

/** The rows with one moved by some places, as far as it goes. */
export function withMoved(rows: readonly Row[], id: string, by: number): readonly Row[] {
  const from = rows.findIndex((row) => row.id === id);
  const row = rows[from];
  const to = from + by;
  return row && to >= 0 && to < rows.length ? withRow(withoutRow(rows, id), row, to) : rows;
}
