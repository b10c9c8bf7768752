// CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets need it; the same bytes as generator/tebiki/results/export.py.

/** What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection), with or without apostrophes before it. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/;

/** The text so that no spreadsheet runs it as a formula, and without NUL. */
export function harmless(text: string): string {
  const plain = text.replaceAll("\0", "\u2400");
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

/** Rows as CSV. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\uFEFF${rows.map((row) => `${row.map((text) => cell(harmless(text))).join(",")}\r\n`).join("")}`;
}

/** The text that harmless made this of, but for NUL. */
export function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

const QUOTED = /"([^"]*(?:""[^"]*)*)"/y;

/**
 * The rows of a CSV text, or undefined when its quotes do not fit. Lines may end in CR LF, LF or CR, and fields
 * be divided by `separator`. The apostrophes that `harmless` sets stay.
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
