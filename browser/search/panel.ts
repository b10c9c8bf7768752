// The panel above the results: filters, spelling corrections, and links when there are no hits.
import type { Box } from "./box";
import { hasNothing, type SearchResult } from "./search-result";
import { FILTERS, type Filter, type Filters, type IndexFile } from "./index-file";
import { fillIn } from "./late-texts";
import { element, linkList, offer, sectionsOfSite } from "./links";
import type { MaterialDocument } from "./render-hits";
import type { Sections } from "./sections";
import type { Progress, View } from "./worker";

const MAX_QUOTED_LENGTH = 40;

/** What the panel lets a person do. */
interface Actions {
  /** Repeats the search, after a filter has changed. */
  repeat(): void;
  /** Loads again what could not be loaded. */
  retry(): void;
  /** Searches for a query that the person chooses. */
  searchFor(query: string): void;
}

export class SearchPanel implements View {
  readonly filters: Filters = {};
  readonly #controls = element("div", "tb-search__filters");
  readonly #message = element("div", "tb-search__said");
  readonly #links = element("div", "tb-search__ways");
  /** In the list of results itself, so that it stays in sight wherever a person reads. */
  readonly #failure = element("div", "tb-search tb-search__failure");
  readonly #selects = {} as Record<Filter, HTMLSelectElement>;
  #animationFrame = 0;

  /**
   * Adds the panel to the search box.
   *
   * @param base Address of the folder of the language
   */
  constructor(
    private readonly box: Box,
    private readonly base: string,
    private readonly actions: Actions,
  ) {
    const panel = element("div", "tb-search", this.#controls, this.#message, this.#links);
    for (const part of [this.#message, this.#failure]) part.setAttribute("role", "status");
    this.#controls.setAttribute("role", "group");
    this.#controls.hidden = true;
    // Material handles every key as input to the query
    for (const part of [panel, this.#failure])
      part.addEventListener("keydown", (event) => event.key !== "Escape" && event.stopPropagation());
    box.result.before(panel, this.#failure);
  }

  mayReplace(): boolean {
    // a new list would take the focus from somebody who moves through this one
    return !this.box.result.contains(document.activeElement);
  }

  show(result: SearchResult, sections: Sections, progress: Progress, isElsewhere: boolean): void {
    const { file } = sections;
    const hasQuery = result.query.words.length > 0;
    const isNowhere = hasNothing(result);
    this.#controls.hidden = !hasQuery || isNowhere;
    cancelAnimationFrame(this.#animationFrame);
    // after the results are shown, so that typing is not delayed
    if (!this.#controls.hidden) this.#animationFrame = requestAnimationFrame(() => this.#fillFilters(result, file));
    this.#showCount(result, file, progress, isElsewhere);
    this.#showMessage(result, file, progress, isElsewhere);
    this.#links.replaceChildren();
    if (hasQuery && isNowhere && !isElsewhere && progress === "complete") this.#showLinks(result, sections);
  }

  complete(items: readonly MaterialDocument[][], suggestion = ""): void {
    const { form, input, result } = this.box;
    fillIn(result.lastElementChild as Element, items, this.base);
    // it is shown behind what was typed
    const completion = form.querySelector("[data-md-component=search-suggest]");
    completion?.replaceChildren(suggestion.startsWith(input.value) ? suggestion : "");
  }

  showFailure(hasFailed: boolean, { file: { words } }: Sections): void {
    const isShown = this.#failure.hasChildNodes();
    if (hasFailed === isShown) return; // it is read out once
    const retry = (): void => {
      this.box.result.parentElement?.focus(); // the button goes
      this.actions.retry();
    };
    const content = element("p", "tb-search__failed", `${words.incomplete} `, offer(words.again, retry));
    this.#failure.replaceChildren(...(hasFailed ? [content] : []));
  }

  /** Corrects the number of pages that Material has written above them, which is final for it. */
  #showCount({ hits, query }: SearchResult, { words }: IndexFile, progress: Progress, isElsewhere: boolean): void {
    const count = this.box.result.firstElementChild as HTMLElement;
    const isSearching = progress === "searching";
    // nothing is read out before it is final
    count.ariaBusy = String(isSearching);
    if (query.words.length === 0) return;
    if (isSearching) count.textContent = words.searching;
    else if (progress === "incomplete" && hits.length === 0 && !isElsewhere) count.textContent = "";
  }

  #showMessage(result: SearchResult, { words }: IndexFile, progress: Progress, isElsewhere: boolean): void {
    const { raw, words: queryWords } = result.query;
    const hasQuery = queryWords.length > 0;
    const isEmpty = result.hits.length === 0;
    const isNowhere = hasNothing(result);
    const quoted = raw.length > MAX_QUOTED_LENGTH ? `${raw.slice(0, MAX_QUOTED_LENGTH)}…` : raw;
    const withQuery = (text: string): string => text.replace("{query}", () => quoted);
    const add = (...content: (Node | string)[]): void => this.#message.append(element("p", "", ...content));
    const { corrected } = result;
    const searchForCorrected = (): void => this.actions.searchFor(corrected ?? "");
    this.#message.replaceChildren();
    if (corrected !== undefined) add(`${withQuery(words.instead)} `, offer(corrected, searchForCorrected), "?");
    else if (isElsewhere && (isNowhere || result.loose)) add(withQuery(words.elsewhere));
    else if (progress !== "complete") return;
    else if (hasQuery && isNowhere) add(withQuery(words.nothing));
    else if (hasQuery && isEmpty) add(words.filtered);
    if (result.loose && !isEmpty && !isElsewhere) add(words.loose);
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
        this.actions.repeat();
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
}
