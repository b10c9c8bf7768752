// Finds the sections whose texts or notes contain a folded string, by the postings of
// generator/tebiki/site/search_postings.py. Texts are read only where that is cheaper than further postings.
import type { PostingsEntry } from "./index-file";
import type { Parts } from "./parts";
import {
  addPositions,
  decodeNumbers,
  ENDS_WORD,
  forEachVariant,
  isInsideWord,
  lastNotAfter,
  LITERAL,
  Sought,
  STARTS_WORD,
} from "./posting-lists";

/** The occurrences in the text and the notes of a section. */
export interface TextMatch {
  /** Occurrences in the text that are whole words, that begin a word, and that are inside of one. */
  whole: number;
  prefix: number;
  inside: number;
  notes: number;
  /** Whether one of them is as it was typed, except for width and case. */
  isLiteral: boolean;
}

/** The texts of the sections, by number. */
export interface SectionTexts {
  /** The text with the notes, folded, and with only width and case folded; undefined while it is missing. */
  read(section: number): { folded: string; literal: string } | undefined;
  /** The name of the part that has to be loaded to read it. */
  missingPart(section: number): string | undefined;
}

export class Postings {
  /** The position of each section in the texts of all sections, one after another. */
  private readonly starts: number[] = [];
  /** Where its notes begin. */
  private readonly notes: number[] = [];
  private end = 0;
  private readonly matches = new Map<string, ReadonlyMap<number, TextMatch>>();

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

  /** Adds a section with the lengths of its text and notes. */
  addSection([text, notes]: readonly [number, number]): void {
    this.starts.push(this.end);
    this.notes.push(this.end + text + 1);
    this.end += text + notes + 2;
  }

  /** Begins a search: parts may have been loaded since the last one. */
  start(): void {
    this.matches.clear();
  }

  /**
   * The occurrences of a folded string, by number of section; those that are known while parts are missing.
   *
   * @param typed The string before it was folded
   */
  find(folded: string, typed?: string): ReadonlyMap<number, TextMatch> {
    const key = `${folded}\n${typed ?? ""}`;
    const cached = this.matches.get(key);
    if (cached !== undefined) return cached;
    const matches = folded === "" ? new Map<number, TextMatch>() : this.search(new Sought(folded, typed));
    this.matches.set(key, matches);
    return matches;
  }

  private search(sought: Sought): Map<number, TextMatch> {
    const entry = this.entryFor(sought.folded);
    if (entry?.[0] === sought.folded && entry[1] === 1) return this.countedMatches(entry, sought);
    return this.matchesAt(this.positionsOf(sought), sought.folded.length);
  }

  /** The matches of a sequence whose occurrences are counted. */
  private countedMatches(entry: PostingsEntry, sought: Sought): Map<number, TextMatch> {
    const matches = new Map<number, TextMatch>();
    forEachVariant(entry, sought, 0, (flags, list) => {
      let field = 0;
      for (const number of decodeNumbers(list)) {
        field += number >>> 3;
        addOccurrences(matches, field >>> 1, (field & 1) === 1, flags, (number & 7) + 1);
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
        kept.set(position, (flags & STARTS_WORD) | (nextFlags & ENDS_WORD) | (flags & nextFlags & LITERAL));
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
      const section = this.sectionAt(position);
      const text = this.texts.read(section);
      const start = position - (this.starts[section] as number);
      if (!text?.folded.startsWith(folded, start)) continue;
      const endsWord = isInsideWord(text.folded, start + folded.length) ? 0 : ENDS_WORD;
      const isLiteral = typed !== undefined && text.literal.includes(typed) ? LITERAL : 0;
      candidates.set(position, (flags & STARTS_WORD) | endsWord | isLiteral);
    }
    return candidates;
  }

  /** Whether the texts of at most `limit` pages have to be loaded to read those at some positions. */
  private haveFewTexts(positions: ReadonlyMap<number, number>, limit: number): boolean {
    const missing = new Set<string>();
    for (const position of positions.keys()) {
      const name = this.texts.missingPart(this.sectionAt(position));
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

  private matchesAt(positions: ReadonlyMap<number, number>, length: number): Map<number, TextMatch> {
    const matches = new Map<number, TextMatch>();
    let section = 0;
    let free = 0;
    for (const position of [...positions.keys()].sort((a, b) => a - b)) {
      if (position < free) continue; // overlaps the occurrence before
      free = position + length;
      if (position >= (this.starts[section + 1] ?? this.end)) section = this.sectionAt(position);
      const isNotes = position >= (this.notes[section] as number);
      addOccurrences(matches, section, isNotes, positions.get(position) as number, 1);
    }
    return matches;
  }

  private sectionAt(position: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= position) low = middle;
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

function addOccurrences(
  matches: Map<number, TextMatch>,
  section: number,
  isNotes: boolean,
  flags: number,
  count: number,
): void {
  let match = matches.get(section);
  if (match === undefined) {
    match = { whole: 0, prefix: 0, inside: 0, notes: 0, isLiteral: false };
    matches.set(section, match);
  }
  if (isNotes) match.notes += count;
  else if (!(flags & STARTS_WORD)) match.inside += count;
  else if (flags & ENDS_WORD) match.whole += count;
  else match.prefix += count;
  if (flags & LITERAL) match.isLiteral = true;
}
