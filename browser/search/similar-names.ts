// Sections whose titles or names are similar to a query.
import { bigramsOf, diceSimilarity } from "./bigrams";
import { contentWords, inflections, readQuery, type Word } from "./query";
import type { Section } from "./sections";

/** The least similarity of a name to the query, from 0 to 1, at which the section counts as named by it. */
const MIN_SIMILARITY = 0.75;
const MAX_NEAREST = 5;

export class SimilarNames {
  /** Bigrams of the content words of each title and name. */
  private bigrams: { section: Section; bigrams: ReadonlySet<string> }[] | undefined;

  constructor(private readonly sections: readonly Section[]) {}

  /** The sections whose title or name has mostly the same content words; a section may occur once for each name. */
  similarTo(words: readonly Word[]): { section: Section; similarity: number }[] {
    const typed = contentBigrams(words);
    if (typed.size < 3) return [];
    this.bigrams ??= this.sections
      .filter(({ entry }) => entry.kind !== "checklist")
      .flatMap((section) =>
        [section.entry.title, ...(section.entry.names ?? [])].map((name) => ({
          section,
          bigrams: contentBigrams(readQuery(name).words),
        })),
      )
      .filter(({ bigrams }) => bigrams.size > 2);
    return this.bigrams
      .map(({ section, bigrams }) => ({ section, similarity: diceSimilarity(typed, bigrams) }))
      .filter(({ similarity }) => similarity >= MIN_SIMILARITY);
  }

  /** The terms whose names share the most bigrams with a folded query. */
  nearest(whole: string): Section[] {
    const typed = bigramsOf(whole);
    const similarityTo = (section: Section): number => {
      const names = section.head.split("\n");
      return Math.max(...names.map((name) => diceSimilarity(typed, bigramsOf(name))));
    };
    return this.sections
      .filter(({ entry }) => entry.kind === "term")
      .map((section) => ({ section, similarity: similarityTo(section) }))
      .filter(({ similarity }) => similarity > 0)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, MAX_NEAREST)
      .map(({ section }) => section);
  }
}

function contentBigrams(words: readonly Word[]): ReadonlySet<string> {
  return bigramsOf(
    contentWords(words)
      .map((word) => inflections(word.folded).at(-1))
      .join(""),
  );
}
