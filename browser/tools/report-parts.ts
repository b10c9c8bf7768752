// Parts that reports are made of. The same elements and classes as in generator/tebiki/results/templates/.
import { el } from "../shared/dom";
import type { Translate } from "../assessment/translate";

/** How deep the headings of a report stand: 1 in a file of its own, more within a page. */
export interface Place {
  level: number;
  /** Before the ids of headings, which must not be those of the page around. */
  prefix: string;
}

/** A heading of a part; `depth` 1 is that of a main part. */
export function heading({ level, prefix }: Place, depth: number, text: string, id = ""): HTMLElement {
  const tag = `h${Math.min(6, level + depth)}` as "h2";
  return el(tag, id === "" ? {} : { attributes: { id: prefix + id } }, text);
}

/** A table in a frame that can be scrolled; a quiet caption is for those who do not see the heading above. */
export function table(
  caption: string,
  columns: readonly { text: string; class?: string }[],
  rows: readonly HTMLTableRowElement[],
  { className, quiet = true }: { className: string; quiet?: boolean },
): HTMLElement {
  const heads = columns.map((one) =>
    el("th", { ...(one.class ? { class: one.class } : {}), attributes: { scope: "col" } }, one.text),
  );
  return el(
    "div",
    { class: "wide", attributes: { tabindex: "0", role: "group", "aria-label": caption } },
    el(
      "table",
      { class: className },
      el("caption", quiet ? { class: "quiet" } : {}, caption),
      el("thead", {}, el("tr", {}, ...heads)),
      el("tbody", {}, ...rows),
    ),
  );
}

/** A row whose first cell names it. */
export function row(name: string, ...cells: HTMLElement[]): HTMLTableRowElement {
  return el("tr", {}, el("th", { attributes: { scope: "row" } }, name), ...cells);
}

/** A table of counts: one row for each name, one column for each answer, and the total. */
export function countsTable(
  caption: string,
  name: string,
  rows: readonly (readonly [string, ReadonlyMap<string, number>])[],
  answers: readonly (readonly [string, string])[],
  r: Translate,
): HTMLElement {
  const number = (count: number): HTMLElement => el("td", { class: "n" }, String(count));
  const columns = [
    { text: name },
    ...[...answers.map(([, title]) => title), r("report.total")].map((text) => ({ text, class: "n" })),
  ];
  const lines = rows.map(([title, counts]) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return row(title, ...answers.map(([id]) => number(counts.get(id) ?? 0)), number(total));
  });
  return table(caption, columns, lines, { className: "counts" });
}

/** Names and texts, as provenance has them. */
export function pairs(about: readonly (readonly [string, string])[]): HTMLElement {
  return el("dl", {}, ...about.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))));
}

/** A text that somebody wrote, with its line breaks. */
export function written(text: string): HTMLElement {
  return el("p", { class: "text" }, text);
}
