// The search engine: finds and ranks the sections for a query. It uses no browser and no clock. What it keeps between
// queries (parts, names, words, occurrences) makes the next one faster, and changes no complete result.
import { emptyResult, facetsOf, groupByPage, type SearchResult } from "./search-result";
import { foldQuery } from "./fold";
import type { Filters } from "./index-file";
import { bigramsOf } from "./bigrams";
import type { Parts } from "./parts";
import { contentOfName, contentWords, inflections, jointOf, readQuery, wordOf, type Query, type Word } from "./query";
import { compareHits, kindWeight, matchIn, TIER, type Hit } from "./rank";
import type { OccurrencesBySection } from "./occurrences";
import { passesFilters, type Section, type Sections } from "./sections";
import { SpellingTable } from "./spelling-table";
import { nearestWord } from "./vocabulary";
import { isDivisible, WordMatches } from "./word-matches";

const JAPANESE = /[\u3041-\u30ff\u4e00-\u9fff]/;
const MIN_COVERAGE = 0.34;
const MAX_SHORT_LENGTH = 8;
/** The number of terms of the same name whose other names are searched for. */
const MAX_TERMS = 4;

export class Engine {
  private readonly spellings: SpellingTable;
  private readonly matches: WordMatches;

  constructor(readonly sections: Sections) {
    this.spellings = new SpellingTable(sections.file.spellings ?? []);
    this.matches = new WordMatches(sections, this.spellings);
  }

  /** The parts of the index; while some are missing, a search finds what is in the others. */
  get parts(): Parts {
    return this.sections.parts;
  }

  /**
   * Searches for a text that a person typed; any text is valid.
   *
   * @param isPartial Whether hits are wanted while parts with the words are missing: to rank them takes time
   */
  search(text: string, filters: Filters = {}, isPartial = true): SearchResult {
    this.parts.start();
    this.sections.postings.start();
    this.matches.names = undefined;
    const query = readQuery(text);
    const result = emptyResult(query);
    if (query.words.length === 0) return result;
    this.wantNamed(query);
    let words = this.sections.names.isCounted(query.whole) ? contentOfName(query.words) : query.words;
    result.isComplete = this.matches.areLoaded(words, words.length > 1 ? this.phraseOf(query) : undefined);
    if (!result.isComplete && !isPartial) return result;
    let hits = this.strictHits(query, words);
    // whether a word is nowhere is known only when nothing is missing
    if (needsNames(query, hits) && this.parts.isComplete && this.sections.names.read())
      this.matches.names = this.sections.names;
    if (this.matches.names !== undefined && !words.some((word) => word.exact))
      [words, hits] = this.similarHits(query, words, result);
    result.words = words.map((word) => word.raw);
    result.marks = words.flatMap((word) => this.matches.matchingForms(word)).filter((form) => form !== "");
    result.facets = facetsOf(hits);
    result.hits = hits.filter(({ section }) => passesFilters(section, filters)).sort(compareHits);
    result.groups = groupByPage(result.hits);
    if (hits.length === 0) result.nearest = this.matches.names?.nearest(query.whole) ?? [];
    result.isComplete = this.parts.isComplete;
    return result;
  }

  /** Notes the parts that tell which sections a query names, and where their other names are. */
  private wantNamed({ words }: Query): void {
    const { names, postings } = this.sections;
    names.read(1);
    if (words.some((word) => word.exact)) return;
    for (const name of this.namesFor(words).map(foldQuery)) if (!hasSpace(name)) postings.want(name);
    this.matches.want(this.otherNamesOf(this.firstNamed(words)));
  }

  /** The words and hits of a query that no section contains as it was typed. */
  private similarHits(query: Query, typed: readonly Word[], result: SearchResult): [readonly Word[], Hit[]] {
    let words = typed;
    let hits = this.strictHits(query, words); // with all names
    if (hits.length === 0) [words, hits] = this.looseOrCorrectedHits(query, result);
    if (!hits.some(({ tier }) => tier === TIER.name)) this.raiseSimilarNames(query, hits);
    return [words, hits];
  }

