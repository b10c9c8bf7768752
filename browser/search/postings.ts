// Finds the sections that contain a folded string, by the postings of
// generator/tebiki/site/search_postings.py. Texts are read only where that is cheaper than further postings.
import type { PostingsEntry } from "./index-file";
import { addOccurrences, FIELDS, type Occurrences, type OccurrencesBySection } from "./occurrences";
import type { Parts } from "./parts";
import {
  BEGINS_NAME,
  continued,
  decodeNumbers,
  ENDS_WORD,
  forEachVariant,
  isInsideWord,
  lastNotAfter,
  LITERAL,
  fieldOf,
  positionInField,
  positionsIn,
  PLACE,
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
/** The least length of a piece of a string that has a list of its own. */
const PIECE = 2;
/** The length of a string from which on its texts are read, if they are few: its first pieces are rarely in others. */
const AHEAD = 24;

export class Postings {
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
    if (folded === "" || this.dividedEntry(folded) !== undefined) return;
    this.wantPieces(folded, 0, AHEAD);
    // then the last piece begins earlier
    if (folded.length <= AHEAD && this.dividedEntry(folded.slice(-PIECE))) this.wantPieces(folded, 1, folded.length);
  }

  /** Notes the parts with the pieces that begin at some places of a string, and with its last piece. */
  private wantPieces(folded: string, from: number, to: number): void {
    for (let start = from; start < Math.min(to, folded.length - PIECE); start += PIECE)
      this.entryFor(folded.slice(start));
    if (to >= folded.length) this.entryFor(folded.slice(-PIECE));
  }

  /** Notes the parts with a folded name. */
  wantNamed(folded: string): void {
    this.want(`${folded}\n`);
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

  /** The sections of which a title, name or reading equals a folded string. */
  findNamed(folded: string): number[] {
    if (folded === "") return [];
    const positions = this.positionsOf(new Sought(`${folded}\n`, undefined));
    const sections = new Set<number>();
    for (const occurrence of positions) if (occurrence & BEGINS_NAME) sections.add(sectionAt(occurrence));
    return [...sections];
  }

  private search(sought: Sought): Map<number, Occurrences> {
    const divided = this.dividedEntry(sought.folded);
    if (divided !== undefined) return this.countedOccurrences(divided, sought);
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
  private positionsOf(sought: Sought): Positions {
    const { folded } = sought;
    let { length: covered, positions } = this.piece(sought, 0);
    while (covered < folded.length && positions.length > 0) {
      if (covered >= AHEAD) {
        if (this.haveFewTexts(positions, (folded.length - covered) / PIECE))
          return this.positionsInTexts(sought, positions);
        this.wantPieces(folded, AHEAD, folded.length);
      }
      const next = this.pieceUpTo(sought, covered);
      if (next === undefined) return this.positionsBeforeDivided(sought, positions);
      positions = continued(positions, next.positions, next.start);
      covered = next.start + next.length;
    }
    return positions;
  }

  /** The positions, of those given, at which a string stands that ends with one whose list is divided. */
  private positionsBeforeDivided(sought: Sought, positions: Positions): Positions {
    let start = 1;
    while (start < sought.folded.length && this.dividedEntry(sought.folded.slice(start)) === undefined) start += 1;
    const rest = sought.folded.slice(start);
    const parts = this.partsWith(rest);
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
      // a name ends with a line break, the last one with its field
      const field = `${text?.folded[fieldOf(occurrence) % FIELDS] ?? ""}\n`;
      const start = positionInField(occurrence);
      if (text === undefined || !field.startsWith(folded, start)) continue;
      const flags = occurrence % PLACE;
      const endsWord = isInsideWord(field, start + folded.length) ? 0 : ENDS_WORD;
      const isLiteral = typed !== undefined && text.literal.includes(typed) ? LITERAL : 0;
      kept.push(occurrence - flags + ((flags & ~(ENDS_WORD | LITERAL)) | endsWord | isLiteral));
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
    // first the places whose parts were noted before anything was found
    for (let start = Math.min(covered - (covered % PIECE), folded.length - PIECE); start > 0; start -= 1) {
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
    const entry = this.entryFor(rest);
    if (entry === undefined || entry[1] === 1 || !rest.startsWith(entry[0]))
      return { start, length: 0, positions: new Float64Array() };
    return { start, length: entry[0].length, positions: positionsIn([entry], sought, start) };
  }

  /** The last entry that is not after a sequence: the sequence itself, or the list that it would be in. */
  private entryFor(sequence: string): PostingsEntry | undefined {
    const part = this.directory[lastNotAfter(this.directory, sequence)];
    if (part === undefined) return undefined;
    const entries = this.parts.read<PostingsEntry[]>(part[1]);
    return entries?.[lastNotAfter(entries, sequence)];
  }

  /** The entry of a sequence with a long list, which is divided and only counts; undefined for any other. */
  private dividedEntry(sequence: string): PostingsEntry | undefined {
    const entry = this.entryFor(sequence);
    return entry?.[0] === sequence && entry[1] === 1 ? entry : undefined;
  }

  /** The names of the parts with the sequences that begin with a prefix. */
  private partsWith(prefix: string): string[] {
    const first = Math.max(0, lastNotAfter(this.directory, prefix));
    const after = this.directory.findIndex(([start], index) => index > first && !start.startsWith(prefix));
    return this.directory.slice(first, after < 0 ? undefined : after).map(([, name]) => name);
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
