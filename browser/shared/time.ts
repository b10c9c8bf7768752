const formats = new Map<string, Intl.DateTimeFormat>(); // cached: creating one is slow

/** An RFC 3339 time as local time in a language, or the string itself when it is no valid time. */
export function formatTime(time: string, lang: string, timeStyle: "short" | "medium" = "short"): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const key = `${lang} ${timeStyle}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle });
  formats.set(key, format);
  return format.format(date);
}

/** As formatTime, without the date for a time of today: where there is little room. */
export function formatRecentTime(time: string, lang: string): string {
  const date = new Date(time);
  if (date.toDateString() !== new Date().toDateString()) return formatTime(time, lang);
  return date.toLocaleTimeString(lang, { timeStyle: "short" });
}

/**
 * An RFC 3339 time as local time for a report, such as "2026-11-29 09:06 (UTC+09:00)"; the string itself when it is no
 * valid time. Equals local_time in generator/tebiki/results/local_time.py.
 */
export function reportTime(time: string): string {
  const date = new Date(time);
  const offset = -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + offset * 60_000);
  if (Number.isNaN(shifted.getTime())) return time;
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(shifted.toISOString()) ?? [];
  const twoDigits = (number: number): string => String(number).padStart(2, "0");
  const hours = twoDigits(Math.trunc(Math.abs(offset) / 60));
  const minutes = twoDigits(Math.abs(offset) % 60);
  return day ? `${day} ${clock} (UTC${offset < 0 ? "-" : "+"}${hours}:${minutes})` : time;
}
