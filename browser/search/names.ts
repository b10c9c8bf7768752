// The titles, names and readings of sections. Those of pages, and of sections with more than a title, come before
// anything else, and tell what a query names. Those of all sections are for queries that none contains as they were typed.
import { bigramsOf, diceSimilarity } from "./bigrams";
import { fold, foldQuery, literal, withoutOkurigana } from "./fold";
import type { NamesEntry, PostingsEntry, SectionNames } from "./index-file";
import type { NumberedParts } from "./numbered-parts";
import type { Parts } from "./parts";
import { contentWords, inflections, readQuery, type Word } from "./query";
import { readingKey } from "./romaji";
import type { Section } from "./sections";

/** The least similarity of a name to the query, from 0 to 1, at which the section counts as named by it. */
const MIN_SIMILARITY = 0.75;
const MAX_NEAREST = 5;
/** Shorter names are not counted as a whole: they have postings of their own. */
const SHORTEST = 3;

export class Names {
  private readonly bySection = new Map<Section, SectionNames>();
  /** The sections of the first part, by their names. */
  private readonly firstByName = new Map<string, Section[]>();
  private readonly byKey = new Map<string, Section[]>();
  /** The folded titles. */
  readonly titles: string[] = [];
  /** The sections with readings, and the keys of these. */
  private readonly readings: { section: Section; keys: string[] }[] = [];
  private readonly terms: { section: Section; names: string[] }[] = [];
  private readonly described: { section: Section; name: string; bigrams?: ReadonlySet<string> }[] = [];

  /** How many parts are read. */
  private count = 0;
  /** The names that are counted as a whole, and the number of the first section that has each. */
  private readonly counted = new Map<string, number>();

  /**
   * @param directory The parts
   * @param counts The counts of each of the first names
   * @param parts The parts of the index
   * @param sections All sections
   */
  constructor(
    private readonly directory: readonly string[],
    private readonly counts: NumberedParts<PostingsEntry[]>,
    private readonly parts: Parts,
    private readonly sections: readonly Section[],
  ) {}

  /** Reads the first parts, or all; returns whether none of them is missing. */
  read(count = this.directory.length): boolean {
    const contents = this.directory.slice(0, count).map((name) => this.parts.read<NamesEntry[]>(name));
    for (const content of contents.slice(this.count)) {
      if (content === undefined) return false;
      for (const [index, [number, names]] of content.entries()) {
        const section = this.sections[number] as Section;
        this.add(section, names);
        if (this.count === 0) this.addFirst(section, names, index);
      }
      this.count += 1;
    }
    return true;
  }

  private add(section: Section, sectionNames: SectionNames): void {
    const { title, names = [], readings = [] } = sectionNames;
    this.bySection.set(section, sectionNames);
    this.titles.push(fold(title));
    const keys = readings.map((reading) => readingKey(reading)).filter((key) => key !== "");
    if (keys.length > 0) this.readings.push({ section, keys });
    const all = [title, ...names, ...readings];
    append(
      this.byKey,
      all.flatMap((name) => nameKeys(name, section.kind !== undefined)),
      section,
    );
    if (section.kind === "term") this.terms.push({ section, names: all.map((name) => fold(name)) });
    if (section.kind === "checklist") return;
    this.described.push(...[title, ...names].map((name) => ({ section, name })));
  }

  private addFirst(section: Section, { title, names = [], readings = [] }: SectionNames, index: number): void {
    const all = [title, ...names, ...readings];
    append(this.firstByName, all.map(foldQuery), section);
    for (const name of all.flatMap((name) => inflections(foldQuery(name)))) {
      if (name.length >= SHORTEST && !this.counted.has(name)) this.counted.set(name, index);
    }
  }

  /** Whether a string is a name that is counted as a whole. */
  isCounted(string: string): boolean {
    return this.counted.has(string);
  }

  /** The counts of a name that is counted as a whole; undefined for any other string, and while they are missing. */
  countsOf(name: string): PostingsEntry | undefined {
    const number = this.counted.get(name);
    if (number === undefined) return undefined;
    return this.counts.require(number)?.find(([counted]) => counted === name);
  }

  /** The names of a section; undefined while they are not read. */
  of(section: Section): SectionNames | undefined {
    return this.bySection.get(section);
  }

  /** The sections in the first part of which a title, name or reading equals a folded string. */
  findFirst(folded: string): readonly Section[] {
    return this.firstByName.get(folded) ?? [];
  }

  /** The sections whose title, name or reading equals a text, in any spelling. */
  find(text: string): readonly Section[] {
    return nameKeys(text, true).flatMap((key) => this.byKey.get(key) ?? []);
  }

  /** The terms with a reading that starts with a text or contains it, and whether it starts with it. */
  *withReading(text: string): Generator<{ section: Section; begins: boolean }> {
    const key = readingKey(text);
    if (key.length < 3) return;
    for (const { section, keys } of this.readings) {
      const begins = keys.some((reading) => reading.startsWith(key));
      if (begins || (key.length > 4 && keys.some((reading) => reading.includes(key)))) yield { section, begins };
    }
  }

  /** The sections whose title or name has mostly the same content words; a section may occur once for each name. */
  similarTo(words: readonly Word[]): { section: Section; similarity: number }[] {
    const typed = contentBigrams(words);
    if (typed.size < 3) return [];
    return this.described
      .map((entry) => {
        entry.bigrams ??= contentBigrams(readQuery(entry.name).words); // few queries need them
        const { section, bigrams } = entry;
        return { section, similarity: bigrams.size < 3 ? 0 : diceSimilarity(typed, bigrams) };
      })
      .filter(({ similarity }) => similarity >= MIN_SIMILARITY);
  }

  /** The terms whose names share the most bigrams with a folded query. */
  nearest(whole: string): Section[] {
    const typed = bigramsOf(whole);
    return this.terms
      .map(({ section, names }) => ({
        section,
        similarity: Math.max(...names.map((name) => diceSimilarity(typed, bigramsOf(name)))),
      }))
      .filter(({ similarity }) => similarity > 0)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_NEAREST)
      .map(({ section }) => section);
  }
}

function append(lists: Map<string, Section[]>, keys: readonly string[], section: Section): void {
  for (const key of new Set(keys)) {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [section]);
    else list.push(section);
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

function contentBigrams(words: readonly Word[]): ReadonlySet<string> {
  return bigramsOf(
    contentWords(words)
      .map((word) => inflections(word.folded).at(-1))
      .join(""),
  );
}
