// A stacked bar as SVG. The same as in generator/tebiki/results/html_report.py.
import { BAR_LABEL_WIDTH, BAR_WIDTH, LIGHT_BAR_ROLES } from "../build/shared-constants";

export interface BarPart {
  title: string;
  /** A role of an answer or a kind of change; it determines the colour. */
  role: string;
  count: number;
}

function svgElement(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A bar divided in proportion to the counts; its accessible name lists all counts. */
export function barChart(parts: readonly BarPart[]): SVGElement {
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const label = shown.map(({ title, count }) => `${title}: ${count}`).join(", ");
  const drawing = svgElement("svg", { viewBox: `0 0 ${BAR_WIDTH} 26`, role: "img", "aria-label": label || "0" });
  let start = 0;
  for (const { title, role, count } of shown) {
    const width = (BAR_WIDTH * count) / total;
    const attributes = { class: `r-${role}`, x: start.toFixed(1), y: 1, width: width.toFixed(1), height: 24 };
    drawing.append(svgElement("rect", attributes, svgElement("title", {}, `${title}: ${count}`)));
    const labelAttributes: Record<string, string> = (LIGHT_BAR_ROLES as readonly string[]).includes(role)
      ? { class: "on-light" }
      : {};
    if (width >= BAR_LABEL_WIDTH)
      drawing.append(
        svgElement("text", { x: (start + width / 2).toFixed(1), y: 13, ...labelAttributes }, String(count)),
      );
    start += width;
  }
  return drawing;
}

/** The legend of the bars. */
export function legend(parts: readonly Omit<BarPart, "count">[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { title, role } of parts) {
    const key = svgElement("svg", { class: "key", width: 14, height: 14, "aria-hidden": "true" });
    key.append(svgElement("rect", { class: `r-${role}`, width: 14, height: 14 }));
    const line = document.createElement("li");
    line.append(key, ` ${title}`);
    list.append(line);
  }
  return list;
}
