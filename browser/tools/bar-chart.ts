// One bar as SVG, divided as counts are. The same as `bar` in generator/tebiki/results/html_report.py.
import { BAR_LABEL_WIDTH, BAR_WIDTH, LIGHT_BAR_ROLES } from "../build/shared-constants";

export interface Part {
  title: string;
  /** A role, or what became of a question: decides the colour. */
  role: string;
  count: number;
}

function svg(tag: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The bar; its name for readers who do not see it has all counts. */
export function bar(parts: readonly Part[]): SVGElement {
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  const label = shown.map(({ title, count }) => `${title}: ${count}`).join(", ");
  const drawing = svg("svg", { viewBox: `0 0 ${BAR_WIDTH} 26`, role: "img", "aria-label": label || "0" });
  let start = 0;
  for (const { title, role, count } of shown) {
    const width = (BAR_WIDTH * count) / total;
    const box = { class: `r-${role}`, x: start.toFixed(1), y: 1, width: width.toFixed(1), height: 24 };
    drawing.append(svg("rect", box, svg("title", {}, `${title}: ${count}`)));
    const light: Record<string, string> = (LIGHT_BAR_ROLES as readonly string[]).includes(role)
      ? { class: "on-light" }
      : {};
    if (width >= BAR_LABEL_WIDTH)
      drawing.append(svg("text", { x: (start + width / 2).toFixed(1), y: 13, ...light }, String(count)));
    start += width;
  }
  return drawing;
}

/** What the parts of the bars mean. */
export function legend(parts: readonly Omit<Part, "count">[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { title, role } of parts) {
    const key = svg("svg", { class: "key", width: 14, height: 14, "aria-hidden": "true" });
    key.append(svg("rect", { class: `r-${role}`, width: 14, height: 14 }));
    const line = document.createElement("li");
    line.append(key, ` ${title}`);
    list.append(line);
  }
  return list;
}
