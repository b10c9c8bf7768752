// The search engine: a query → what answers it, in order. No browser, no clock, nothing kept between queries.
import { facetsOf, grouped, suggested, type Answer } from "./answer";
import { foldQuery, literal } from "./fold";
import type { Filters, IndexFile } from "./index-file";
import { pairsOf, shared } from "./pairs";
import { contentWords, formsOf, inflections, readQuery, type Query, type Word } from "./query";
import { compare, kindWeight, matchIn, TIER, type Hit, type Match } from "./rank";
import { readingKey } from "./romaji";
import { passes, Sections, type Section } from "./sections";
import { Vocabulary } from "./vocabulary";

/** Reads an index at once. load.ts does the same in steps, for where a person is waiting. */
export function readIndex(file: IndexFile): Engine {
  const sections = new Sections(file);
  for (const page of file.pages) sections.addPage(page);
  return new Engine(sections);
}

const JAPANESE = /[\u3041-\u30ff\u4e00-\u9fff]/;
const MIN_COVERAGE = 0.34;

export class Engine {
  private vocabulary: Vocabulary | undefined;

  constructor(readonly sections: Sections) {}

  /** Answers what a person typed, whatever it is. */
  search(text: string, filters: Filters = {}): Answer {
    const query = readQuery(text);
    const answer: Answer = {
      query,
      words: [],
      marks: [],
      hits: [],
      groups: [],
      loose: false,
      nearest: [],
      facets: facetsOf([]),
    };
    if (query.words.length === 0) return answer;
    let words = query.words;
    let hits = this.strict(query, words);
    if (hits.length === 0 && !words.some((word) => word.exact)) {
      const meant = this.meant(contentWords(query.words));
      words = meant.words;
      if (meant.changed) answer.corrected = meant.words.map((word) => word.raw).join(" ");
      const again = { ...query, words, whole: words.map((word) => word.folded).join(" ") };
      if (meant.changed || words.length < 3) hits = this.strict(again, words);
      if (!hits.some(({ tier }) => tier <= TIER.heading)) {
        hits = this.loosely([...words, ...this.titlesIn(query)]);
        answer.loose = hits.every(({ tier }) => tier === TIER.loose);
      }
    }
    answer.words = words.map((word) => word.raw);
    answer.marks = words.flatMap((word) => this.formsFound(word)).filter((form) => form !== "");
    answer.facets = facetsOf(hits);
    answer.hits = hits.filter(({ section }) => passes(section, filters)).sort(compare);
    answer.groups = grouped(answer.hits);
    if (hits.length === 0) answer.nearest = this.nearest(query.whole);
    const suggestion = suggested(query, hits);
    if (suggestion !== undefined) answer.suggestion = suggestion;
    return answer;
  }

  /** Sections that hold all words, and those that the whole query is a name of. */
  private strict(query: Query, words: readonly Word[]): Hit[] {
    const [first, ...others] = words.map((word) => this.matches(word));
    const hits = new Map<number, Hit>();
    const asked = words.map((word) => literal(word.raw));
    // Japanese has no spaces: where they are typed and stand so, that is the place that is meant
    const whole = JAPANESE.test(query.raw) ? literal(query.raw) : asked.join("\0");
    for (const [number, match] of first ?? []) {
      const matches = [match, ...others.map((found) => found.get(number))];
      if (!matches.every((one) => one !== undefined)) continue;
      const section = this.sections.all[number] as Section;
      let tier = Math.max(...matches.map((one) => one.tier));
      let score = matches.reduce((sum, one) => sum + one.weight, 0);
      if (others.length > 0) {
        const phrase = matchIn(section, query.whole);
        if (phrase) [tier, score] = [Math.min(tier, phrase.tier), score + 2 * phrase.weight];
      }
      const text = this.sections.literals[number] as string;
      const literally = text.includes(whole) ? 2 : asked.every((word) => text.includes(word)) ? 1 : 0;
      hits.set(number, { section, tier, score: score + kindWeight(section), literal: literally });
    }
    if (words.some((word) => word.exact)) return [...hits.values()];
    const named = this.named(words);
    for (const section of named) {
      const known = hits.get(section.number);
      const score = (known?.score ?? 0) + 20 * kindWeight(section);
      hits.set(section.number, { section, tier: TIER.name, score, literal: known?.literal ?? 0 });
    }
    this.addMeant(named, hits);
    return [...hits.values()];
  }

  /** What the words are a name of, as they are or as the subject of a question. */
  private named(words: readonly Word[]): readonly Section[] {
    const asked = [words, contentWords(words)].map((some) => some.map((word) => word.raw).join(" "));
    return [...new Set(asked.flatMap(inflections).flatMap((name) => this.sections.named(name)))];
  }

  /** What is named by the query says it under its other names elsewhere too. */
  private addMeant(named: readonly Section[], hits: Map<number, Hit>): void {
    for (const { entry } of named.filter(({ entry }) => entry.kind === "term")) {
      for (const name of [entry.title, ...(entry.names ?? [])]) {
        for (const [number, match] of this.matches({ raw: name, folded: foldQuery(name), exact: false })) {
          const section = this.sections.all[number] as Section;
          if (match.tier > TIER.body || hits.has(number)) continue;
          hits.set(number, { section, tier: TIER.meant, score: match.weight + kindWeight(section), literal: 0 });
        }
      }
    }
  }

