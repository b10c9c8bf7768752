// Writes texts and numbers into the cells of a form in Excel. Equals generator/tebiki/results/excel_cells.py.
import { escapeFormula } from "../assessment/csv";
import { MAX_CELL_LENGTH } from "../build/shared-constants";
import type { Block } from "./form-blocks";
import { copyOf, createLike, elements, EXCEL, parsePart, setText } from "./office-xml";

/** A number that is written in one way only, and that no cell rounds. */
const NUMBER = /^-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$/;

/** A text is longer than a cell holds; the message names the cell. */
export class TextTooLong extends Error {}

/** Styles of cells whose texts stay texts when somebody edits them (`quotePrefix`, ECMA-376, 18.8.45). */
export class QuotedStyles {
  /** The part of the styles, once it has been changed. */
  xml: Document | undefined;
  readonly #quoted = new Map<string, string>();

  constructor(private readonly raw: Uint8Array | undefined) {}

  /** The number of the style that is like `style` and keeps texts. */
  quoted(style: string): string {
    if (!this.raw) return style;
    this.xml ??= parsePart(this.raw);
    const known = this.#quoted.get(style) ?? this.#add(this.xml, style);
    this.#quoted.set(style, known);
    return known;
  }

  #add(xml: Document, style: string): string {
    const formats = elements(xml, EXCEL, "cellXfs")[0];
    const format = formats?.children[Number(style)];
    if (!formats || !format) return style;
    const count = formats.children.length;
    const quoted = copyOf(format);
    quoted.setAttribute("quotePrefix", "1");
    formats.append(quoted);
    formats.setAttribute("count", String(count + 1));
    return String(count);
  }
}

/**
 * Writes the content of a cell: a number, a text that no program takes for a formula, or nothing.
 *
 * @param filled The content of each of its texts
 * @param isNumber Whether the cell holds the answer to a question for a number, and nothing else
 */
export function setCell(
  { element, texts }: Block,
  filled: readonly string[],
  isNumber: boolean,
  styles: QuotedStyles,
): void {
  const whole = filled.join("");
  if (whole === "" || (isNumber && NUMBER.test(whole))) {
    setNumber(element, whole);
    return;
  }
  if (whole.length > MAX_CELL_LENGTH) throw new TextTooLong(element.getAttribute("r") ?? "");
  // Spreadsheets read _x000D_ as a character (ECMA-376, 22.9.2.19).
  for (const [index, text] of texts.entries())
    setText(text, (filled[index] ?? "").replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_"));
  if (escapeFormula(whole) !== whole) element.setAttribute("s", styles.quoted(element.getAttribute("s") ?? "0"));
}

function setNumber(cell: Element, number: string): void {
  cell.replaceChildren();
  cell.removeAttribute("t");
  if (number === "") return;
  const value = createLike(cell, "v");
  value.textContent = number;
  cell.append(value);
}
