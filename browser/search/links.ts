// Ways on from the search box: lists of links, and what is shown when the search cannot be loaded.
import type { Box } from "./box";

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** A list of names with their addresses. */
export function list(title: string, links: [string, string][]): HTMLElement {
  const items = links.map(([name, address]) => {
    const link = element("a", "", name);
    link.href = address;
    return element("li", "", link);
  });
  return element("nav", "tb-search__way", element("p", "tb-search__way-title", title), element("ul", "", ...items));
}

/** Names and addresses of the site's sections, as the page's own navigation has them. */
export function sectionsOfSite(): [string, string][] {
  const found = new Map<string, string>();
  const links = ".md-tabs__link[href], .md-nav--primary > .md-nav__list > .md-nav__item > .md-nav__link[href]";
  for (const link of document.querySelectorAll<HTMLAnchorElement>(links)) {
    const name = link.textContent.trim();
    if (!found.has(name)) found.set(name, link.href);
  }
  return [...found];
}

/** Says that the search could not be loaded, and shows the site's sections; returns what takes that away again. */
export function showFailure(box: Box, text: string, sections: string): () => void {
  const said = element("div", "tb-search__said", element("p", "tb-search__failed", text));
  said.setAttribute("role", "status");
  const shown = element("div", "tb-search", said, element("div", "tb-search__ways", list(sections, sectionsOfSite())));
  // Material would take every key for the query
  shown.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  box.scroll.prepend(shown);
  box.result.hidden = true;
  return () => {
    shown.remove();
    box.result.hidden = false;
  };
}
