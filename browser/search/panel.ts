// The panel above the results: filters, spelling corrections, and links when there are no hits.
import type { SearchResult } from "./search-result";
import { FILTERS, type Filter, type Filters, type IndexFile } from "./index-file";
import { element, linkList, sectionsOfSite } from "./links";
import type { Sections } from "./sections";

const MAX_QUOTED_LENGTH = 40;

export class SearchPanel {
  readonly filters: Filters = {};
  readonly #controls = element("div", "tb-search__filters");
  readonly #message = element("div", "tb-search__said");
  readonly #links = element("div", "tb-search__ways");
  readonly #selects = {} as Record<Filter, HTMLSelectElement>;
  #animationFrame = 0;

  /**
   * Adds the panel to the search box.
   *
   * @param scroll The scrolling container of the results
   * @param base Address of the folder of the language
   * @param repeat Repeats the search, after a filter has changed or to load what has failed
   * @param searchFor Called with a query that the person chooses
   */
  constructor(
    scroll: HTMLElement,
    private readonly base: string,
    private readonly repeat: () => void,
    private readonly searchFor: (query: string) => void,
  ) {
    const panel = element("div", "tb-search", this.#controls, this.#message, this.#links);
    this.#message.setAttribute("role", "status");
    this.#controls.setAttribute("role", "group");
    this.#controls.hidden = true;
    // Material handles every key as input to the query
    panel.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    scroll.prepend(panel);
  }

  /**
   * Shows a result.
   *
   * @param sections The index, which has the words of the panel
   * @param elsewhere Whether pages of another language are shown
   */
  show(result: SearchResult, sections: Sections, elsewhere: boolean): void {
    const { file } = sections;
    const hasQuery = result.query.words.length > 0;
    const hasNoHits = result.hits.length === 0 && result.facets.kind.size === 0;
    this.#controls.hidden = !hasQuery || hasNoHits;
    cancelAnimationFrame(this.#animationFrame);
    // after the results are shown, so that typing is not delayed
    if (!this.#controls.hidden) this.#animationFrame = requestAnimationFrame(() => this.#fillFilters(result, file));
    this.#showMessage(result, file, elsewhere);
    this.#links.replaceChildren();
    if (sections.parts.hasFailed) this.#showIncomplete(file);
    if (hasQuery && hasNoHits && !elsewhere && result.isComplete) this.#showLinks(result, sections);
  }

  #showMessage(result: SearchResult, { words }: IndexFile, elsewhere: boolean): void {
    const { raw, words: queryWords } = result.query;
    const hasQuery = queryWords.length > 0;
    const isEmpty = result.hits.length === 0;
    const hasNoHits = isEmpty && result.facets.kind.size === 0;
    const quoted = raw.length > MAX_QUOTED_LENGTH ? `${raw.slice(0, MAX_QUOTED_LENGTH)}…` : raw;
    const withQuery = (text: string): string => text.replace("{query}", () => quoted);
    const add = (...content: (Node | string)[]): void => this.#message.append(element("p", "", ...content));
    this.#message.replaceChildren();
    if (result.corrected !== undefined) add(`${withQuery(words.instead)} `, this.#queryButton(result.corrected), "?");
    else if (elsewhere && (hasNoHits || result.loose)) add(withQuery(words.elsewhere));
    else if (!result.isComplete) return;
    else if (hasQuery && hasNoHits) add(withQuery(words.nothing));
    else if (hasQuery && isEmpty) add(words.filtered);
    if (result.loose && !isEmpty && !elsewhere) add(words.loose);
  }

  /** Says that parts of the index could not be loaded. */
  #showIncomplete({ words }: IndexFile): void {
    const button = this.#button(words.again, () => this.repeat());
    this.#message.append(element("p", "tb-search__failed", `${words.incomplete} `, button));
  }

  #showLinks({ nearest }: SearchResult, sections: Sections): void {
    const { words } = sections.file;
    const terms = nearest.map((section): [string, string] => [
      sections.titleOf(section),
      `${this.base}/${sections.locationOf(section)}`,
    ]);
    if (terms.length > 0) this.#links.append(linkList(words.nearest, terms));
    this.#links.append(linkList(words.sections, sectionsOfSite()));
  }

  #addFilters({ words }: IndexFile): void {
    this.#controls.setAttribute("aria-label", words.filter);
    for (const filter of FILTERS) {
      const select = element("select", "");
      select.addEventListener("change", () => {
        if (select.value === "") delete this.filters[filter];
        else this.filters[filter] = select.value;
        this.repeat();
      });
      this.#selects[filter] = select;
      const title = element("span", "", words.filters[filter]);
      this.#controls.append(element("label", "tb-search__filter", title, select));
    }
  }

  #fillFilters({ facets }: SearchResult, file: IndexFile): void {
    if (this.#controls.childElementCount === 0) this.#addFilters(file);
    const names = { kind: file.words.kinds, audience: file.audiences, status: file.status };
    for (const filter of FILTERS) {
      const selected = this.filters[filter];
      const counts = facets[filter];
      const values = Object.keys(names[filter]).filter((value) => counts.has(value) || value === selected);
      const options = values.map((value) => new Option(`${names[filter][value]} (${counts.get(value) ?? 0})`, value));
      this.#selects[filter].replaceChildren(new Option(file.words.all, ""), ...options);
      this.#selects[filter].value = selected ?? "";
    }
  }

  #queryButton(query: string): HTMLElement {
    return this.#button(query, () => this.searchFor(query));
  }

  #button(text: string, onClick: () => void): HTMLElement {
    const button = element("button", "tb-search__offer", text);
    button.type = "button";
    button.addEventListener("click", onClick);
    return button;
  }
}
