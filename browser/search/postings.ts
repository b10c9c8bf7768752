// Finds the sections that contain a folded string, by the postings of
// generator/tebiki/site/search_postings.py. Texts are read only where that is cheaper than further postings.
import type { IndexFile, PostingsEntry } from "./index-file";
import type { Names } from "./names";
import { addOccurrences, FIELDS, FIELDS_OF_NAMES, type Occurrences, type OccurrencesBySection } from "./occurrences";
import type { Parts } from "./parts";
import { Pieces, PIECE, SPACE } from "./pieces";
import {
  continued,
  ENDS_NAME,
  ENDS_WORD,
  forEachCount,
  isInsideWord,
  LITERAL,
  fieldOf,
  positionInField,
  positionsIn,
  PLACE,
  BEGINS_NAME,
  STARTS_WORD,
  Sought,
  type Positions,
} from "./posting-lists";

/** Each field of a section folded, and all with only width and case folded. */
export interface FieldTexts {
  folded: readonly string[];
  literal: string;
}

/** The texts of the sections, by number. */
export interface SectionTexts {
  /** Undefined while it is missing. */
  read(section: number): FieldTexts | undefined;
  /** The name of the part that has to be loaded to read it. */
  missingPart(section: number): string | undefined;
}

const MAX_CACHED = 200;
/** A word of which the index has the counts, if the text has it. */
const WORD = /^[a-z]{4,}$/;
/** Sequences are not longer; see lists.ts of the indexer. */
const MOST_CHARACTERS = 10;
/** The length of a string from which on its texts are read, if they are few: its first pieces are rarely in others. */
const AHEAD = 24;

export class Postings {
  /** The occurrences of strings: those that are final, and those that are not because parts are missing. */
  private readonly final = new Map<string, OccurrencesBySection>();
  private readonly preliminary = new Map<string, OccurrencesBySection>();

  private readonly pieces: Pieces;
  private readonly words: Pieces;

  /**
   * @param file The directories of the parts
   * @param parts The parts of the index
   * @param texts The texts of the sections
   * @param names Their names, of which some are counted
   */
  constructor(
    { postings, wordPostings }: Pick<IndexFile, "postings" | "wordPostings">,
    private readonly parts: Parts,
    private readonly texts: SectionTexts,
    private readonly names: Names,
  ) {
    this.pieces = new Pieces(postings, parts);
    this.words = new Pieces(wordPostings, parts);
  }

  /** Begins a search: parts may have been loaded since the last one. */
  start(): void {
    this.preliminary.clear();
    if (this.final.size > MAX_CACHED) this.final.clear();
  }

  /**
   * Notes the parts with the pieces of a folded string, so that they are loaded at once: only what is found of one
   * piece tells where the next has to begin.
   */
  want(folded: string): void {
    const { misses } = this.parts;
    if (folded === "" || this.countedEntry(folded) !== undefined || this.parts.misses > misses) return;
    if (this.dividedEntry(folded) !== undefined) return;
    for (const place of this.pieces.placesIn(folded)) if (place < AHEAD) this.pieces.entryFor(folded.slice(place));
  }

  /**
   * The occurrences of a folded string without spaces at its ends, by number of section; those that are known while
   * parts are missing.
   *
   * @param typed The string before it was folded
   * @param isPhrase Whether it is found also where only the beginning of its last word is
   */
  find(folded: string, typed?: string, isPhrase = false): OccurrencesBySection {
    const key = `${folded}\n${typed ?? ""}\n${isPhrase}`;
    const cached = this.final.get(key) ?? this.preliminary.get(key);
    if (cached !== undefined) return cached;
    const { misses } = this.parts;
    const matches = folded === "" ? new Map<number, Occurrences>() : this.search(new Sought(folded, typed, isPhrase));
    (this.parts.misses === misses ? this.final : this.preliminary).set(key, matches);
    return matches;
  }

  /** The occurrences of a part of some words, by number of section, as those of whole words. */
  findPhrase(folded: string): OccurrencesBySection {
    const matches = new Map(this.find(folded, undefined, true));
    for (const [number, match] of matches) {
      const { whole, prefix, inside, names } = match;
      const isWhole = { whole: whole + prefix + inside, prefix: 0, inside: 0, startsInNames: names > 0 };
      matches.set(number, { ...match, ...isWhole });
    }
    return matches;
  }

  /** The sections of which a title, name or reading equals a folded string. */
  findNamed(folded: string): number[] {
    return [...this.find(folded)].filter(([, { isName }]) => isName).map(([number]) => number);
  }

  private search(sought: Sought): Map<number, Occurrences> {
    const matches = new Map<number, Occurrences>();
    const { folded } = sought;
    const { misses } = this.parts;
    let counted = this.countedEntry(folded);
    if (this.parts.misses > misses) return matches;
    counted ??= this.dividedEntry(folded);
    if (counted === undefined) return this.occurrencesAt(this.positionsOf(sought), folded.length);
    forEachCount(counted, sought, (flags, field, count) => addOccurrences(matches, field, flags, count));
    return matches;
  }

  /** The entry of a name or an English word that is counted as a whole; undefined also while it is missing. */
  private countedEntry(folded: string): PostingsEntry | undefined {
    if (this.names.isCounted(folded)) return this.names.countsOf(folded);
    const entry = WORD.test(folded) ? this.words.entryFor(folded) : undefined;
    return entry?.[0] === folded ? entry : undefined;
  }

