// The bundle that fills Word and Excel forms, loaded when a form is filled. It changes the XML of their parts, so that
// everything else stays as it is. Equals generator/tebiki/results/fill_form.py.
import { zipSync } from "fflate";

import type { FormDocument, FormMapping, Texts } from "../assessment/form-values";
import { rowQuestion } from "../assessment/form-values";
import { cellText } from "../assessment/xlsx-write";
import { Steps, unpackParts } from "../assessment/xlsx-parts";
import { QuotedStyles, setCell, TextTooLong } from "./excel-cells";
import type { Repetition } from "./excel-rows";
import { moveDefinedNames, repeatRow } from "./excel-rows";
import type { Block, FormKind } from "./form-blocks";
import { blocksIn, filledParts, MARK, marksOf, textOf } from "./form-blocks";
import { copyOf, createLike, elements, serialize, setText, WORD } from "./office-xml";

/** Time of each file in the archive: fixed, so that the same texts give the same bytes. */
const NO_TIME = new Date(2000, 0, 1);
const STYLES = "xl/styles.xml";
const WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

/** A form that is read once and filled as often as needed. */
export class Form {
  private constructor(
    private readonly parts: ReadonlyMap<string, Uint8Array>,
    private readonly kind: FormKind,
    private readonly mapping: FormMapping,
  ) {}

  static async open(bytes: Uint8Array, kind: FormKind, mapping: FormMapping): Promise<Form> {
    return new Form(await unpackParts(bytes, /[^/]$/, new Steps()), kind, mapping);
  }

  /** Whether filled forms can be read again, with the same parts. */
  async reads(...filled: readonly Uint8Array[]): Promise<boolean> {
    for (const bytes of filled) {
      const parts = await unpackParts(bytes, /[^/]$/, new Steps());
      if ([...parts.keys()].join() !== [...this.parts.keys()].join()) return false;
      filledParts(parts, this.kind);
    }
    return true;
  }

  /** The bytes of a filled form. Throws a TextTooLong when a text is longer than a cell holds. */
  fill(document: FormDocument): Uint8Array<ArrayBuffer> {
    const parts = new Map(this.parts);
    const styles = new QuotedStyles(parts.get(STYLES));
    const filler = new Filler(this.mapping, document, this.kind, styles);
    for (const [name, xml] of filledParts(parts, this.kind)) {
      const repetitions = filler.fill(xml);
      parts.set(name, serialize(xml));
      if (repetitions.length > 0) moveDefinedNames(parts, name, repetitions);
    }
    if (styles.xml) parts.set(STYLES, serialize(styles.xml));
    return packed(parts);
  }
}

/** A ZIP file of files by their names. */
export function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(files), { mtime: NO_TIME }) as Uint8Array<ArrayBuffer>;
}

class Filler {
  constructor(
    private readonly mapping: FormMapping,
    private readonly document: FormDocument,
    private readonly kind: FormKind,
    private readonly styles: QuotedStyles,
  ) {}

  /** Fills a part; returns the rows of Excel that were repeated, from the last to the first. */
  fill(xml: Document): Repetition[] {
    const blocks = blocksIn(xml, this.kind);
    const rows = this.#repeatedRows(blocks);
    for (const block of blocks) if (!block.row || !rows.has(block.row)) this.#fillBlock(block, this.document.texts);
    return [...rows].reverse().flatMap(([row, question]) => {
      const copies = (this.document.rows.get(question) ?? []).map((texts) => this.#copy(row, texts));
      if (this.kind === "xlsx") return [repeatRow(xml, row, copies)];
      for (const copy of copies.slice(1)) removeIdentities(copy);
      row.replaceWith(...copies);
      return [];
    });
  }

  #repeatedRows(blocks: readonly Block[]): Map<Element, string> {
    const rows = new Map<Element, string>();
    for (const block of blocks) {
      for (const mark of marksOf(block)) {
        const question = rowQuestion(this.mapping, mark);
        if (question !== undefined && block.row) rows.set(block.row, question);
      }
    }
    return rows;
  }

  #copy(row: Element, texts: Texts): Element {
    const copy = copyOf(row);
    const all = new Map([...this.document.texts, ...texts]);
    for (const block of blocksIn(copy, this.kind)) this.#fillBlock(block, all);
    return copy;
  }

  #fillBlock(block: Block, texts: Texts): void {
    const parts = block.texts.map(({ textContent }) => textContent ?? "");
    const filled = filledTexts(parts, texts).map((text) => cellText(text.replace(/\r\n?/g, "\n")));
    if (this.kind === "docx") {
      for (const [index, text] of block.texts.entries()) setWordText(text, filled[index] ?? "");
      return;
    }
    const whole = textOf(block).trim();
    const [mark] = [...whole.matchAll(MARK)];
    const isNumber = mark?.[0] === whole && this.document.numbers.has(mark[1] ?? "");
    setCell(block, filled, isNumber, this.styles);
  }
}

/** The parts of a text with its marks filled; a mark that is split stands where it begins. */
function filledTexts(parts: readonly string[], texts: Texts): string[] {
  const joined = parts.join("");
  const marks = [...joined.matchAll(MARK)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    name: match[1] ?? "",
  }));
  let start = 0;
  return parts.map((part) => {
    const end = start + part.length;
    let position = start;
    let filled = "";
    for (const mark of marks) {
      if (mark.end <= start || mark.start >= end) continue;
      filled += joined.slice(position, mark.start);
      if (mark.start >= start) filled += texts.get(mark.name) ?? "";
      position = Math.min(mark.end, end);
    }
    filled += joined.slice(position, end);
    start = end;
    return filled;
  });
}

function setWordText(text: Element, content: string): void {
  if (text.textContent === content) return;
  const [first = "", ...others] = content.split("\n");
  setText(text, first);
  let last = text;
  for (const line of others) {
    const further = copyOf(text, false);
    setText(further, line);
    last.after(createLike(text, "br"), further);
    last = further;
  }
}

/** Removes what identifies a paragraph or a place: two of the same make Word repair the file. */
function removeIdentities(row: Element): void {
  for (const element of [row, ...row.getElementsByTagName("*")]) {
    element.removeAttributeNS(WORD_2010, "paraId");
    element.removeAttributeNS(WORD_2010, "textId");
  }
  for (const name of ["bookmarkStart", "bookmarkEnd"])
    for (const element of elements(row, WORD, name)) element.remove();
}

const forms = { Form, packed, TextTooLong };

export type Forms = typeof forms;

declare global {
  var tebikiForms: Forms | undefined;
}

globalThis.tebikiForms = forms;
