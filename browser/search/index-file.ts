// The parts of the index of a language, as generator/tebiki/site/search_parts.py writes them.

/** What sections have in common. */
export interface SectionClass {
  /** Absent for prose. */
  kind?: string;
  status?: string;
  superseded?: 1;
}

/** The names of a section, and its place on its page. */
export interface SectionNames {
  title: string;
  /** Titles in the other languages, aliases, abbreviations. */
  names?: string[];
  /** Readings of the title in kana and Latin letters. */
  readings?: string[];
  /** Its anchor; absent at the beginning of the page. */
  id?: string;
}

/** The number of a section, and its names. */
export type NamesEntry = [section: number, names: SectionNames];

/** What pages have in common. */
export interface PageClass {
  audience: string[];
  status?: string;
}

/**
 * A part of the outline, in columns of numbers: for each page its class and the number of its sections; for each section
 * its class; and for each class the levels of the lengths of titles of its sections, then for each class those of the
 * lengths of all their fields. The first section of a page is its beginning.
 */
export type Outline = [pages: string, classes: string, levels: string[]];

/** What is shown of a page. */
export interface PageHead {
  /** Path relative to the folder of the language. */
  path: string;
  /** The same in all languages. */
  id: string;
  title: string;
}

/** What is loaded of a section when it is shown. */
export interface SectionText extends SectionNames {
  /** A line for each block. The first line of a term is its definition. */
  text?: string;
  /** Text that all items have: status and list of sources. */
  notes?: string;
  /** Title and date of its first source. */
  source?: [title: string, date: string];
}

/**
 * A sequence of folded characters; whether its lists count (1) or hold positions (0); and for each variant its key and
 * its list. See generator/tebiki/site/search_postings.py.
 */
export type PostingsEntry = [sequence: string, isDivided: 0 | 1, ...variants: string[]];

/** The name of some parts, to which the number of each is added, and how many entries each has. */
export type Bunch = [name: string, counts: string];

/**
 * Of some parts the first sequences, the names one after another, and the numbers of pieces, 0 where there are none; no
 * numbers if none is in pieces.
 */
export type Directory = [sequences: string[], names: string, pieces: string];

/** The words of generator/tebiki/locales/LANGUAGE/search.yml. */
export interface Words {
  kinds: Record<string, string>;
  filter: string;
  filters: Record<Filter, string>;
  all: string;
  also: string;
  instead: string;
  loose: string;
  nothing: string;
  elsewhere: string;
  filtered: string;
  nearest: string;
  sections: string;
  searching: string;
  incomplete: string;
  again: string;
  failed: string;
  unready: string;
}

/** The content of search/index.js. */
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
  /** The parts of the outline. */
  outline: string[];
  pageClasses: PageClass[];
  classes: SectionClass[];
  /** The parts with the heads of pages. */
  pages: Bunch[];
  /** The parts with the names of sections: first those of pages, and of sections with more than a title. */
  names: string[];
  /** The parts with the counted names of each section in the first part with names. */
  counts: Bunch[];
  /** The parts with the texts of sections. */
  texts: Bunch[];
  /** The parts that list those of the postings: each is a directory. */
  postings: Directory;
  /** The sequences with long lists that no longer one begins with. */
  long: string[];
  /** The parts that list those with the postings of English words, which only count. */
  wordPostings: Directory;
  /**
   * The parts with English words and their frequencies: sorted by the words, and by what these are when they are read from
   * their ends.
   */
  vocabulary: [Directory, Directory];
}

/** The filters of results. */
export const FILTERS = ["kind", "audience", "status"] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

/** The kind of sections without a kind. */
export const PROSE = "page";
