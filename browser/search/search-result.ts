// The result of a search: the hits, and what helps a person to continue.
import { foldQuery, literal } from "./fold";
import { FILTERS, type Filter } from "./index-file";
import type { Query } from "./query";
import { TIER, type Hit } from "./rank";
import { valuesOf, type Page, type Section, type Sections } from "./sections";

/** The hits on one page, best first. */
export interface Group {
  page: Page;
  hits: Hit[];
}

export interface SearchResult {
  query: Query;
  /** The words that were searched for, as a person writes them. */
  words: string[];
  /** The folded forms of the words, to be marked in texts. */
  marks: string[];
  /** Best first. */
  hits: Hit[];
  /** The hits by page, in the order of the best hit of each page. */
  groups: Group[];
  /** The corrected query, when only that has hits. */
  corrected?: string;
  /** Whether no section contains all words. */
  loose: boolean;
  /** The terms with the names most similar to the query, when there are no hits. */
  nearest: Section[];
  /** For each filter, the number of hits by value. */
  facets: Record<Filter, Map<string, number>>;
  /** Whether no part of the index was missing. */
  isComplete: boolean;
}

/** The result of a query without words. */
export function emptyResult(query: Query): SearchResult {
  return {
    query,
    words: [],
    marks: [],
    hits: [],
    groups: [],
    loose: false,
    nearest: [],
    facets: facetsOf([]),
    isComplete: true,
  };
}

/** Whether there are no hits, with any filters. */
export function hasNothing({ hits, facets }: SearchResult): boolean {
  return hits.length === 0 && facets.kind.size === 0;
}

/** The number of hits by filter and value. */
export function facetsOf(hits: readonly Hit[]): SearchResult["facets"] {
  const facets: SearchResult["facets"] = { kind: new Map(), audience: new Map(), status: new Map() };
  for (const { section } of hits) {
    for (const filter of FILTERS) {
      for (const value of valuesOf(section, filter)) facets[filter].set(value, (facets[filter].get(value) ?? 0) + 1);
    }
  }
  return facets;
}

/** The shortest name that completes the query, of the hits whose names are loaded; another spelling of it does not. */
export function suggestionFor({ query, hits }: SearchResult, sections: Sections): string | undefined {
  const typed = literal(query.raw);
  if (typed.length < 2) return undefined;
  let shortest: string | undefined;
  for (const { section, tier, literal: literalMatch } of hits) {
    if (tier > TIER.heading || literalMatch === 0) continue;
    const { title = "", names = [] } = sections.namesOf(section) ?? {};
    for (const name of [title, ...names]) {
      if (name.length <= query.raw.length || (shortest !== undefined && name.length >= shortest.length)) continue;
      if (literal(name).startsWith(typed) && foldQuery(name) !== foldQuery(query.raw)) shortest = name;
    }
  }
  return shortest;
}

/** The hits by page, in the order of the best hit of each page. */
export function groupByPage(hits: readonly Hit[]): Group[] {
  const groups = new Map<Page, Group>();
  for (const hit of hits) {
    const { page } = hit.section;
    const group = groups.get(page);
    if (group === undefined) groups.set(page, { page, hits: [hit] });
    else group.hits.push(hit);
  }
  return [...groups.values()];
}
