// Marks the words of a search on the page of a result, as Material does with `?h=`.
import { highlight } from "./excerpt";
import { formsOf, readQuery } from "./query";

const NOT_TEXT = "script, style, noscript, textarea, select, option, svg, mark, [contenteditable]";

/** Marks the words in the parameter `h` of the address in the text of the page. */
export function highlightWords(): void {
  const words = new URL(location.href).searchParams.get("h");
  const article = document.querySelector("article");
  if (!words || !article) return;
  const marks = readQuery(words).words.flatMap(formsOf);
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement === null || text.parentElement.closest(NOT_TEXT)) continue;
    const spans = highlight(text.data, marks);
    if (!spans.some((span) => span.isMatch)) continue;
    text.replaceWith(
      ...spans.map((span) => {
        if (!span.isMatch) return span.text;
        const mark = document.createElement("mark");
        mark.setAttribute("data-md-highlight", "");
        mark.textContent = span.text;
        return mark;
      }),
    );
  }
}
