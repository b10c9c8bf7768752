// Finds the sections that contain a folded string, by the postings of
// generator/tebiki/site/search_postings.py. Texts are read only where that is cheaper than further postings.
import type { IndexFile, PostingsEntry } from "./index-file";
import type { Names } from "./names";
import { addOccurrences, FIELDS, FIELDS_OF_NAMES, type Occurrences, type OccurrencesBySection } from "./occurrences";
import type { Parts } from "./parts";
import { COUNTED } from "./query";
import { piecesOf, type Piece } from "./cover";
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
import { Division, SequenceParts } from "./sequences";

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
/** Where a string has more characters, its texts are read, if they are few: what it begins with is rarely in others. */
const AHEAD = 24;

export class Postings {
  /** The occurrences of strings: those that are final, and those that are not because parts are missing. */
  private readonly final = new Map<string, OccurrencesBySection>();
  private readonly preliminary = new Map<string, OccurrencesBySection>();

  private readonly division: Division;
  private readonly sequences: SequenceParts;
  private readonly words: SequenceParts;

  /**
   * @param file The directories of the parts, and the long sequences
   * @param parts The parts of the index
   * @param texts The texts of the sections
   * @param names Their names, of which some are counted
   */
  constructor(
    { postings, wordPostings, long }: Pick<IndexFile, "postings" | "wordPostings" | "long">,
    private readonly parts: Parts,
    private readonly texts: SectionTexts,
    private readonly names: Names,
  ) {
    this.division = new Division(long);
    this.sequences = new SequenceParts(postings, parts);
    this.words = new SequenceParts(wordPostings, parts);
  }

  /** Begins a search: parts may have been loaded since the last one. */
  start(): void {
    this.preliminary.clear();
    if (this.final.size > MAX_CACHED) this.final.clear();
  }

  /** Notes the parts that tell where a folded string is, so that they are loaded at once. */
  want(folded: string): void {
    const { misses } = this.parts;
    if (folded === "" || this.countedEntry(folded) !== undefined || this.parts.misses > misses) return;
    for (const { start, sequence } of piecesOf(folded, this.division)) if (start < AHEAD) this.entriesOf(sequence);
  }

  /**
   * The occurrences of a folded string without spaces at its ends, by number of section; those that are known while
   * parts are missing.
   *
   * @param typed The string before it was folded
   */
  find(folded: string, typed?: string): OccurrencesBySection {
    const key = `${folded}\n${typed ?? ""}`;
    const cached = this.final.get(key) ?? this.preliminary.get(key);
    if (cached !== undefined) return cached;
    const { misses } = this.parts;
    const matches = folded === "" ? new Map<number, Occurrences>() : this.search(new Sought(folded, typed));
    (this.parts.misses === misses ? this.final : this.preliminary).set(key, matches);
    return matches;
  }

  /** The occurrences of a part of some words, by number of section, as those of whole words. */
  findPhrase(folded: string): OccurrencesBySection {
    const matches = new Map(this.find(folded));
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
    const counted = this.countedEntry(folded);
    if (this.parts.misses > misses) return matches;
    if (counted === undefined) return this.occurrencesAt(this.positionsOf(sought), folded.length);
    forEachCount(counted, sought, (flags, field, count) => addOccurrences(matches, field, flags, count));
    return matches;
  }

  /** The entry of a string that is counted as a whole; undefined also while it is missing. */
  private countedEntry(folded: string): PostingsEntry | undefined {
    if (this.names.isCounted(folded)) return this.names.countsOf(folded);
    return (
      (COUNTED.test(folded) ? this.words.entryOf(folded) : undefined) ??
      (this.division.isCounted(folded) ? this.sequences.entryOf(folded) : undefined)
    );
  }

  /** Where a string stands, with the flags of each occurrence. */
  private positionsOf(sought: Sought): Positions {
    const pieces = piecesOf(sought.folded, this.division);
    const first = pieces.filter(({ start }) => start < AHEAD);
    const others = pieces.slice(first.length);
    const positions = this.positionsOfPieces(sought, first);
    if (others.length > 0 && this.haveFewTexts(positions, others.length))
      return this.positionsInTexts(sought, positions);
    return this.positionsOfPieces(sought, others, positions);
  }

  /** Where all of some pieces stand, of some positions if there are any. */
  private positionsOfPieces(sought: Sought, pieces: readonly Piece[], positions?: Positions): Positions {
    const lists = pieces.map(({ start, sequence }) => [start, this.entriesOf(sequence)] as const);
    for (const [start, entries] of lists) {
      if (positions?.length === 0) break;
      const next = positionsIn(entries, sought, start);
      positions = positions === undefined ? next : continued(positions, next, start);
    }
    return positions ?? new Float64Array();
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

  /** The entries with the positions of a sequence; those that are known while parts are missing. */
  private entriesOf(sequence: string): PostingsEntry[] {
    if (this.division.isDivided(sequence))
      return this.sequences.entriesFrom(sequence).filter(([, counts]) => counts === 0);
    const entry = this.sequences.entryOf(sequence);
    return entry === undefined ? [] : [entry];
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
