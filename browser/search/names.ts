// The titles, names and readings of all sections, for queries that no section contains as they were typed.
import { bigramsOf, diceSimilarity } from "./bigrams";
import { fold, foldQuery, literal, withoutOkurigana } from "./fold";
import type { SectionNames } from "./index-file";
import { contentWords, inflections, readQuery, type Word } from "./query";
import { readingKey } from "./romaji";
import type { Section } from "./sections";

/** The least similarity of a name to the query, from 0 to 1, at which the section counts as named by it. */
const MIN_SIMILARITY = 0.75;
const MAX_NEAREST = 5;

export class Names {
  private readonly byKey = new Map<string, Section[]>();
  /** The folded titles. */
  readonly titles: string[] = [];
  /** The sections with readings, and the keys of these. */
  private readonly readings: { section: Section; keys: string[] }[] = [];
  private readonly terms: { section: Section; names: string[] }[] = [];
  private readonly described: { section: Section; name: string; bigrams?: ReadonlySet<string> }[] = [];

  /** Adds the names of a section. */
  add(section: Section, { title, names = [], readings = [] }: SectionNames): void {
    this.titles.push(fold(title));
    const keys = readings.map((reading) => readingKey(reading)).filter((key) => key !== "");
    if (keys.length > 0) this.readings.push({ section, keys });
    const all = [title, ...names, ...readings];
    for (const key of new Set(all.flatMap((name) => nameKeys(name, section.kind !== undefined)))) {
      const homonyms = this.byKey.get(key);
      if (homonyms === undefined) this.byKey.set(key, [section]);
      else homonyms.push(section);
    }
    if (section.kind === "term") this.terms.push({ section, names: all.map((name) => fold(name)) });
    if (section.kind === "checklist") return;
    this.described.push(...[title, ...names].map((name) => ({ section, name })));
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
