// What stands above the results: filters, "did you mean", and a way on when nothing is found.
import type { Box } from "./box";
import type { Answer } from "./answer";
import { FILTERS, type Filter, type Filters, type IndexFile } from "./index-file";
import { element, list, sectionsOfSite } from "./links";

export interface Panel {
  /** Shows what belongs to an answer; `file` has the words. `elsewhere`: another language has what is shown. */
  show(answer: Answer, file: IndexFile, elsewhere: boolean): void;
  filters: Filters;
}

/** Puts the panel into the box. `changed` is called when a filter is set, `ask` with a query that is offered. */
export function makePanel(box: Box, base: string, changed: () => void, ask: (query: string) => void): Panel {
  const filters: Filters = {};
  const choices = element("div", "tb-search__filters");
  const said = element("div", "tb-search__said");
  const ways = element("div", "tb-search__ways");
  const panel = element("div", "tb-search", choices, said, ways);
  let filling = 0;
  const selects = {} as Record<Filter, HTMLSelectElement>;
  said.setAttribute("role", "status");
  choices.setAttribute("role", "group");
  choices.hidden = true;
  // Material would take every key for the query
  panel.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  box.scroll.prepend(panel);

  function makeFilters(file: IndexFile): void {
    choices.setAttribute("aria-label", file.words.filter);
    for (const filter of FILTERS) {
      const select = element("select", "");
      select.addEventListener("change", () => {
        if (select.value === "") delete filters[filter];
        else filters[filter] = select.value;
        changed();
      });
      selects[filter] = select;
      choices.append(element("label", "tb-search__filter", element("span", "", file.words.filters[filter]), select));
    }
  }

  function fillFilters(answer: Answer, file: IndexFile): void {
    if (choices.childElementCount === 0) makeFilters(file);
    const names = { kind: file.words.kinds, audience: file.audiences, status: file.status };
    for (const filter of FILTERS) {
      const chosen = filters[filter];
      const counts = answer.facets[filter];
      const values = Object.keys(names[filter]).filter((value) => counts.has(value) || value === chosen);
      const options = values.map((value) => new Option(`${names[filter][value]} (${counts.get(value) ?? 0})`, value));
      selects[filter].replaceChildren(new Option(file.words.all, ""), ...options);
      selects[filter].value = chosen ?? "";
    }
  }

  function offer(query: string): HTMLElement {
    const button = element("button", "tb-search__offer", query);
    button.type = "button";
    button.addEventListener("click", () => ask(query));
    return button;
  }

  return {
    filters,
    show(answer, file, elsewhere) {
      const { words } = file;
      const typed = answer.query.raw.length > 40 ? `${answer.query.raw.slice(0, 40)}…` : answer.query.raw;
      const asked = answer.query.words.length > 0;
      const empty = answer.hits.length === 0;
      const nothing = empty && answer.facets.kind.size === 0;
      choices.hidden = !asked || nothing;
      cancelAnimationFrame(filling);
      // not before the results are shown: typing comes first
      if (!choices.hidden) filling = requestAnimationFrame(() => fillFilters(answer, file));
      said.replaceChildren();
      ways.replaceChildren();
      if (answer.corrected !== undefined) {
        const instead = words.instead.replace("{query}", () => typed);
        said.append(element("p", "", `${instead} `, offer(answer.corrected), "?"));
      } else if (elsewhere && (nothing || answer.loose))
        said.append(
          element(
            "p",
            "",
            words.elsewhere.replace("{query}", () => typed),
          ),
        );
      else if (asked && nothing)
        said.append(
          element(
            "p",
            "",
            words.nothing.replace("{query}", () => typed),
          ),
        );
      else if (asked && empty) said.append(element("p", "", words.filtered));
      if (answer.loose && !empty && !elsewhere) said.append(element("p", "", words.loose));
      if (!asked || !nothing || elsewhere) return;
      const nearest = answer.nearest.map(({ entry, location }): [string, string] => [
        entry.title,
        `${base}/${location}`,
      ]);
      if (nearest.length > 0) ways.append(list(words.nearest, nearest));
      ways.append(list(words.sections, sectionsOfSite()));
    },
  };
}
