// Rows of a repeatable group. All functions return new rows and do not modify their arguments; an unchanged row stays
// the same object.
import { fieldText, isRows } from "./content";
import type { Content, Item, ReadyText, Row } from "./model";

/** The rows in the content of an answer. */
export function rowsOf(content: Content | undefined): readonly Row[] {
  return isRows(content) ? content : [];
}

/** Rows as content; null without rows. */
export function rowsContent(rows: readonly Row[]): Content | null {
  return rows.length > 0 ? rows : null;
}

/** A new row, blank or with a ready-made text. */
export function newRow(item: Item, id: string, text?: ReadyText): Row {
  const fields: Record<string, string> = {};
  if (text && item.ready) {
    if (item.ready.choice && text.choice) fields[item.ready.choice] = text.choice;
    fields[item.ready.into] = text.text;
  }
  return { id, fields };
}

/** The rows with a changed text in a field of a row. Fields keep the order of the item. */
export function withField(rows: readonly Row[], item: Item, id: string, field: string, text: string): Row[] {
  return rows.map((row) => {
    if (row.id !== id) return row;
    const texts = (item.fields ?? []).map(
      ({ id: name }) => [name, name === field ? text : fieldText(row, name)] as const,
    );
    return { ...row, fields: Object.fromEntries(texts.filter(([, text]) => text !== "")) };
  });
}

/** The rows with another row inserted at an index, or at the end when there are fewer rows. */
export function withRow(rows: readonly Row[], row: Row, index: number): Row[] {
  return [...rows.slice(0, index), row, ...rows.slice(index)];
}

/** The rows without the row `id`. */
export function withoutRow(rows: readonly Row[], id: string): Row[] {
  return rows.filter((row) => row.id !== id);
}

/** The rows with the row `id` moved by `offset`; unchanged when that leads outside. */
export function withMoved(rows: readonly Row[], id: string, offset: number): readonly Row[] {
  const from = rows.findIndex((row) => row.id === id);
  const row = rows[from];
  const to = from + offset;
  return row && to >= 0 && to < rows.length ? withRow(withoutRow(rows, id), row, to) : rows;
}
