// Reads the cells of a workbook (ECMA-376, SpreadsheetML): texts, numbers by their format, formulas, merged cells.
import { strFromU8 } from "fflate";

import { numberKind, numberText } from "../assessment/cell-format";
import { columnLetters } from "../assessment/xlsx-write";
import type { Cell, Table } from "../assessment/import-table";
import { limitTo, Steps, unpackParts, WORKBOOK_LIMITS, WorkbookLimitError } from "../assessment/xlsx-parts";

const MAX_COLUMNS = 100;
const NEEDED_PARTS =
  /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

/** The kinds of numbers by the index of a cell style. */
type NumberKinds = readonly ReturnType<typeof numberKind>[];

class Workbook {
  readonly #strings: string[] = [];
  #kinds: NumberKinds = [];
  #date1904 = false;
  #cells = 0;

  constructor(
    private readonly parts: ReadonlyMap<string, Uint8Array>,
    private readonly steps: Steps,
  ) {}

  /** The sheets in the order of the workbook; each is read when it is asked for. */
  async *sheets(): AsyncGenerator<Table> {
    const workbook = this.#parseXml("xl/workbook.xml");
    const properties = elementsByTag(workbook, "workbookPr")[0];
    this.#date1904 = /^(1|true)$/.test(properties?.getAttribute("date1904") ?? "");
    if (this.parts.has("xl/styles.xml")) this.#kinds = numberKinds(this.#parseXml("xl/styles.xml"));
    await this.#readStrings();
    const targets = new Map(
      elementsByTag(this.#parseXml("xl/_rels/workbook.xml.rels"), "Relationship").map((element) => [
        element.getAttribute("Id"),
        element.getAttribute("Target"),
      ]),
    );
    const sheets = elementsByTag(workbook, "sheet");
    limitTo("sheets", sheets.length);
    const seen = new Set<string>();
    for (const sheet of sheets) {
      const id = [...sheet.attributes].find(({ localName, prefix }) => localName === "id" && prefix !== null)?.value;
      const target = targets.get(id ?? "") ?? "";
      const name = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      if (!this.parts.has(name)) continue; // a sheet that holds a chart
      if (seen.has(name)) throw new Error(`${name} is two sheets`);
      seen.add(name);
      yield await this.#readTable(this.#parseXml(name));
    }
  }

  async #readStrings(): Promise<void> {
    if (!this.parts.has("xl/sharedStrings.xml")) return;
    for (const element of this.#parseXml("xl/sharedStrings.xml").documentElement.children) {
      if (element.localName === "si") this.#strings.push(stringText(element));
      limitTo("cells", this.#strings.length);
      await this.steps.next();
    }
  }

  #parseXml(name: string): Document {
    const bytes = this.parts.get(name);
    if (!bytes) throw new Error(`${name} is missing`);
    const text = strFromU8(bytes);
    if (text.includes("<!DOCTYPE")) throw new Error("a workbook has no document type");
    const document = new DOMParser().parseFromString(text, "application/xml");
    if (document.getElementsByTagName("parsererror").length > 0) throw new Error(`${name} is no XML`);
    return document;
  }

  async #readTable(sheet: Document): Promise<Table> {
    await this.steps.next();
    const rows: Cell[][] = [];
    for (const row of elementsByTag(sheet, "sheetData").flatMap((data) => [...data.children])) {
      const number = Number(row.getAttribute("r") ?? rows.length + 1);
      if (!(number >= 1)) throw new Error("a row has no number");
      limitTo("rows", number);
      while (rows.length < number) rows.push([]);
      this.#readRow(row, number, rows[number - 1] as Cell[]);
      await this.steps.next();
    }
    return { rows, merged: mergedRows(sheet, rows.length) };
  }

  #readRow(row: Element, number: number, cells: Cell[]): void {
    for (const element of row.children) {
      this.#cells += 1;
      limitTo("cells", this.#cells);
      const column = columnOf(element.getAttribute("r")) ?? cells.length;
      if (column >= MAX_COLUMNS) continue;
      while (cells.length <= column) cells.push({ text: "", formula: false });
      cells[column] = this.#readCell(element, `${columnLetters(column)}${number}`);
    }
  }

  #readCell(element: Element, name: string): Cell {
    const parts = new Map([...element.children].map((child) => [child.localName, child]));
    const formula = parts.has("f");
    const value = parts.get("v")?.textContent ?? "";
    const text = (text: string): Cell => ({ text, formula });
    switch (element.getAttribute("t") ?? "n") {
      case "s":
        return text(this.#strings[Number(value)] ?? "");
      case "inlineStr":
        return text(
          [...element.children]
            .filter(({ localName }) => localName === "is")
            .map(stringText)
            .join(""),
        );
      case "b":
        return text(value === "1" ? "TRUE" : value === "0" ? "FALSE" : value);
      case "e":
        return { text: value, formula, fault: { why: "cell-error", cell: name } };
      case "d":
        return text(value.replace(/T00:00(:00(\.0+)?)?Z?$/, "").replace("T", " "));
      case "n": {
        const kind = this.#kinds[Number(element.getAttribute("s") ?? 0)] ?? "number";
        const number = numberText(value, kind, this.#date1904);
        if (number !== undefined) return text(number);
        return { text: value, formula, fault: { why: "cell-date", cell: name } };
      }
      default:
        return text(decodeEscapes(value));
    }
  }
}

