// What generator/tebiki/site/search_index.py writes as search/index.js, for one language.

/** A part of a page with an address of its own; without `id` it is the beginning of the page. */
export interface SectionEntry {
  id?: string;
  title: string;
  /** One line for each block. For a term, the first line is what it means. */
  text?: string;
  /** Where its text stands instead: which section of the page, and which line there. */
  at?: [number, number];
  /** What stands at every item alike: status and list of sources. */
  notes?: string;
  /** Absent for prose. */
  kind?: string;
  status?: string;
  superseded?: 1;
  /** Number of its first source in `sources`. */
  source?: number;
  /** Titles in the other languages, aliases, abbreviations. */
  names?: string[];
  /** How the title is read: in kana, in Latin letters. */
  readings?: string[];
}

export interface PageEntry {
  /** Relative to the folder of the language. */
  path: string;
  /** The same in all languages. */
  id: string;
  audience: string[];
  status?: string;
  source?: number;
  sections: SectionEntry[];
}

/** The words of generator/tebiki/locales/LANGUAGE/search.yml. */
export interface Words {
  kinds: Record<string, string>;
  filter: string;
  filters: Record<Filter, string>;
  all: string;
  also: string;
  reading: string;
  instead: string;
  corrected: string;
  loose: string;
  nothing: string;
  elsewhere: string;
  filtered: string;
  nearest: string;
  sections: string;
  failed: string;
}

export interface IndexFile {
  language: string;
  /** Names of the languages that were built together, by code. */
  languages: Record<string, string>;
  words: Words;
  status: Record<string, string>;
  audiences: Record<string, string>;
  /** Title and date. */
  sources: [string, string][];
  pages: PageEntry[];
}

/** By what results can be narrowed down. */
export const FILTERS = ["kind", "audience", "status"] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

/** The kind of prose, which names none. */
export const PROSE = "page";
