// Reads the cells of a workbook (ECMA-376, SpreadsheetML): texts, formulas and merged cells.
import { strFromU8, unzipSync } from "fflate";

import type { Cell, Table } from "../assessment/import-table";

/** Maximum unpacked size of a part of the archive, and of all parts together, in bytes. */
const MAX_PART_BYTES = 20_000_000;
const MAX_TOTAL_BYTES = 40_000_000;
/** Maximum size of a table. */
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 100;
const NEEDED_PARTS = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/;

class Workbook {
  readonly #strings: string[];

  constructor(private readonly parts: Readonly<Record<string, Uint8Array>>) {
    const shared = Object.hasOwn(parts, "xl/sharedStrings.xml") ? this.#parseXml("xl/sharedStrings.xml") : undefined;
    this.#strings = shared ? elementsByTag(shared, "si").map(stringText) : [];
  }

  /** The sheets in the order of the workbook. */
  sheets(): Table[] {
    const targets = new Map(
      elementsByTag(this.#parseXml("xl/_rels/workbook.xml.rels"), "Relationship").map((element) => [
        element.getAttribute("Id"),
        element.getAttribute("Target"),
      ]),
    );
    return elementsByTag(this.#parseXml("xl/workbook.xml"), "sheet").map((sheet) => {
      const id = [...sheet.attributes].find(({ localName, prefix }) => localName === "id" && prefix !== null)?.value;
      const target = targets.get(id ?? "") ?? "";
      return this.#readTable(this.#parseXml(target.startsWith("/") ? target.slice(1) : `xl/${target}`));
    });
  }

  #parseXml(name: string): Document {
    const bytes = Object.hasOwn(this.parts, name) ? this.parts[name] : undefined;
    if (!bytes) throw new Error(`${name} is missing`);
    const text = strFromU8(bytes);
    if (text.includes("<!DOCTYPE")) throw new Error("a workbook has no document type");
    const document = new DOMParser().parseFromString(text, "application/xml");
    if (document.getElementsByTagName("parsererror").length > 0) throw new Error(`${name} is no XML`);
    return document;
  }

  #readTable(sheet: Document): Table {
    const rows: Cell[][] = [];
    for (const row of elementsByTag(sheet, "row")) {
      const number = Number(row.getAttribute("r") ?? rows.length + 1) - 1;
      if (!(number >= 0 && number < MAX_ROWS)) throw new Error("too many rows");
      while (rows.length <= number) rows.push([]);
      const cells = rows[number] as Cell[];
      for (const cell of elementsByTag(row, "c")) {
        const column = columnOf(cell.getAttribute("r")) ?? cells.length;
        if (column >= MAX_COLUMNS) continue;
        while (cells.length <= column) cells.push({ text: "", formula: false });
        cells[column] = { text: this.#text(cell), formula: elementsByTag(cell, "f").length > 0 };
      }
    }
    const merged = new Set<number>();
    for (const element of elementsByTag(sheet, "mergeCell")) {
      const [firstRow = 1, lastRow = firstRow] = (element.getAttribute("ref") ?? "")
        .split(":")
        .map((reference) => Number(reference.replace(/\D/g, "")));
      for (let row = firstRow; row <= Math.min(lastRow, MAX_ROWS); row += 1) merged.add(row - 1);
    }
    return { rows, merged };
  }

  #text(cell: Element): string {
    const type = cell.getAttribute("t");
    const value = elementsByTag(cell, "v")[0]?.textContent ?? "";
    if (type === "s") return this.#strings[Number(value)] ?? "";
    if (type === "inlineStr") return elementsByTag(cell, "is").map(stringText).join("");
    return decodeEscapes(value);
  }
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
 * The sheets of a workbook, or undefined when it cannot be read or is too large.
 *
 * Only the parts that contain cells are unpacked, each up to the size that the archive states.
 */
export function readXlsx(bytes: Uint8Array): Table[] | undefined {
  let totalSize = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!NEEDED_PARTS.test(name)) return false;
        totalSize += originalSize;
        if (originalSize > MAX_PART_BYTES || totalSize > MAX_TOTAL_BYTES) throw new Error("it unpacks to too much");
        return true;
      },
    });
    return new Workbook(parts).sheets();
  } catch {
    return undefined;
  }
}
