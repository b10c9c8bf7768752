// The text of a cell by its number format (ECMA-376, 18.8.30 and 18.17.4), as close to what the person saw as is safe.

/** How a number of a cell is meant. */
type NumberKind = "number" | "date" | "time" | "date-time" | "duration" | "percent";

/** Why a cell cannot be read. */
export type CellFault = "cell-error" | "cell-date";

/** Formats that have no code in the file, by id; those from 27 on are the ones of Japanese versions. */
const BUILT_IN: readonly [ids: readonly number[], kind: NumberKind][] = [
  [[9, 10], "percent"],
  [[14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58], "date"],
  [[18, 19, 20, 21, 32, 33, 45, 47], "time"],
  [[22], "date-time"],
  [[46], "duration"],
];
const DAY = 86_400_000;
const LAST_SERIAL = 2_958_465; // 9999-12-31

/** What a number format shows, by its id and its code. */
export function numberKind(id: number, code?: string): NumberKind {
  if (code === undefined) return BUILT_IN.find(([ids]) => ids.includes(id))?.[1] ?? "number";
  const [section = ""] = code.replace(/"[^"]*"|\\.|_.|\*./g, "").split(";");
  if (/\[[hms]+\]/i.test(section)) return "duration";
  const signs = section.replace(/\[[^\]]*\]|General|E[+-]/gi, "");
  if (signs.includes("%")) return "percent";
  const hasTime = /[hs]/i.test(signs);
  if (/[ydge]/i.test(signs) || (!hasTime && /m/i.test(signs))) return hasTime ? "date-time" : "date";
  return hasTime ? "time" : "number";
}

/**
 * The text of a number: dates as 2026-04-01, times as 09:30, shares as 50%.
 *
 * @param value The number as the file has it
 * @param date1904 Whether days count from 1904-01-01
 * @returns The text; undefined for a date that does not exist
 */
export function numberText(value: string, kind: NumberKind, date1904: boolean): string | undefined {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  if (kind === "number") return plainNumber(number);
  if (kind === "percent") return `${plainNumber(number * 100)}%`;
  const seconds = Math.round(number * 86_400);
  if (number < 0 || number > LAST_SERIAL + 1) return undefined;
  if (kind === "duration") return clock(seconds);
  const time = clock(seconds % 86_400);
  if (kind === "time") return time;
  const day = dayOf(Math.floor(seconds / 86_400), date1904);
  return kind === "date" || day === undefined ? day : `${day} ${time}`;
}

/** A number with the 15 digits that spreadsheet programs keep: 0.1 + 0.2 is 0.3. */
function plainNumber(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  return /e/.test(text) ? number.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 15 }) : text;
}

function clock(seconds: number): string {
  const digits = (part: number): string => String(part).padStart(2, "0");
  const rest = seconds % 60;
  const minutes = `${digits(Math.floor(seconds / 3600))}:${digits(Math.floor(seconds / 60) % 60)}`;
  return rest === 0 ? minutes : `${minutes}:${digits(rest)}`;
}

/** The day with a serial number. In the system of 1900 the 60th day, 1900-02-29, does not exist. */
function dayOf(serial: number, date1904: boolean): string | undefined {
  if (!date1904 && (serial < 1 || serial === 60)) return undefined;
  const first = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const date = new Date(first + serial * DAY);
  return date.getUTCFullYear() > 9999 ? undefined : date.toISOString().slice(0, 10);
}