  /** Every section that one word stands in. */
  private matches(word: Word): Map<number, Match> {
    const found = new Map<number, Match>();
    const asked = literal(word.raw);
    const { all, literals, postings } = this.sections;
    if (word.folded.length < 2 && asked.length > word.folded.length) {
      // only signs that folding leaves out, such as ー: nothing but the text itself can tell
      for (const [number, text] of literals.entries()) {
        if (text.includes(asked)) found.set(number, { tier: TIER.body, weight: 1 });
      }
      return found;
    }
    formsOf(word).forEach((form, at) => {
      for (const number of postings.candidates(form)) {
        if (word.exact && !(literals[number] as string).includes(asked)) continue;
        const match = matchIn(all[number] as Section, form);
        const known = found.get(number);
        if (match === undefined) continue;
        if (at > 0) match.weight *= 0.8;
        if (known === undefined || match.tier < known.tier) found.set(number, match);
      }
    });
    if (!word.exact) this.addRead(word, found);
    return found;
  }

  /** What of a word can be marked in the text: the word, or the pairs that it was divided into. */
  private formsFound(word: Word): string[] {
    const divided = canBeDivided(word) && this.matches(word).size === 0;
    return divided ? [...pairsOf(word.folded)] : formsOf(word);
  }

  /** Adds the terms whose reading begins with the word, or holds it. */
  private addRead(word: Word, found: Map<number, Match>): void {
    const key = readingKey(word.raw);
    if (key.length < 3) return;
    for (const section of this.sections.read) {
      const begins = section.keys.some((one) => one.startsWith(key));
      if (found.has(section.number) || !(begins || (key.length > 4 && section.keys.some((one) => one.includes(key)))))
        continue;
      found.set(section.number, { tier: TIER.heading, weight: begins ? 12 : 4 });
    }
  }

  /** The words, with those that stand nowhere replaced by the one that was probably meant. */
  private meant(words: readonly Word[]): { words: Word[]; changed: boolean } {
    let changed = false;
    const meant = words.map((word) => {
      if (!/^[a-z]+$/.test(word.folded) || this.matches(word).size > 0) return word;
      this.vocabulary ??= new Vocabulary(this.sections.all);
      const near = this.vocabulary.nearest(word.folded);
      if (near === undefined) return word;
      changed = true;
      return { raw: near, folded: near, exact: false };
    });
    return { words: meant, changed };
  }

  /** Titles that stand in a question as they are. */
  private titlesIn({ whole }: Query): Word[] {
    const titles = this.sections.all.map((section) => section.text.slice(0, section.titleEnd));
    const found = titles.filter((title) => title.length > 2 && title.length < whole.length && whole.includes(title));
    return [...new Set(found)].map((title) => ({ raw: title, folded: title, exact: false }));
  }

  /** Sections that hold a good part of the words, or of the pairs of characters in them. */
  private loosely(words: readonly Word[]): Hit[] {
    const pieces = words.flatMap((word) => {
      const matches = this.matches(word);
      if (matches.size > 0 || !canBeDivided(word)) return [{ matches, share: 1 }];
      const pairs = [...pairsOf(word.folded)];
      return pairs.map((pair) => ({
        matches: this.matches({ raw: pair, folded: pair, exact: false }),
        share: 2 / (pairs.length + 1),
      }));
    });
    const total = this.sections.all.length;
    const scores = new Map<number, { covered: number; score: number }>();
    let possible = 0;
    for (const { matches, share } of pieces) {
      const rarity = share * Math.log(1 + total / (matches.size + 0.5));
      possible += rarity;
      for (const [number, match] of matches) {
        const sum = scores.get(number) ?? { covered: 0, score: 0 };
        sum.covered += rarity;
        sum.score += rarity * (match.tier <= TIER.heading ? 2 : 1) * (match.weight / (match.weight + 3));
        scores.set(number, sum);
      }
    }
    return [...scores]
      .filter(([, { covered }]) => covered >= MIN_COVERAGE * possible)
      .map(([number, { covered, score }]) => {
        const section = this.sections.all[number] as Section;
        const share = covered / possible;
        // a question of a form is no answer to a question
        const asks = section.entry.kind === "checklist";
        const tier = share > 0.999 && !asks ? TIER.aside : TIER.loose;
        return { section, tier, score: (asks ? 0.3 : 1) * score * share + kindWeight(section) / 5, literal: 0 };
      });
  }

  /** The terms whose names share most pairs of characters with the query. */
  private nearest(whole: string): Section[] {
    const asked = pairsOf(whole);
    const likeness = (section: Section): number => {
      const names = section.text.slice(0, section.namesEnd).split("\n");
      return Math.max(...names.map((name) => shared(asked, pairsOf(name))));
    };
    return this.sections.all
      .filter(({ entry }) => entry.kind === "term")
      .map((section) => ({ section, like: likeness(section) }))
      .filter(({ like }) => like > 0)
      .sort((a, b) => b.like - a.like)
      .slice(0, 5)
      .map(({ section }) => section);
  }
}

/** Whether parts of a word may be found for it: Japanese writes words together. */
function canBeDivided(word: Word): boolean {
  return !word.exact && !/^[a-z0-9]/.test(word.folded);
}
