const formats = new Map<string, Intl.DateTimeFormat>(); // each takes longer to make than everything it shows

/** A time of a record as people of that language write it, or as it stands when it is no time. */
export function shownTime(time: string, lang: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const format = formats.get(lang) ?? new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  formats.set(lang, format);
  return format.format(date);
}
