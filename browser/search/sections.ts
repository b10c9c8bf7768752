// The sections with their titles and names, which are in memory, and lookup by name.
import { fold, foldQuery, literal, withoutOkurigana } from "./fold";
import {
  FILTERS,
  PROSE,
  type Filter,
  type Filters,
  type IndexFile,
  type PageEntry,
  type SectionEntry,
} from "./index-file";
import { BigramLists } from "./bigram-lists";
import type { Parts } from "./parts";
import { Postings } from "./postings";
import { readingKey } from "./romaji";
import { Texts } from "./texts";

/** A section. */
export interface Section {
  number: number;
  /** Its number on its page; 0 is the beginning of the page. */
  index: number;
  entry: SectionEntry;
  page: PageEntry;
  pageNumber: number;
  /** The title of the page. */
  pageTitle: string;
  /** Title and names, folded; the title ends at `titleEnd`. */
  head: string;
  titleEnd: number;
  /** The length of `head`, the folded text and the folded notes. */
  length: number;
  /** Reading keys of the title and names; see readingKey. */
  keys: string[];
}

/** The values of a section for a filter. */
export function valuesOf(section: Section, filter: Filter): readonly string[] {
  if (filter === "audience") return section.page.audience;
  if (filter === "kind") return [section.entry.kind ?? PROSE];
  const status = section.entry.status ?? section.page.status;
  return status === undefined ? [] : [status];
}

/** Whether a section passes all filters. */
export function passesFilters(section: Section, filters: Filters): boolean {
  return FILTERS.every((filter) => {
    const filterValue = filters[filter];
    return filterValue === undefined || valuesOf(section, filter).includes(filterValue);
  });
}

/** All sections of a language, with lookup by text, name and reading. */
export class Sections {
  readonly all: Section[] = [];
  /** The sections by what their titles and names contain, and by what their texts and notes contain. */
  readonly heads = new BigramLists();
  readonly postings: Postings;
  readonly texts: Texts;
  private pages = 0;
  private readonly byName = new Map<string, Section[]>();
  /** Title and names of each section, with only width and case folded. */
  readonly literals: string[] = [];
  /** The sections with reading keys. */
  readonly withReadings: Section[] = [];

  constructor(
    readonly file: IndexFile,
    readonly parts: Parts,
  ) {
    this.texts = new Texts(file, parts, this.all);
    this.postings = new Postings(file.postings, parts, this.texts);
  }

  /** Adds the next page. */
  addPage(page: PageEntry): void {
    const pageTitle = page.sections[0]?.title ?? "";
    for (const [index, entry] of page.sections.entries()) this.add(page, pageTitle, index, entry);
    this.pages += 1;
  }

  /** The address of a section, relative to the folder of the language; that of its page while its text is missing. */
  locationOf(section: Section): string {
    const id = this.texts.of(section)?.id;
    return id === undefined ? section.page.path : `${section.page.path}#${id}`;
  }

  private add(page: PageEntry, pageTitle: string, index: number, entry: SectionEntry): void {
    const names = [...(entry.names ?? []), ...(entry.readings ?? [])];
    const title = fold(entry.title);
    const folded = names.map((name) => fold(name));
    const head = `${title}\n${folded.join("\n")}\n`;
    const [textLength, notesLength] = entry.lengths;
    const section: Section = {
      number: this.all.length,
      index,
      entry,
      page,
      pageNumber: this.pages,
      pageTitle,
      head,
      titleEnd: title.length,
      length: head.length + textLength + 1 + notesLength,
      keys: (entry.readings ?? []).map((reading) => readingKey(reading)).filter((key) => key !== ""),
    };
    this.all.push(section);
    if (section.keys.length > 0) this.withReadings.push(section);
    this.literals.push(literal([entry.title, ...names].join("\n")));
    this.heads.add(section.number, head);
    this.postings.addSection(entry.lengths);
    for (const key of new Set([entry.title, ...names].flatMap((name) => nameKeys(name, entry.kind !== undefined)))) {
      const homonyms = this.byName.get(key);
      if (homonyms === undefined) this.byName.set(key, [section]);
      else homonyms.push(section);
    }
  }

  /** The sections whose title, name or reading equals a text, in any spelling. */
  findByName(text: string): readonly Section[] {
    const sections = new Set(nameKeys(text, true).flatMap((key) => this.byName.get(key) ?? []));
    return [...sections];
  }
}

/** The keys of a name: folded, its kanji only, its reading. */
function nameKeys(name: string, isItem: boolean): string[] {
  const folded = foldQuery(name).replaceAll(" ", "");
  if (folded === "") return [];
  const keys = [folded];
  if (isItem) {
    const kanji = withoutOkurigana(literal(name));
    if (kanji !== "") keys.push(`kanji:${kanji}`);
    const reading = readingKey(name);
    if (reading.length > 2) keys.push(`reading:${reading}`);
  }
  return keys;
}
