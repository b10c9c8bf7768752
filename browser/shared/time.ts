const formats = new Map<string, Intl.DateTimeFormat>(); // cached: creating one is slow

/** An RFC 3339 time as text in a language, or the string itself when it is no valid time. */
export function formatTime(time: string, lang: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const format = formats.get(lang) ?? new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  formats.set(lang, format);
  return format.format(date);
}
