// Reading the cells of a workbook (ECMA-376, SpreadsheetML): texts, and where there is a formula or merged cells.
import { strFromU8, unzipSync } from "fflate";

import type { Cell, Table } from "../assessment/import-table";

/** What a part of the archive may be at most when it is unpacked, and all of them together, in bytes. */
const MAX_PART = 20_000_000;
const MAX_ALL = 40_000_000;
/** Further rows and columns are no table of ours. */
const MAX_ROWS = 20_000;
const MAX_COLUMNS = 100;
const NEEDED = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/;

class Workbook {
  readonly #strings: string[];

  constructor(private readonly parts: Readonly<Record<string, Uint8Array>>) {
    const shared = Object.hasOwn(parts, "xl/sharedStrings.xml") ? this.#xml("xl/sharedStrings.xml") : undefined;
    this.#strings = shared ? named(shared, "si").map(textIn) : [];
  }

  /** The sheets, in their order. */
  sheets(): Table[] {
    const targets = new Map(
      named(this.#xml("xl/_rels/workbook.xml.rels"), "Relationship").map((one) => [
        one.getAttribute("Id"),
        one.getAttribute("Target"),
      ]),
    );
    return named(this.#xml("xl/workbook.xml"), "sheet").map((sheet) => {
      const id = [...sheet.attributes].find(({ localName, prefix }) => localName === "id" && prefix !== null)?.value;
      const target = targets.get(id ?? "") ?? "";
      return this.#table(this.#xml(target.startsWith("/") ? target.slice(1) : `xl/${target}`));
    });
  }

  #xml(name: string): Document {
    const bytes = Object.hasOwn(this.parts, name) ? this.parts[name] : undefined;
    if (!bytes) throw new Error(`${name} is missing`);
    const text = strFromU8(bytes);
    if (text.includes("<!DOCTYPE")) throw new Error("a workbook has no document type");
    const document = new DOMParser().parseFromString(text, "application/xml");
    if (document.getElementsByTagName("parsererror").length > 0) throw new Error(`${name} is no XML`);
    return document;
  }

  #table(sheet: Document): Table {
    const rows: Cell[][] = [];
    for (const row of named(sheet, "row")) {
      const number = Number(row.getAttribute("r") ?? rows.length + 1) - 1;
      if (!(number >= 0 && number < MAX_ROWS)) throw new Error("too many rows");
      while (rows.length <= number) rows.push([]);
      const cells = rows[number] as Cell[];
      for (const cell of named(row, "c")) {
        const column = columnOf(cell.getAttribute("r")) ?? cells.length;
        if (column >= MAX_COLUMNS) continue;
        while (cells.length <= column) cells.push({ text: "", formula: false });
        cells[column] = { text: this.#text(cell), formula: named(cell, "f").length > 0 };
      }
    }
    const merged = new Set<number>();
    for (const one of named(sheet, "mergeCell")) {
      const [from = 1, to = from] = (one.getAttribute("ref") ?? "")
        .split(":")
        .map((place) => Number(place.replace(/\D/g, "")));
      for (let row = from; row <= Math.min(to, MAX_ROWS); row += 1) merged.add(row - 1);
    }
    return { rows, merged };
  }

  #text(cell: Element): string {
    const type = cell.getAttribute("t");
    const value = named(cell, "v")[0]?.textContent ?? "";
    if (type === "s") return this.#strings[Number(value)] ?? "";
    if (type === "inlineStr") return named(cell, "is").map(textIn).join("");
    return decoded(value);
  }
}

function named(parent: Document | Element, name: string): Element[] {
  return [...parent.getElementsByTagNameNS("*", name)];
}

/** The text of a string without its readings (rPh), which Japanese spreadsheets keep beside it. */
function textIn(string: Element): string {
  return decoded(
    named(string, "t")
      .filter((one) => one.parentElement?.localName !== "rPh")
      .map((one) => one.textContent ?? "")
      .join(""),
  );
}

/** _x000D_ stands for the character with that code (ECMA-376, 22.9.2.19). */
function decoded(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function columnOf(place: string | null): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? "")?.[0];
  return letters === undefined
    ? undefined
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * The sheets of a workbook, or undefined when it cannot be read or unpacks to more than a table of ours can be.
 * Only the parts that hold cells are unpacked, each to the size that the archive states and no further.
 */
export function readXlsx(bytes: Uint8Array): Table[] | undefined {
  let all = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!NEEDED.test(name)) return false;
        all += originalSize;
        if (originalSize > MAX_PART || all > MAX_ALL) throw new Error("it unpacks to too much");
        return true;
      },
    });
    return new Workbook(parts).sheets();
  } catch {
    return undefined;
  }
}
