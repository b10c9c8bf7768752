// What the engine answers: the hits, and what is made of them for a person to go on.
import { literal } from "./fold";
import { FILTERS, type Filter, type PageEntry } from "./index-file";
import type { Query } from "./query";
import { TIER, type Hit } from "./rank";
import { valuesOf, type Section } from "./sections";

/** The hits on one page, best first. */
export interface Group {
  page: PageEntry;
  pageTitle: string;
  hits: Hit[];
}

export interface Answer {
  query: Query;
  /** What was looked for, as a person would write it. */
  words: string[];
  /** The same, folded and in all its forms, to be marked in the text. */
  marks: string[];
  /** Best first. */
  hits: Hit[];
  /** The same, by page: a page stands where its best hit does. */
  groups: Group[];
  /** The query as it was probably meant, when only that is found. */
  corrected?: string;
  /** Whether no section holds all the words. */
  loose: boolean;
  /** Terms whose names are most like the query, when nothing is found. */
  nearest: Section[];
  /** What there is to narrow down by: for each filter, values and how many sections have them. */
  facets: Record<Filter, Map<string, number>>;
  /** A name that continues what was typed. */
  suggestion?: string;
}

/** How many of the hits have each value of each filter. */
export function facetsOf(hits: readonly Hit[]): Answer["facets"] {
  const facets: Answer["facets"] = { kind: new Map(), audience: new Map(), status: new Map() };
  for (const { section } of hits) {
    for (const filter of FILTERS) {
      for (const value of valuesOf(section, filter)) facets[filter].set(value, (facets[filter].get(value) ?? 0) + 1);
    }
  }
  return facets;
}

/** The shortest name that goes on from what was typed. */
export function suggested(query: Query, hits: readonly Hit[]): string | undefined {
  const typed = literal(query.raw);
  if (typed.length < 2) return undefined;
  let best: string | undefined;
  for (const { section, tier, literal: asTyped } of hits) {
    if (tier > TIER.heading || asTyped === 0) continue;
    for (const name of [section.entry.title, ...(section.entry.names ?? [])]) {
      if (name.length <= query.raw.length || (best !== undefined && name.length >= best.length)) continue;
      if (literal(name).startsWith(typed)) best = name;
    }
  }
  return best;
}

/** The hits by page, in the order of their best. */
export function grouped(hits: readonly Hit[]): Group[] {
  const groups = new Map<PageEntry, Group>();
  for (const hit of hits) {
    const { page, pageTitle } = hit.section;
    const group = groups.get(page);
    if (group === undefined) groups.set(page, { page, pageTitle, hits: [hit] });
    else group.hits.push(hit);
  }
  return [...groups.values()];
}