  /** The words and hits with corrected spelling, or with some of the words. */
  private looseOrCorrectedHits(query: Query, result: SearchResult): [readonly Word[], Hit[]] {
    const { words, changed } = this.correct(contentWords(query.words));
    if (changed) result.corrected = words.map((word) => word.raw).join(" ");
    const corrected = { ...query, words, whole: words.map((word) => word.folded).join(" ") };
    const hits = changed || words.length < 3 ? this.strictHits(corrected, words) : [];
    if (hits.some(({ tier }) => tier <= TIER.heading) || !this.parts.isComplete) return [words, hits];
    const looseHits = this.looseHits([...words, ...this.titlesWithin(query)]);
    result.loose = looseHits.every(({ tier }) => tier === TIER.loose);
    return [words, looseHits];
  }

  /** The sections that contain all words, and those that are named by the whole query. */
  private strictHits(query: Query, words: readonly Word[]): Hit[] {
    const [first, ...others] = words.map((word) => this.matches.of(word));
    const hits = new Map<number, Hit>();
    const phrases = others.length > 0 ? this.sections.postings.findPhrase(this.phraseOf(query)) : undefined;
    const occurrencesOfWords = words.map((word) => this.matches.literalOccurrences(word));
    // Japanese is written without spaces: a text that contains the query with its spaces is meant
    const occurrencesOfWhole = JAPANESE.test(query.raw)
      ? this.spellings.formsOf(query.raw).map((form) => this.sections.postings.find(foldQuery(form), form.trim()))
      : words.length > 1
        ? []
        : occurrencesOfWords.flat();
    for (const [number, match] of first ?? []) {
      const matches = [match, ...others.map((matchesOfWord) => matchesOfWord.get(number))];
      if (!matches.every((match) => match !== undefined)) continue;
      const section = this.sections.all[number] as Section;
      let tier = Math.max(...matches.map((match) => match.tier));
      let score = matches.reduce((sum, match) => sum + match.weight, 0);
      if (others.length > 0) {
        const phrase = matchIn(section, query.whole, phrases?.get(number));
        if (phrase) [tier, score] = [Math.min(tier, phrase.tier), score + 2 * phrase.weight];
      }
      const isLiteral = (forms: readonly OccurrencesBySection[]): boolean =>
        forms.some((occurrences) => occurrences.get(number)?.isLiteral);
      const literally = isLiteral(occurrencesOfWhole) ? 2 : occurrencesOfWords.every(isLiteral) ? 1 : 0;
      hits.set(number, { section, tier, score: score + kindWeight(section), literal: literally });
    }
    if (words.some((word) => word.exact)) return [...hits.values()];
    const namesakes = this.sectionsNamed(query.words);
    for (const section of namesakes) {
      const previous = hits.get(section.number);
      const score = (previous?.score ?? 0) + 20 * kindWeight(section);
      hits.set(section.number, { section, tier: TIER.name, score, literal: previous?.literal ?? 0 });
    }
    // terms that only their text knows are searched for in many parts
    const known = this.firstNamed(query.words);
    this.addSynonymHits(known.some(isTerm) ? known : [...namesakes], hits);
    return [...hits.values()];
  }

  /** What tells whether the words of a query follow each other. */
  private phraseOf({ raw, whole }: Query): string {
    return JAPANESE.test(raw) || this.sections.names.isCounted(whole) ? whole : whole.slice(...jointOf(whole));
  }

  /**
   * The names that the words may mean: as typed; and, where nothing in the first part has such a name, without what makes
   * a question of them, and without the spaces that people type between Japanese words.
   */
  private namesFor(words: readonly Word[]): string[] {
    const [typed, content] = [words, contentWords(words)].map((group) =>
      inflections(group.map((word) => word.raw).join(" ")).flatMap((name) => this.spellings.formsOf(name)),
    ) as [string[], string[]];
    if (typed.some((name) => this.sections.names.findFirst(foldQuery(name)).length > 0)) return typed;
    const unspaced = [...typed, ...content].map((name) => (JAPANESE.test(name) ? name.replace(/\s/g, "") : name));
    return [...new Set([...typed, ...unspaced])];
  }

  /** The sections in the first part with names that have one of the names for the words. */
  private firstNamed(words: readonly Word[]): readonly Section[] {
    return [...new Set(this.namesFor(words).flatMap((name) => this.sections.names.findFirst(foldQuery(name))))];
  }

