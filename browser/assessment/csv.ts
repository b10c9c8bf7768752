// CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets need it; the same bytes as generator/tebiki/results/export.py.

/** The beginning of a formula as in generator/tebiki/model/spreadsheet_text.py; tests/vectors/spreadsheet.json tests both. */
const FORMULA = /^'*(?:[\t\r\n]|[ \u00a0\u3000\t\r\n]*[=+\-@＝＋－＠])/;

/** The text so that no spreadsheet program runs it as a formula: with an apostrophe before it, and U+2400 for NUL. */
export function escapeFormula(text: string): string {
  const plain = text.replaceAll("\0", "\u2400");
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

/** Rows as CSV. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\uFEFF${rows.map((row) => `${row.map((text) => cell(escapeFormula(text))).join(",")}\r\n`).join("")}`;
}

/** The text that `escapeFormula` was given, except for NUL. */
export function unescapeFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;

/**
 * The rows of a CSV text, or undefined when its quotes do not fit. Lines may end in CR LF, LF or CR, and fields
 * be divided by `separator`. The apostrophes of `escapeFormula` stay.
 */
export function parseCsv(text: string, separator = ","): string[][] | undefined {
  const plain = new RegExp(`[^\\r\\n${separator}]*`, "y");
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const pattern = text[at] === '"' ? QUOTED : plain;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return undefined; // the closing quote is missing
    at = pattern.lastIndex;
    row.push(found[1]?.replaceAll('""', '"') ?? found[0]);
    const next = text[at];
    if (next === separator) {
      at += 1;
      if (at === text.length) row.push("");
      continue;
    }
    if (next !== undefined && next !== "\r" && next !== "\n") return undefined; // something after the closing quote
    at += next === "\r" && text[at + 1] === "\n" ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return row.length > 0 ? [...rows, row] : rows;
}
