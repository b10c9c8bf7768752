// Finds the sections that contain a folded string, by the postings of
// generator/tebiki/site/search_postings.py. Texts are read only where that is cheaper than further postings.
import type { PostingsEntry } from "./index-file";
import { addOccurrences, FIELDS, type Occurrences, type OccurrencesBySection } from "./occurrences";
import type { Parts } from "./parts";
import {
  addPositions,
  BEGINS_NAME,
  decodeNumbers,
  ENDS_WORD,
  forEachVariant,
  isInsideWord,
  lastNotAfter,
  LITERAL,
  Sought,
} from "./posting-lists";

/** The texts of the sections, by number. */
export interface SectionTexts {
  /** All fields, each on lines of its own, folded, and with only width and case folded; undefined while it is missing. */
  read(section: number): { folded: string; literal: string } | undefined;
  /** The name of the part that has to be loaded to read it. */
  missingPart(section: number): string | undefined;
}

const MAX_CACHED = 200;
export class Postings {
  /** The position of each field of each section in the texts of all, one after another. */
  private readonly fields: number[] = [];
  private end = 0;
  /** The occurrences of strings: those that are final, and those that are not because parts are missing. */
  private readonly final = new Map<string, OccurrencesBySection>();
  private readonly preliminary = new Map<string, OccurrencesBySection>();

  /**
   * @param directory The parts, each with its first sequence
   * @param parts The parts of the index
   * @param texts The texts of the sections
   */
  constructor(
    private readonly directory: readonly [string, string][],
    private readonly parts: Parts,
    private readonly texts: SectionTexts,
  ) {}

  /** Adds a section with the lengths of its fields. */
  addSection(lengths: readonly number[]): void {
    for (const length of lengths) {
      this.fields.push(this.end);
      this.end += length + 1;
    }
  }

  /** Begins a search: parts may have been loaded since the last one. */
  start(): void {
    this.preliminary.clear();
    if (this.final.size > MAX_CACHED) this.final.clear();
  }

  /**
   * The occurrences of a folded string, by number of section; those that are known while parts are missing.
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

  /** The sections of which a title, name or reading equals a folded string. */
  findNamed(folded: string): number[] {
    if (folded === "") return [];
    const positions = this.positionsOf(new Sought(`${folded}\n`, undefined));
    const sections = new Set<number>();
    for (const [position, flags] of positions) {
      if (flags & BEGINS_NAME) sections.add(Math.floor(this.fieldAt(position) / FIELDS));
    }
    return [...sections].sort((a, b) => a - b);
  }

  private search(sought: Sought): Map<number, Occurrences> {
    const entry = this.entryFor(sought.folded);
    if (entry?.[0] === sought.folded && entry[1] === 1) return this.countedOccurrences(entry, sought);
    return this.occurrencesAt(this.positionsOf(sought), sought.folded.length);
  }

  /** The occurrences of a sequence that are only counted. */
  private countedOccurrences(entry: PostingsEntry, sought: Sought): Map<number, Occurrences> {
    const matches = new Map<number, Occurrences>();
    forEachVariant(entry, sought, 0, (flags, list) => {
      let field = 0;
      for (const number of decodeNumbers(list)) {
        field += number >>> 3;
        addOccurrences(matches, field, flags, (number & 7) + 1);
      }
    });
    return matches;
  }

  /** Where a string stands, with the flags of each occurrence. */
  private positionsOf(sought: Sought): ReadonlyMap<number, number> {
    const { folded } = sought;
    let candidates = this.piece(sought, 0);
    let covered = candidates.length;
    while (covered < folded.length && candidates.positions.size > 0) {
      // the next characters cost a part of postings, which is larger than the texts of a page
      if (this.haveFewTexts(candidates.positions, (folded.length - covered) / 2)) {
        return this.positionsInTexts(sought, candidates.positions);
      }
      const next = this.pieceUpTo(sought, covered);
      const kept = new Map<number, number>();
      for (const [position, flags] of candidates.positions) {
        const nextFlags = next.positions.get(position + next.start);
        if (nextFlags === undefined) continue;
        kept.set(position, (flags & ~(ENDS_WORD | LITERAL)) | (nextFlags & ENDS_WORD) | (flags & nextFlags & LITERAL));
      }
      covered = next.start + next.length;
      candidates = { ...candidates, positions: kept };
    }
    return candidates.positions;
  }

