// Lists of links in the search box, and the notice when the search cannot be loaded.
import type { Box } from "./box";

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  if (className !== "") created.className = className;
  created.append(...children);
  return created;
}

/** A button in a message. */
export function offer(text: string, onClick: () => void): HTMLElement {
  const button = element("button", "tb-search__offer", text);
  button.type = "button";
  button.onclick = onClick;
  return button;
}

/** A list of names with their addresses. */
export function linkList(title: string, links: [string, string][]): HTMLElement {
  const items = links.map(([name, url]) => {
    const link = element("a", "", name);
    link.href = url;
    return element("li", "", link);
  });
  return element("nav", "tb-search__way", element("p", "tb-search__way-title", title), element("ul", "", ...items));
}

/** Names and addresses of the site's sections, read from the navigation of the page. */
export function sectionsOfSite(): [string, string][] {
  const sections = new Map<string, string>();
  const links = ".md-tabs__link[href], .md-nav--primary > .md-nav__list > .md-nav__item > .md-nav__link[href]";
  for (const link of document.querySelectorAll<HTMLAnchorElement>(links)) {
    const name = link.textContent.trim();
    if (!sections.has(name)) sections.set(name, link.href);
  }
  return [...sections];
}

/** The words for a search that could not be loaded. */
export interface FailureWords {
  failed: string;
  again: string;
  sections: string;
}

/** Shows that the search could not be loaded, with links to the site's sections; returns a function that removes it. */
export function showFailure({ input, result }: Box, words: FailureWords): () => void {
  const again = offer(words.again, () => input.focus()); // which tries again
  const message = element("p", "tb-search__failed", `${words.failed} `, again);
  message.setAttribute("role", "status");
  const links = element("div", "tb-search__ways", linkList(words.sections, sectionsOfSite()));
  const notice = element("div", "tb-search", message, links);
  // Material handles every key as input to the query
  notice.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  result.before(notice);
  result.hidden = true;
  return () => {
    notice.remove();
    result.hidden = false;
  };
}
