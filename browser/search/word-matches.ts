// Finds the sections that contain a word, in any of its forms.
import { bigramsOf } from "./bigrams";
import { foldQuery, literal } from "./fold";
import type { Names } from "./names";
import type { OccurrencesBySection } from "./occurrences";
import { COUNTED, formsOf, jointOf, type Word } from "./query";
import { matchIn, TIER, type Match } from "./rank";
import type { Section, Sections } from "./sections";
import type { SpellingTable } from "./spelling-table";

export class WordMatches {
  /** The names, where a query needs all of them. */
  names: Names | undefined;

  constructor(
    private readonly sections: Sections,
    private readonly spellings: SpellingTable,
  ) {}

  /**
   * Whether all parts are loaded that tell where words, and a phrase of them, stand. Those that are missing are noted
   * before anything is searched for, so that as many as possible are loaded at once.
   */
  areLoaded(words: readonly Word[], phrase = ""): boolean {
    const { parts, postings } = this.sections;
    this.want(words);
    postings.want(phrase);
    if (parts.isComplete) {
      for (const word of words) for (const form of this.formsOf(word)) this.occurrencesOf(form, word);
      postings.findPhrase(phrase);
    }
    return parts.isComplete;
  }

  /** Notes the parts that tell where words stand. */
  want(words: readonly Word[]): void {
    const strings = words.flatMap((word) => this.formsOf(word).flatMap((form) => this.divided(form, word)));
    for (const string of strings) this.sections.postings.want(string);
  }

  /** The occurrences of a form of a word, by number of section. */
  private occurrencesOf(form: string, word: Word): OccurrencesBySection {
    const { postings } = this.sections;
    const [joint = form, ...parts] = this.divided(form, word);
    if (joint === form) return postings.find(form);
    const others = parts.map((part) => postings.find(part));
    return new Map([...postings.findPhrase(joint)].filter(([number]) => others.every((other) => other.has(number))));
  }

  /** What a form of a word is found by: itself; or English words that hyphens join, and what tells that they are joined. */
  private divided(form: string, { exact }: Word): string[] {
    if (exact || !/^[a-z]+( [a-z]+)+$/.test(form) || this.sections.names.isCounted(form)) return [form];
    return [form.slice(...jointOf(form)), ...form.split(" ").filter((part) => COUNTED.test(part))];
  }

  /** The matches of a word, by number of section. */
  of(word: Word): Map<number, Match> {
    const matches = new Map<number, Match>();
    const typed = literal(word.raw);
    const { all, postings } = this.sections;
    if (word.folded.length < 2 && typed.length > word.folded.length) {
      // it has optional characters, such as ー
      for (const [number, { isLiteral }] of postings.find(word.folded, typed)) {
        if (isLiteral) matches.set(number, { tier: TIER.body, weight: 1 });
      }
      return matches;
    }
    const [typedOccurrences] = word.exact ? this.literalOccurrences(word) : [];
    this.formsOf(word).forEach((form, index) => {
      for (const [number, occurrences] of this.occurrencesOf(form, word)) {
        if (typedOccurrences && !typedOccurrences.get(number)?.isLiteral) continue;
        const match = matchIn(all[number] as Section, form, occurrences);
        const previous = matches.get(number);
        if (match === undefined) continue;
        if (index > 0) match.weight *= 0.8;
        if (previous === undefined || match.tier < previous.tier) matches.set(number, match);
      }
    });
    if (!word.exact) this.addReadingMatches(word, matches);
    return matches;
  }

  /** The occurrences of each form that counts as the word as it was typed; some are literal. */
  literalOccurrences(word: Word): OccurrencesBySection[] {
    return this.literalForms(word).map((typed) => {
      const folded = foldQuery(typed);
      const [joint = folded] = this.divided(folded, word);
      const range = joint === folded ? [] : jointOf(folded);
      return this.sections.postings.find(joint, typed.trim().slice(...range));
    });
  }

  /** The forms of a word to mark in texts: the word, or the bigrams that it was divided into. */
  matchingForms(word: Word): string[] {
    const isDivided = isDivisible(word) && this.of(word).size === 0;
    return isDivided ? [...bigramsOf(word.folded)] : this.formsOf(word);
  }

  /** The strings to search for. */
  formsOf(word: Word): string[] {
    if (word.exact) return formsOf(word);
    return [...new Set(this.literalForms(word).flatMap((raw) => formsOf({ ...word, folded: foldQuery(raw) })))];
  }

  /** The strings that count as the word as it was typed. */
  literalForms(word: Word): string[] {
    return word.exact || word.asWritten ? [literal(word.raw)] : this.spellings.formsOf(word.raw);
  }

  /** Adds the terms whose reading starts with the word or contains it. */
  private addReadingMatches(word: Word, matches: Map<number, Match>): void {
    for (const { section, begins } of this.names?.withReading(word.raw) ?? []) {
      if (!matches.has(section.number)) matches.set(section.number, { tier: TIER.heading, weight: begins ? 12 : 4 });
    }
  }
}

/** Whether parts of a word may match instead of it: Japanese is written without spaces between words. */
export function isDivisible(word: Word): boolean {
  return !word.exact && !/^[a-z0-9]/.test(word.folded);
}
