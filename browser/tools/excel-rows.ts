// Repeats rows of a sheet of Excel, and moves what stands below or around them. Equals
// generator/tebiki/results/excel_rows.py.
import { copyOf, elements, EXCEL, parsePart, serialize } from "./office-xml";

const CELL = /(\$?[A-Z]{1,3}\$?)([0-9]+)/g;
const WORKBOOK = "xl/workbook.xml";
const RELATIONSHIPS = "xl/_rels/workbook.xml.rels";
/** The attributes of elements of a sheet that name cells. */
const REFERENCES = [
  ["dataValidation", "sqref"],
  ["conditionalFormatting", "sqref"],
  ["autoFilter", "ref"],
  ["hyperlink", "ref"],
  ["dimension", "ref"],
] as const;

/** A row that was repeated: its number, and the number of its copies. */
export interface Repetition {
  number: number;
  count: number;
}

/** Puts copies in the place of a row, and moves the rows below. */
export function repeatRow(sheet: Document, row: Element, copies: readonly Element[]): Repetition {
  const number = rowNumber(row);
  const more = copies.length - 1;
  for (const other of elements(sheet, EXCEL, "row"))
    if (rowNumber(other) > number) renumber(other, rowNumber(other) + more);
  for (const [index, copy] of copies.entries()) renumber(copy, number + index);
  row.replaceWith(...copies);
  for (const [name, attribute] of REFERENCES) {
    for (const element of elements(sheet, EXCEL, name))
      element.setAttribute(attribute, moved(element.getAttribute(attribute) ?? "", number, more));
  }
  for (const rowBreak of elements(sheet, EXCEL, "brk")) {
    const id = Number(rowBreak.getAttribute("id"));
    if (rowBreak.parentElement?.localName === "rowBreaks" && id >= number)
      rowBreak.setAttribute("id", String(id + more));
  }
  for (const merged of elements(sheet, EXCEL, "mergeCells")) repeatMerges(merged, number, more);
  return { number, count: copies.length };
}

/** Moves the print area and other names of cells of a sheet; the repetitions are in order from the last row. */
export function moveDefinedNames(
  parts: Map<string, Uint8Array>,
  part: string,
  repetitions: readonly Repetition[],
): void {
  const [workbookPart, relationshipsPart] = [parts.get(WORKBOOK), parts.get(RELATIONSHIPS)];
  if (!workbookPart || !relationshipsPart) return;
  const workbook = parsePart(workbookPart);
  const relationships = [...parsePart(relationshipsPart).getElementsByTagNameNS("*", "Relationship")];
  const ids = relationships
    .filter((relation) => baseName(relation.getAttribute("Target") ?? "") === baseName(part))
    .map((relation) => relation.getAttribute("Id"));
  const names = elements(workbook, EXCEL, "sheet")
    .filter((sheet) => ids.includes(sheet.getAttribute("r:id")))
    .map((sheet) => sheet.getAttribute("name"));
  for (const defined of elements(workbook, EXCEL, "definedName")) {
    const text = defined.textContent ?? "";
    const end = text.lastIndexOf("!");
    const name = text.slice(0, end).replace(/^'|'$/g, "").replaceAll("''", "'");
    if (!names.includes(name) || text.includes(",")) continue;
    const reference = repetitions.reduce(
      (cells, { number, count }) => moved(cells, number, count - 1),
      text.slice(end + 1),
    );
    defined.textContent = `${text.slice(0, end)}!${reference}`;
  }
  parts.set(WORKBOOK, serialize(workbook));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function rowNumber(row: Element): number {
  return Number(row.getAttribute("r"));
}

function renumber(row: Element, number: number): void {
  row.setAttribute("r", String(number));
  for (const cell of elements(row, EXCEL, "c"))
    cell.setAttribute("r", (cell.getAttribute("r") ?? "").replace(CELL, `$1${number}`));
}

/** Cells and ranges after a row got `more` further rows; a range that ends with it grows. */
function moved(references: string, number: number, more: number): string {
  const down = (reference: string, first: number): string =>
    reference.replace(CELL, (_whole, column: string, row: string) => {
      return `${column}${Number(row) >= first ? Number(row) + more : row}`;
    });
  return references
    .split(" ")
    .map((reference) => {
      const [first = "", last] = reference.split(":");
      return down(first, number + 1) + (last === undefined ? "" : `:${down(last, number)}`);
    })
    .join(" ");
}

function repeatMerges(merged: Element, number: number, more: number): void {
  for (const cell of elements(merged, EXCEL, "mergeCell")) {
    const reference = cell.getAttribute("ref") ?? "";
    if ([...reference.matchAll(CELL)].every(([, , row]) => Number(row) === number)) {
      for (let index = 1; index <= more; index += 1) {
        const copy = copyOf(cell);
        copy.setAttribute("ref", reference.replace(CELL, `$1${number + index}`));
        merged.append(copy);
      }
    } else cell.setAttribute("ref", moved(reference, number, more));
  }
  merged.setAttribute("count", String(elements(merged, EXCEL, "mergeCell").length));
}