  /** The positions at which the texts have a string; none in texts that are missing. */
  private positionsInTexts(
    { folded, typed }: Sought,
    positions: ReadonlyMap<number, number>,
  ): ReadonlyMap<number, number> {
    const candidates = new Map<number, number>();
    for (const [position, flags] of positions) {
      const section = Math.floor(this.fieldAt(position) / FIELDS);
      const text = this.texts.read(section);
      const start = position - (this.fields[FIELDS * section] as number);
      if (!text?.folded.startsWith(folded, start)) continue;
      const endsWord = isInsideWord(text.folded, start + folded.length) ? 0 : ENDS_WORD;
      const isLiteral = typed !== undefined && text.literal.includes(typed) ? LITERAL : 0;
      candidates.set(position, (flags & ~(ENDS_WORD | LITERAL)) | endsWord | isLiteral);
    }
    return candidates;
  }

  /** Whether the texts of at most `limit` pages have to be loaded to read those at some positions. */
  private haveFewTexts(positions: ReadonlyMap<number, number>, limit: number): boolean {
    const missing = new Set<string>();
    for (const position of positions.keys()) {
      const name = this.texts.missingPart(Math.floor(this.fieldAt(position) / FIELDS));
      if (name !== undefined) missing.add(name);
      if (missing.size > limit) return false;
    }
    return true;
  }

  /** A piece that continues a string of which some characters are covered; it may begin before their end. */
  private pieceUpTo(sought: Sought, covered: number): Piece {
    const { folded } = sought;
    for (let start = Math.min(covered, folded.length - 2); start > 0; start -= 1) {
      const rest = folded.slice(start);
      const entry = this.entryFor(rest);
      // a long list is divided, so a longer piece with a short list is better
      const isLong = entry?.[0] === rest && entry[1] === 1;
      if (isLong) continue;
      const piece = this.piece(sought, start);
      if (piece.positions.size === 0 || start + piece.length > covered) return piece;
    }
    return this.dividedPiece(sought, Math.min(covered, folded.length - 2));
  }

  /** The longest piece of a string from a position on that has a list of its own. */
  private piece(sought: Sought, start: number): Piece {
    const rest = sought.folded.slice(start);
    const entry = this.entryFor(rest);
    const positions = new Map<number, number>();
    if (entry === undefined || entry[1] === 1 || !rest.startsWith(entry[0])) return { start, length: 0, positions };
    addPositions(positions, entry, sought, start);
    return { start, length: entry[0].length, positions };
  }

  /** The rest of a string from a position on, whose list is divided. */
  private dividedPiece(sought: Sought, start: number): Piece {
    const rest = sought.folded.slice(start);
    const positions = new Map<number, number>();
    for (const entry of this.entriesWith(rest)) {
      if (entry[1] === 0) addPositions(positions, entry, sought, start);
    }
    return { start, length: rest.length, positions };
  }

  /** The last entry that is not after a sequence: the sequence itself, or the list that it would be in. */
  private entryFor(sequence: string): PostingsEntry | undefined {
    const part = this.directory[lastNotAfter(this.directory, sequence)];
    if (part === undefined) return undefined;
    const entries = this.parts.read<PostingsEntry[]>(part[1]);
    return entries?.[lastNotAfter(entries, sequence)];
  }

  private *entriesWith(prefix: string): Generator<PostingsEntry> {
    const first = Math.max(0, lastNotAfter(this.directory, prefix));
    for (const [sequence, name] of this.directory.slice(first)) {
      if (sequence > prefix && !sequence.startsWith(prefix)) return;
      for (const entry of this.parts.read<PostingsEntry[]>(name) ?? []) if (entry[0].startsWith(prefix)) yield entry;
    }
  }

  private occurrencesAt(positions: ReadonlyMap<number, number>, length: number): Map<number, Occurrences> {
    const matches = new Map<number, Occurrences>();
    let field = 0;
    let free = 0;
    for (const position of [...positions.keys()].sort((a, b) => a - b)) {
      if (position < free) continue; // overlaps the occurrence before
      free = position + length;
      if (position >= (this.fields[field + 1] ?? this.end)) field = this.fieldAt(position);
      addOccurrences(matches, field, positions.get(position) as number, 1);
    }
    return matches;
  }

  /** The number of the field at a position: FIELDS times the number of its section, and its own. */
  private fieldAt(position: number): number {
    let low = 0;
    let high = this.fields.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.fields[middle] as number) <= position) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** A piece of a string: where it begins in the string, its length, and its positions in the texts. */
interface Piece {
  start: number;
  length: number;
  positions: ReadonlyMap<number, number>;
}