  /** The sections that have one of the names for the words. */
  private sectionsNamed(words: readonly Word[]): ReadonlySet<Section> {
    // while parts are missing, and for several words, which would be searched for in many parts
    const sections = new Set(this.firstNamed(words));
    for (const name of this.namesFor(words)) {
      const folded = foldQuery(name);
      const numbers = hasSpace(folded) ? [] : this.sections.postings.findNamed(folded);
      for (const number of numbers) sections.add(this.sections.all[number] as Section);
      for (const section of this.matches.names?.find(name) ?? []) sections.add(section);
    }
    return sections;
  }

  /** Adds the sections that contain another name of a term that the query names. */
  private addSynonymHits(namesakes: readonly Section[], hits: Map<number, Hit>): void {
    const otherNames = this.otherNamesOf(namesakes);
    if (!this.matches.areLoaded(otherNames)) return;
    for (const name of otherNames) {
      for (const [number, match] of this.matches.of(name)) {
        const section = this.sections.all[number] as Section;
        if (match.tier > TIER.body || hits.has(number)) continue;
        hits.set(number, { section, tier: TIER.synonym, score: match.weight + kindWeight(section), literal: 0 });
      }
    }
  }

  /** The names of the terms among some sections. */
  private otherNamesOf(namesakes: readonly Section[]): Word[] {
    const terms = namesakes.filter(isTerm).slice(0, MAX_TERMS);
    const names = terms.flatMap((term) => {
      const { title = "", names = [] } = this.sections.names.of(term) ?? this.sections.texts.require(term) ?? {};
      return [title, ...names];
    });
    return [...new Set(names)].map((name) => ({ ...wordOf(name), asWritten: true }));
  }

  /** Ranks sections first whose title or other name has mostly the same content words as the query. */
  private raiseSimilarNames({ words }: Query, hits: Hit[]): void {
    for (const { section, similarity } of this.matches.names?.similarTo(words) ?? []) {
      const hit = hits.find((hit) => hit.section === section);
      const score = Math.max(40 * similarity + kindWeight(section), hit?.score ?? 0);
      hits.push({ section, tier: TIER.heading, score, literal: hit?.literal || 1 });
      if (hit !== undefined) hits.splice(hits.indexOf(hit), 1);
    }
  }

  /** Corrects spelling: words without a match are replaced by the most similar word of the handbook. */
  private correct(words: readonly Word[]): { words: Word[]; changed: boolean } {
    let changed = false;
    const corrected = words.map((word) => {
      if (this.matches.of(word).size > 0) return word;
      const suggestion = nearestWord(word.folded, this.sections.file.vocabulary, this.parts);
      if (suggestion === undefined) return word;
      changed = true;
      return wordOf(suggestion);
    });
    return { words: corrected, changed };
  }

  /** The titles that the query contains. */
  private titlesWithin({ whole }: Query): Word[] {
    const titles = this.matches.names?.titles ?? [];
    const included = titles.filter((title) => title.length > 2 && title.length < whole.length && whole.includes(title));
    return [...new Set(included)].map(wordOf);
  }

  /** The sections that contain enough of the words, or of their bigrams, weighted by rarity. */
  private looseHits(words: readonly Word[]): Hit[] {
    const parts = words.flatMap((word) => {
      const matches = this.matches.of(word);
      if (matches.size > 0 || !isDivisible(word)) return [{ matches, share: 1 }];
      const pairs = [...bigramsOf(word.folded)];
      return pairs.map((pair) => ({
        matches: this.matches.of({ raw: pair, folded: pair, exact: false }),
        share: 2 / (pairs.length + 1),
      }));
    });
    const total = this.sections.all.length;
    const scores = new Map<number, { covered: number; score: number }>();
    let possible = 0;
    for (const { matches, share } of parts) {
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
        // a question of a checklist does not answer a question
        const isQuestion = section.kind === "checklist";
        const tier = share > 0.999 && !isQuestion ? TIER.aside : TIER.loose;
        return { section, tier, score: (isQuestion ? 0.3 : 1) * score * share + kindWeight(section) / 5, literal: 0 };
      });
  }
}

function isTerm({ kind }: Section): boolean {
  return kind === "term";
}

function hasSpace(name: string): boolean {
  return name.includes(" ");
}

/** Whether a query may mean a name that it does not contain: when it has no hits, or is long and names no section. */
function needsNames({ words, whole }: Query, hits: readonly Hit[]): boolean {
  if (hits.length === 0) return true;
  if (words.some((word) => word.exact) || (words.length < 2 && whole.length <= MAX_SHORT_LENGTH)) return false;
  return !hits.some(({ tier }) => tier <= TIER.heading);
}
