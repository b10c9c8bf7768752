// The index in memory: every section folded, and what names it.
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

/** One section. `text` is title, names, body and notes, folded, in this order; the ends say where each stops. */
export interface Section {
  number: number;
  entry: SectionEntry;
  page: PageEntry;
  /** The page's own title. */
  pageTitle: string;
  location: string;
  text: string;
  titleEnd: number;
  namesEnd: number;
  bodyEnd: number;
  /** Reading keys (see romaji.ts), and those of its other names. */
  keys: string[];
}

/** The value of a section by which it passes a filter or does not. */
export function valuesOf(section: Section, filter: Filter): readonly string[] {
  if (filter === "audience") return section.page.audience;
  if (filter === "kind") return [section.entry.kind ?? PROSE];
  const status = section.entry.superseded ? "superseded" : (section.entry.status ?? section.page.status);
  return status === undefined ? [] : [status];
}

/** Whether a section passes all filters. */
export function passes(section: Section, filters: Filters): boolean {
  return FILTERS.every((filter) => {
    const wanted = filters[filter];
    return wanted === undefined || valuesOf(section, filter).includes(wanted);
  });
}

/** All sections of one language, and the ways to find one. */
export class Sections {
  readonly all: Section[] = [];
  readonly postings = new Postings();
  private readonly byName = new Map<string, Section[]>();
  /** Of each section, title, names and text with nothing folded but width and case. */
  readonly literals: string[] = [];
  /** Those with a reading in Latin letters. */
  readonly read: Section[] = [];

  constructor(readonly file: IndexFile) {}

  /** Takes in one page. */
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
    if (section.keys.length > 0) this.read.push(section);
    this.literals.push(literal([entry.title, ...names, entry.text ?? "", entry.notes ?? ""].join("\n")));
    this.postings.add(section.number, section.text);
    for (const key of new Set([entry.title, ...names].flatMap((name) => nameKeys(name, entry.kind !== undefined)))) {
      const known = this.byName.get(key);
      if (known === undefined) this.byName.set(key, [section]);
      else known.push(section);
    }
  }

  /** Sections whose title, or another name or reading of them, is `text`, however it is written. */
  named(text: string): readonly Section[] {
    const found = new Set(nameKeys(text, true).flatMap((key) => this.byName.get(key) ?? []));
    return [...found];
  }
}

/** The keys under which a name is found: folded, by its kanji alone, by its reading. */
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
