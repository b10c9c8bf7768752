// CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets need it. Equals generator/tebiki/results/export.py.

/** The start of a formula, as in generator/tebiki/model/spreadsheet_text.py (tested by tests/vectors/spreadsheet.json). */
const FORMULA = /^'*(?:[\t\r\n]|[ \u00a0\u3000\t\r\n]*[=+\-@＝＋－＠])/;

/** A formula in the middle of a text, where a program that splits at another separator begins a cell. */
const INNER_FORMULA = /([,;|\t\r\n])(?='*[ \u00a0\u3000]*[=+\-@＝＋－＠])/g;
const ESCAPED_INNER_FORMULA = /([,;|\t\r\n])'(?='*[ \u00a0\u3000]*[=+\-@＝＋－＠])/g;

/**
 * The text so that no spreadsheet program runs it as a formula: with an apostrophe before each part that could be one,
 * and U+2400 for NUL.
 */
export function escapeFormula(text: string): string {
  const plain = text.replaceAll("\0", "\u2400");
  return (FORMULA.test(plain) ? `'${plain}` : plain).replace(INNER_FORMULA, "$1'");
}

/** Rows as CSV, with every field quoted. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => `${row.map((text) => cell(escapeFormula(text))).join(",")}\r\n`).join("")}`;
}

/** The text that `escapeFormula` was given, except for NUL. */
export function unescapeFormula(text: string): string {
  const outer = text.replace(ESCAPED_INNER_FORMULA, "$1");
  return outer.startsWith("'") && FORMULA.test(outer.slice(1)) ? outer.slice(1) : outer;
}

const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;

/**
 * The rows of a CSV text, or undefined when its quotes are not balanced. Lines may end in CR LF, LF or CR. The
 * apostrophes of `escapeFormula` stay.
 *
 * @param separator The character between fields
 * @param maxRows The number of rows after which the rest is left unread
 */
export function parseCsv(text: string, separator = ",", maxRows = Infinity): string[][] | undefined {
  const plain = new RegExp(`[^\\r\\n${separator}]*`, "y");
  const rows: string[][] = [];
  let row: string[] = [];
  let position = text.startsWith("\uFEFF") ? 1 : 0;
  while (position < text.length && rows.length < maxRows) {
    const pattern = text[position] === '"' ? QUOTED : plain;
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (!match) return undefined; // the closing quote is missing
    position = pattern.lastIndex;
    row.push(match[1]?.replaceAll('""', '"') ?? match[0]);
    const next = text[position];
    if (next === separator) {
      position += 1;
      if (position === text.length) row.push("");
      continue;
    }
    if (next !== undefined && next !== "\r" && next !== "\n") return undefined; // text after the closing quote
    position += next === "\r" && text[position + 1] === "\n" ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return row.length > 0 ? [...rows, row] : rows;
}
