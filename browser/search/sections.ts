// The index in memory: the folded sections, and lookup by name.
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
import { Postings } from "./postings";
import { readingKey } from "./romaji";

/** A section. `text` is title, names, body and notes, folded, in this order, which end at the positions below. */
export interface Section {
  number: number;
  entry: SectionEntry;
  page: PageEntry;
  /** The title of the page. */
  pageTitle: string;
  location: string;
  text: string;
  titleEnd: number;
  namesEnd: number;
  bodyEnd: number;
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
  readonly postings = new Postings();
  private readonly byName = new Map<string, Section[]>();
  /** Title, names and text of each section, with only width and case folded. */
  readonly literals: string[] = [];
  /** The sections with reading keys. */
  readonly withReadings: Section[] = [];

  constructor(readonly file: IndexFile) {}

  /** Adds a page. */
  addPage(page: PageEntry): void {
    const pageTitle = page.sections[0]?.title ?? "";
    for (const entry of page.sections) this.add(page, pageTitle, entry);
  }

  private add(page: PageEntry, pageTitle: string, entry: SectionEntry): void {
    if (entry.at !== undefined) entry.text = page.sections[entry.at[0]]?.text?.split("\n")[entry.at[1]] ?? "";
    const names = [...(entry.names ?? []), ...(entry.readings ?? [])];
    const title = fold(entry.title);
    const folded = names.map((name) => fold(name));
    const head = `${title}\n${folded.join("\n")}\n`;
    const body = `${head}${fold(entry.text ?? "")}\n`;
    const section: Section = {
      number: this.all.length,
      entry,
      page,
      pageTitle,
      location: entry.id === undefined ? page.path : `${page.path}#${entry.id}`,
      text: `${body}${fold(entry.notes ?? "")}`,
      titleEnd: title.length,
      namesEnd: head.length,
      bodyEnd: body.length,
      keys: (entry.readings ?? []).map((reading) => readingKey(reading)).filter((key) => key !== ""),
    };
    this.all.push(section);
    if (section.keys.length > 0) this.withReadings.push(section);
    this.literals.push(literal([entry.title, ...names, entry.text ?? "", entry.notes ?? ""].join("\n")));
    this.postings.add(section.number, section.text);
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
