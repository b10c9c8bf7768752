// The building blocks of reports: the same elements and classes as in generator/tebiki/results/templates/.
import { el } from "../shared/dom";
import type { Translate } from "../assessment/translate";

/** The headings of a report. */
export interface HeadingOptions {
  /** Level of the title: 1 in a separate file, more within a page. */
  level: number;
  /** Prefix of the ids of headings, which keeps them different from those of the page. */
  prefix: string;
}

/** A heading; `depth` is 1 for main parts. */
export function heading({ level, prefix }: HeadingOptions, depth: number, text: string, id = ""): HTMLElement {
  const tag = `h${Math.min(6, level + depth)}` as "h2";
  return el(tag, id === "" ? {} : { attributes: { id: prefix + id } }, text);
}

/** A table in a scrollable frame. A hidden caption is for screen readers, where a visible heading stands above. */
export function table(
  caption: string,
  columns: readonly { text: string; class?: string }[],
  rows: readonly HTMLTableRowElement[],
  { className, isCaptionHidden = true }: { className: string; isCaptionHidden?: boolean },
): HTMLElement {
  const heads = columns.map((column) =>
    el("th", { ...(column.class ? { class: column.class } : {}), attributes: { scope: "col" } }, column.text),
  );
  return el(
    "div",
    { class: "wide", attributes: { tabindex: "0", role: "group", "aria-label": caption } },
    el(
      "table",
      { class: className },
      el("caption", isCaptionHidden ? { class: "quiet" } : {}, caption),
      el("thead", {}, el("tr", {}, ...heads)),
      el("tbody", {}, ...rows),
    ),
  );
}

/** A row whose first cell is its header. */
export function row(name: string, ...cells: HTMLElement[]): HTMLTableRowElement {
  return el("tr", {}, el("th", { attributes: { scope: "row" } }, name), ...cells);
}

/** A table of counts: a row for each name, a column for each answer, and the total. */
export function countsTable(
  caption: string,
  name: string,
  rows: readonly (readonly [string, ReadonlyMap<string, number>])[],
  answers: readonly (readonly [string, string])[],
  translate: Translate,
): HTMLElement {
  const countCell = (count: number): HTMLElement => el("td", { class: "n" }, String(count));
  const columns = [
    { text: name },
    ...[...answers.map(([, title]) => title), translate("report.total")].map((text) => ({ text, class: "n" })),
  ];
  const lines = rows.map(([title, counts]) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return row(title, ...answers.map(([id]) => countCell(counts.get(id) ?? 0)), countCell(total));
  });
  return table(caption, columns, lines, { className: "counts" });
}

/** Names and texts, as in the provenance of a report. */
export function definitionList(definitionList: readonly (readonly [string, string])[]): HTMLElement {
  return el("dl", {}, ...definitionList.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text))));
}

/** An entered text with its line breaks. */
export function multilineText(text: string): HTMLElement {
  return el("p", { class: "text" }, text);
}
