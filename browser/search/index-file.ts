// The content of search/index.js for a language, as generator/tebiki/site/search_index.py writes it.

/** A section of a page with its own anchor; without `id` it is the beginning of the page. */
export interface SectionEntry {
  id?: string;
  title: string;
  /** A line for each block. The first line of a term is its definition. */
  text?: string;
  /** Position of the text instead of `text`: index of the section in the page, and index of the line. */
  at?: [number, number];
  /** Text that all items have: status and list of sources. */
  notes?: string;
  /** Absent for prose. */
  kind?: string;
  status?: string;
  superseded?: 1;
  /** Number of its first source in `sources`. */
  source?: number;
  /** Titles in the other languages, aliases, abbreviations. */
  names?: string[];
  /** Readings of the title in kana and Latin letters. */
  readings?: string[];
}

export interface PageEntry {
  /** Path relative to the folder of the language. */
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
  unready: string;
}

export interface IndexFile {
  language: string;
  /** Names of the languages of the site, by code. */
  languages: Record<string, string>;
  words: Words;
  status: Record<string, string>;
  /** The classes of the badge of each status. */
  statusClasses: Record<string, string>;
  audiences: Record<string, string>;
  /** Groups of spellings of the same word. */
  spellings?: string[][];
  /** Title and date. */
  sources: [string, string][];
  pages: PageEntry[];
}

/** The filters of results. */
export const FILTERS = ["kind", "audience", "status"] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

/** The kind of sections without a kind. */
export const PROSE = "page";