  /** Where a string stands, with the flags of each occurrence. */
  private positionsOf(sought: Sought): Positions {
    const { folded } = sought;
    let { length: covered, positions } = this.piece(sought, 0);
    while (covered < folded.length && positions.length > 0) {
      if (covered >= AHEAD) {
        const further = this.pieces.placesIn(folded).filter((place) => place >= AHEAD);
        if (this.haveFewTexts(positions, further.length)) return this.positionsInTexts(sought, positions);
        for (const place of further) this.pieces.entryFor(folded.slice(place));
      }
      const next = this.pieceUpTo(sought, covered);
      if (next === undefined) return sought.isPhrase ? positions : this.positionsBeforeDivided(sought, positions);
      positions = continued(positions, next.positions, next.start);
      covered = next.start + next.length;
    }
    return positions;
  }

  /** The positions, of those given, at which a string stands that ends with one whose list is divided. */
  private positionsBeforeDivided(sought: Sought, positions: Positions): Positions {
    const { misses } = this.parts;
    let start = Math.max(1, sought.folded.length - MOST_CHARACTERS);
    while (start < sought.folded.length && this.dividedEntry(sought.folded.slice(start)) === undefined) start += 1;
    if (this.parts.misses > misses) return new Float64Array(); // until it is known where that is
    const rest = sought.folded.slice(start);
    const parts = this.pieces.partsWith(rest);
    if (this.haveFewTexts(positions, parts.length)) return this.positionsInTexts(sought, positions);
    const entries = parts.flatMap((name) => this.parts.read<PostingsEntry[]>(name) ?? []);
    const longer = entries.filter(([sequence, isDivided]) => isDivided === 0 && sequence.startsWith(rest));
    return continued(positions, positionsIn(longer, sought, start), start);
  }

  /** The positions at which the texts have a string; none in texts that are missing. */
  private positionsInTexts({ folded, typed }: Sought, positions: Positions): Positions {
    const kept: number[] = [];
    for (const occurrence of positions) {
      const text = this.texts.read(sectionAt(occurrence));
      const kind = fieldOf(occurrence) % FIELDS;
      const field = text?.folded[kind] ?? "";
      const start = positionInField(occurrence);
      if (text === undefined || !field.startsWith(folded, start)) continue;
      const end = start + folded.length;
      let flags = (occurrence % PLACE) & (STARTS_WORD | BEGINS_NAME);
      if (!isInsideWord(field, end)) flags |= ENDS_WORD;
      if (kind < FIELDS_OF_NAMES && (end === field.length || field[end] === "\n")) flags |= ENDS_NAME;
      if (typed !== undefined && text.literal.includes(typed)) flags |= LITERAL;
      kept.push(occurrence - (occurrence % PLACE) + flags);
    }
    return Float64Array.from(kept);
  }

  /** Whether the texts of at most `limit` pages have to be loaded to read those at some positions. */
  private haveFewTexts(positions: Positions, limit: number): boolean {
    const missing = new Set<string>();
    for (const occurrence of positions) {
      const name = this.texts.missingPart(sectionAt(occurrence));
      if (name !== undefined) missing.add(name);
      if (missing.size > limit) return false;
    }
    return true;
  }

  /**
   * A piece that continues a string of which some characters are covered; it may begin before their end. Undefined if
   * all that is left has long lists, which are divided.
   */
  private pieceUpTo(sought: Sought, covered: number): Piece | undefined {
    const { folded } = sought;
    // first a place whose part was noted before anything was found
    const places = this.pieces.placesIn(folded).filter((place) => place <= covered);
    const last = Math.min(covered, folded.length - PIECE);
    const starts = Array.from({ length: MOST_CHARACTERS }, (_, index) => last - index);
    for (const start of [...places.slice(-1), ...starts]) {
      if (start < 1 || folded[start] === SPACE) continue;
      // a long list is divided, so a longer piece with a short list is better
      if (this.dividedEntry(folded.slice(start)) !== undefined) continue;
      const piece = this.piece(sought, start);
      if (piece.positions.length === 0 || start + piece.length > covered) return piece;
    }
    return undefined;
  }

  /** The longest piece of a string from a position on that has a list of its own. */
  private piece(sought: Sought, start: number): Piece {
    const rest = sought.folded.slice(start);
    const entry = this.pieces.entryFor(rest);
    if (entry === undefined || entry[1] === 1 || !rest.startsWith(entry[0]))
      return { start, length: 0, positions: new Float64Array() };
    return { start, length: entry[0].length, positions: positionsIn([entry], sought, start) };
  }

  /** The entry of a sequence with a long list, which is divided and only counts; undefined for any other. */
  private dividedEntry(sequence: string): PostingsEntry | undefined {
    const entry = this.pieces.entryFor(sequence);
    return entry?.[0] === sequence && entry[1] === 1 ? entry : undefined;
  }

  private occurrencesAt(positions: Positions, length: number): Map<number, Occurrences> {
    const matches = new Map<number, Occurrences>();
    let free = 0;
    for (const occurrence of positions) {
      if (occurrence < free) continue; // overlaps the occurrence before
      const flags = occurrence % PLACE;
      free = occurrence - flags + length * PLACE;
      addOccurrences(matches, fieldOf(occurrence), flags, 1);
    }
    return matches;
  }
}

function sectionAt(occurrence: number): number {
  return Math.floor(fieldOf(occurrence) / FIELDS);
}

/** A piece of a string: where it begins in the string, its length, and its positions in the texts. */
interface Piece {
  start: number;
  length: number;
  positions: Positions;
}