/** Numbers of the rows, from 0, that take part in merged cells. */
function mergedRows(sheet: Document, rowCount: number): Set<number> {
  const ranges = elementsByTag(sheet, "mergeCell").map((element) => {
    const [first = 1, last = first] = (element.getAttribute("ref") ?? "")
      .split(":")
      .map((reference) => Number(reference.replace(/\D/g, "")));
    return { first, last };
  });
  limitTo("merges", ranges.length);
  ranges.sort((a, b) => a.first - b.first);
  const merged = new Set<number>();
  let next = 1; // no row is looked at twice, however many ranges it is in
  for (const { first, last } of ranges) {
    for (next = Math.max(next, first); next <= Math.min(last, rowCount); next += 1) merged.add(next - 1);
  }
  return merged;
}

function numberKinds(styles: Document): NumberKinds {
  const codes = new Map(
    elementsByTag(styles, "numFmt").map((format) => [
      format.getAttribute("numFmtId"),
      format.getAttribute("formatCode"),
    ]),
  );
  const formats = elementsByTag(styles, "cellXfs").flatMap((list) => [...list.children]);
  limitTo("cells", formats.length);
  return formats.map((format) => {
    const id = format.getAttribute("numFmtId") ?? "0";
    return numberKind(Number(id), codes.get(id) ?? undefined);
  });
}

function elementsByTag(parent: Document | Element, name: string): Element[] {
  return [...parent.getElementsByTagNameNS("*", name)];
}

/** The text of a string without its readings (rPh), which Japanese spreadsheets store beside it. */
function stringText(string: Element): string {
  return decodeEscapes(
    elementsByTag(string, "t")
      .filter((element) => element.parentElement?.localName !== "rPh")
      .map((element) => element.textContent ?? "")
      .join(""),
  );
}

/** Decodes _x000D_, which stands for the character with that code (ECMA-376, 22.9.2.19). */
function decodeEscapes(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function columnOf(reference: string | null): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * The sheets of a workbook, each read when it is asked for, in steps between which the page answers.
 *
 * @throws WorkbookLimitError when the workbook exceeds a limit; any other error when it cannot be read
 */
export async function* readXlsx(bytes: Uint8Array): AsyncGenerator<Table> {
  const steps = new Steps();
  yield* new Workbook(await unpackParts(bytes, NEEDED_PARTS, steps), steps).sheets();
}

/** The limit that an error of `readXlsx` states, with its value. */
export function exceededLimit(error: unknown): { limit: string; value: number } | undefined {
  return error instanceof WorkbookLimitError ? { limit: error.limit, value: WORKBOOK_LIMITS[error.limit] } : undefined;
}
