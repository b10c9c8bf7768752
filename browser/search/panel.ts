// The panel above the results: filters, spelling corrections, and links when there are no hits.
import type { Box } from "./box";
import type { SearchResult } from "./search-result";
import { FILTERS, type Filter, type Filters, type IndexFile } from "./index-file";
import { element, linkList, sectionsOfSite } from "./links";

export interface Panel {
  /**
   * Shows a result.
   *
   * @param file The index, which has the words of the panel
   * @param elsewhere Whether pages of another language are shown
   */
  show(result: SearchResult, file: IndexFile, elsewhere: boolean): void;
  filters: Filters;
}

/**
 * Adds the panel to the search box.
 *
 * @param onFilterChange Called when a filter changes
 * @param searchFor Called with a query that the person chooses
 */
export function makePanel(
  box: Box,
  base: string,
  onFilterChange: () => void,
  searchFor: (query: string) => void,
): Panel {
  const filters: Filters = {};
  const choices = element("div", "tb-search__filters");
  const message = element("div", "tb-search__said");
  const links = element("div", "tb-search__ways");
  const panel = element("div", "tb-search", choices, message, links);
  let animationFrame = 0;
  const selects = {} as Record<Filter, HTMLSelectElement>;
  message.setAttribute("role", "status");
  choices.setAttribute("role", "group");
  choices.hidden = true;
  // Material handles every key as input to the query
  panel.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  box.scroll.prepend(panel);

  function makeFilters(file: IndexFile): void {
    choices.setAttribute("aria-label", file.words.filter);
    for (const filter of FILTERS) {
      const select = element("select", "");
      select.addEventListener("change", () => {
        if (select.value === "") delete filters[filter];
        else filters[filter] = select.value;
        onFilterChange();
      });
      selects[filter] = select;
      choices.append(element("label", "tb-search__filter", element("span", "", file.words.filters[filter]), select));
    }
  }

  function fillFilters(result: SearchResult, file: IndexFile): void {
    if (choices.childElementCount === 0) makeFilters(file);
    const names = { kind: file.words.kinds, audience: file.audiences, status: file.status };
    for (const filter of FILTERS) {
      const selected = filters[filter];
      const counts = result.facets[filter];
      const values = Object.keys(names[filter]).filter((value) => counts.has(value) || value === selected);
      const options = values.map((value) => new Option(`${names[filter][value]} (${counts.get(value) ?? 0})`, value));
      selects[filter].replaceChildren(new Option(file.words.all, ""), ...options);
      selects[filter].value = selected ?? "";
    }
  }

  function offer(query: string): HTMLElement {
    const button = element("button", "tb-search__offer", query);
    button.type = "button";
    button.addEventListener("click", () => searchFor(query));
    return button;
  }

  return {
    filters,
    show(result, file, elsewhere) {
      const { words } = file;
      const typed = result.query.raw.length > 40 ? `${result.query.raw.slice(0, 40)}…` : result.query.raw;
      const hasQuery = result.query.words.length > 0;
      const isEmpty = result.hits.length === 0;
      const hasNoHits = isEmpty && result.facets.kind.size === 0;
      choices.hidden = !hasQuery || hasNoHits;
      cancelAnimationFrame(animationFrame);
      // after the results are shown, so that typing is not delayed
      if (!choices.hidden) animationFrame = requestAnimationFrame(() => fillFilters(result, file));
      message.replaceChildren();
      links.replaceChildren();
      if (result.corrected !== undefined) {
        const question = words.instead.replace("{query}", () => typed);
        message.append(element("p", "", `${question} `, offer(result.corrected), "?"));
      } else if (elsewhere && (hasNoHits || result.loose))
        message.append(
          element(
            "p",
            "",
            words.elsewhere.replace("{query}", () => typed),
          ),
        );
      else if (hasQuery && hasNoHits)
        message.append(
          element(
            "p",
            "",
            words.nothing.replace("{query}", () => typed),
          ),
        );
      else if (hasQuery && isEmpty) message.append(element("p", "", words.filtered));
      if (result.loose && !isEmpty && !elsewhere) message.append(element("p", "", words.loose));
      if (!hasQuery || !hasNoHits || elsewhere) return;
      const nearest = result.nearest.map(({ entry, location }): [string, string] => [
        entry.title,
        `${base}/${location}`,
      ]);
      if (nearest.length > 0) links.append(linkList(words.nearest, nearest));
      links.append(linkList(words.sections, sectionsOfSite()));
    },
  };
}
