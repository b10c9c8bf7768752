/** A time of a record as people of that language write it, or as it stands when it is no time. */
export function shownTime(time: string, lang: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" }).format(date);
}
