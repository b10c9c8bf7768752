// Reads a table that a spreadsheet program saved as text.
// Equals generator/tebiki/results/table_file.py; tests/vectors/tables.json tests both.
import { parseCsv } from "./csv";

/** What a file is that is no table as text: a key of `tables` in result.yml. */
export type OtherKind = "xls" | "xlsx" | "ods" | "pdf" | "html" | "quotes" | "unknown";

const OPEN_DOCUMENT = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
const SEPARATORS = [",", ";", "\t"];

/** The kind of a file that is no text, by its first bytes. */
export function otherKind(bytes: Uint8Array): OtherKind | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200)); // its bytes as characters
  if (start.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "xls";
  if (start.startsWith("PK\x03\x04")) return start.startsWith(OPEN_DOCUMENT, 30) ? "ods" : "xlsx";
  if (start.startsWith("%PDF-")) return "pdf";
  return /^[\s\xef\xbb\xbf]*<(!doctype|html|table)/i.test(start) ? "html" : undefined;
}

/**
 * The rows of a table, or what the file is instead.
 *
 * The encoding is that of a byte order mark, or else UTF-16 if there are NUL bytes, UTF-8, or CP932. The separator is
 * the comma, semicolon or tab with which `isHeading` accepts the first row; without one, the comma.
 */
export function readTextTable(
  bytes: Uint8Array,
  isHeading: (titles: readonly string[]) => boolean,
): { rows: string[][]; kind?: never } | { rows?: never; kind: OtherKind } {
  const kind = otherKind(bytes);
  if (kind) return { kind };
  const text = decode(bytes);
  if (text === undefined) return { kind: "unknown" };
  const hasHeading = (separator: string): boolean => {
    const [firstRow] = parseCsv(text, separator, 1) ?? [];
    return firstRow !== undefined && isHeading(firstRow);
  };
  const rows = parseCsv(text, SEPARATORS.find(hasHeading));
  return rows ? { rows } : { kind: "quotes" };
}

function decode(bytes: Uint8Array): string | undefined {
  for (const encoding of encodingsOf(bytes)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the next encoding
    }
  }
  return undefined;
}

function encodingsOf(bytes: Uint8Array): string[] {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark === 0xfffe) return ["utf-16le"];
  if (mark === 0xfeff) return ["utf-16be"];
  if (!bytes.includes(0)) return ["utf-8", "shift_jis"]; // browsers read CP932 under this name
  let odd = 0;
  let even = 0;
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index] === 0) index % 2 === 1 ? odd++ : even++;
  return [odd >= even ? "utf-16le" : "utf-16be"];
}

/** A heading or an answer as it is compared: composed (NFC), with LF as line end, without white space around it. */
export function comparable(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n").trim();
}

/** An id or a number as it is compared: signs of full width become those of half width (NFKC). */
export function foldWidth(text: string): string {
  return text.normalize("NFKC").trim().replaceAll("\u2212", "-");
}

const DATE = /^([0-9]{4})(?:([/.-])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)(?: 0?0:00(?::00)?)?$/;

/** A date as spreadsheet programs write it (2026/4/1) in the form of the format (2026-04-01); other texts stay. */
export function isoDate(text: string): string {
  const match = DATE.exec(foldWidth(text));
  if (!match) return text;
  const [, year, , month = match[5], day = match[6]] = match;
  return `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
}
