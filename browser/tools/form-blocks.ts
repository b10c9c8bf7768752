// Where marks can stand in a Word or Excel file: paragraphs and cells, with the row of a table that holds them. Equals
// generator/tebiki/reading/form_blocks.py.
import { columnLetters } from "../assessment/xlsx-write";
import { ancestor, createLike, elements, EXCEL, parsePart, WORD } from "./office-xml";

export type FormKind = "docx" | "xlsx";

/** A mark of a form: a name in double braces. */
export const MARK = /\{\{[ \t\u00a0\u3000]*([a-z][a-z0-9-]*)[ \t\u00a0\u3000]*\}\}/g;
/** The parts whose texts are filled. */
const FILLED = {
  docx: /^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/,
  xlsx: /^xl\/worksheets\/[^/]+\.xml$/,
};
const STRINGS = "xl/sharedStrings.xml";

/** A paragraph or a cell that holds double braces. */
export interface Block {
  element: Element;
  /** The elements that hold its text, in order: a mark can be split over them. */
  texts: readonly Element[];
  /** The innermost row of a table that it is in. */
  row: Element | undefined;
}

/** The XML of the parts that marks can stand in, by name. Cells that share a text with marks get a copy of it. */
export function filledParts(parts: ReadonlyMap<string, Uint8Array>, kind: FormKind): Map<string, Document> {
  const documents = new Map(
    [...parts].filter(([name]) => FILLED[kind].test(name)).map(([name, bytes]) => [name, parsePart(bytes)]),
  );
  if (kind === "docx") return documents;
  const shared = parts.get(STRINGS);
  const strings = shared ? [...parsePart(shared).documentElement.children].filter(isString) : [];
  for (const sheet of documents.values()) {
    numberCells(sheet);
    copySharedStrings(sheet, strings);
  }
  return documents;
}

/** The paragraphs or cells inside `root` that hold double braces. */
export function blocksIn(root: Document | Element, kind: FormKind): Block[] {
  const blocks = kind === "docx" ? paragraphs(root) : cells(root);
  return blocks.filter((block) => /\{\{|\}\}/.test(textOf(block)));
}

/** The text of a block without formatting. */
export function textOf({ texts }: Block): string {
  return texts.map(({ textContent }) => textContent ?? "").join("");
}

/** The names of the marks of a block, in order. */
export function marksOf(block: Block): string[] {
  return [...textOf(block).matchAll(MARK)].map(([, name = ""]) => name);
}

function paragraphs(root: Document | Element): Block[] {
  const texts = new Map<Element, Element[]>();
  for (const text of elements(root, WORD, "t")) {
    const paragraph = ancestor(text, WORD, "p");
    if (paragraph) texts.set(paragraph, [...(texts.get(paragraph) ?? []), text]);
  }
  return [...texts].map(([element, list]) => ({ element, texts: list, row: ancestor(element, WORD, "tr") }));
}

function cells(root: Document | Element): Block[] {
  return elements(root, EXCEL, "c").map((element) => ({
    element,
    texts: elements(element, EXCEL, "is")
      .flatMap((inline) => elements(inline, EXCEL, "t"))
      .filter((text) => !ancestor(text, EXCEL, "rPh")),
    row: ancestor(element, EXCEL, "row"),
  }));
}

function isString({ localName, namespaceURI }: Element): boolean {
  return localName === "si" && EXCEL.includes(namespaceURI ?? "");
}

/** Writes the references that a row or a cell may leave out. */
function numberCells(sheet: Document): void {
  let number = 0;
  for (const row of elements(sheet, EXCEL, "row")) {
    number = Number(row.getAttribute("r") ?? number + 1);
    row.setAttribute("r", String(number));
    let column = 0;
    for (const cell of elements(row, EXCEL, "c")) {
      const letters = (cell.getAttribute("r") ?? "").replace(/[0-9]+$/, "") || columnLetters(column);
      column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
      cell.setAttribute("r", `${letters}${number}`);
    }
  }
}

function copySharedStrings(sheet: Document, strings: readonly Element[]): void {
  for (const cell of elements(sheet, EXCEL, "c")) {
    if (cell.getAttribute("t") !== "s") continue;
    const string = strings[Number(elements(cell, EXCEL, "v")[0]?.textContent)];
    if (!string || !elements(string, EXCEL, "t").some(({ textContent }) => /[{}]/.test(textContent ?? ""))) continue;
    const inline = createLike(cell, "is");
    for (const child of string.children)
      if (child.localName === "t" || child.localName === "r") inline.append(sheet.importNode(child, true));
    cell.replaceChildren(inline);
    cell.setAttribute("t", "inlineStr");
  }
}
