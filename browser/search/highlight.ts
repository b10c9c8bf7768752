// On the page that a result led to: marks what was looked for, as Material does with `?h=`.
import { marked } from "./excerpt";
import { formsOf, readQuery } from "./query";

const NOT_TEXT = "script, style, noscript, textarea, select, option, svg, mark, [contenteditable]";

/** Marks the words of the address's parameter `h` in the text of the page. */
export function highlightFound(): void {
  const words = new URL(location.href).searchParams.get("h");
  const article = document.querySelector("article");
  if (!words || !article) return;
  const marks = readQuery(words).words.flatMap(formsOf);
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement === null || text.parentElement.closest(NOT_TEXT)) continue;
    const pieces = marked(text.data, marks);
    if (!pieces.some((piece) => piece.marked)) continue;
    text.replaceWith(
      ...pieces.map((piece) => {
        if (!piece.marked) return piece.text;
        const mark = document.createElement("mark");
        mark.setAttribute("data-md-highlight", "");
        mark.textContent = piece.text;
        return mark;
      }),
    );
  }
}
