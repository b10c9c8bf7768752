import { Division, Space } from "./division";
import { FoldedText } from "./folded-text";
import { LongSequences } from "./long-sequences";
import { Output } from "./output";
import { BITS, DIFFERS, MASK } from "./text";
import { NONE, ROOT, Tree } from "./tree";

/** The length of the longest sequences: a character and a space may be before those of LongSequences. */
const MAX_LENGTH: u32 = 10;
/** A field with more occurrences ranks no higher. */
const MAX_COUNT: u32 = 8;
const ZERO: u32 = 0x30;
/** As many bytes are written at a time, and those of a first character. */
export const ENOUGH: u32 = 1 << 20;

/** Writes the posting lists of a text. */
export class Lists {
  readonly output: Output = new Output();
  readonly division: Division;
  readonly longSequences: LongSequences;
  /** The first character of the next entries. */
  private rank: u32 = 0;

  /**
   * @param longList the length of a list that is not divided yet
   * @param share see LongSequences.find()
   */
  constructor(
    readonly text: FoldedText,
    longList: u32,
    share: u32,
  ) {
    this.division = new Division(text, MAX_LENGTH);
    this.longSequences = new LongSequences(text.folding.size);
    this.longSequences.find(text, this.division, longList, share);
  }

  /** Write more entries, after nothing else; returns how many bytes there are, which is 0 at the end. */
  write(): u32 {
    this.output.length = 0;
    const division = this.division;
    if (this.rank === 0) division.sort();
    for (; this.rank < this.text.folding.size && this.output.length < ENOUGH; this.rank++) {
      const start = division.startOf(this.rank);
      const size = division.endOf(this.rank) - start;
      const node = this.longSequences.child(ROOT, this.rank);
      if (size > 0) this.writeEntries(division.all, start, division.spare, 0, size, 1, node, ROOT);
    }
    return this.output.length;
  }

  /**
   * Write the entries of a sequence and those that begin with it.
   *
   * A long one only counts, unless a space is its end, and is divided into those that begin with it. Others hold positions,
   * unless one character more makes a long one of what is behind their first character and a space: they are divided, too,
   * so that all that ends with a long one ends with a sequence that holds positions.
   *
   * @param from its occurrences, sorted by their positions, from `fromStart` on; they are lost
   * @param to space for as many from `toStart` on
   * @param node that of the sequence in LongSequences; NONE if it is not long
   * @param rest that of what is behind its first character and a space
   */
  private writeEntries(
    from: Space,
    fromStart: u32,
    to: Space,
    toStart: u32,
    size: u32,
    length: u32,
    node: u32,
    rest: u32,
  ): void {
    const folding = this.text.folding;
    const division = this.division;
    const longSequences = this.longSequences;
    const first = from.occurrences[fromStart] >> BITS;
    const last = this.text.rankAt(first + length - 1);
    const isLong = length === 1 || node !== NONE;
    const isDivided = isLong || longSequences.hasLonger(rest);
    if (isLong ? last !== folding.space : !isDivided)
      this.writeEntry(from, fromStart, to, toStart, size, length, isLong);
    if (!isDivided) return;
    const count = division.divide(from, fromStart, to, toStart, size, length);
    let start = toStart;
    for (let index: u32 = 0; index < count; index++) {
      const rank = division.rankBehind(length, index);
      const end = division.takeEnd(length, rank);
      // nobody searches for a line break; but a long list has those of all that may follow
      const isNeeded = length > 1 || rank !== folding.lineBreak;
      if (isNeeded) {
        const longer = longSequences.child(node, rank);
        const longerRest = length === 1 && rank === folding.space ? ROOT : longSequences.child(rest, rank);
        const own = fromStart + start - toStart;
        this.writeEntries(to, start, from, own, end - start, length + 1, longer, longerRest);
      }
      start = end;
    }
  }

  private writeEntry(
    from: Space,
    fromStart: u32,
    to: Space,
    toStart: u32,
    size: u32,
    length: u32,
    isCounted: bool,
  ): void {
    const first = from.occurrences[fromStart] >> BITS;
    this.output.writeText('["');
    for (let index: u32 = 0; index < length; index++) this.writeJson(this.text.rankAt(first + index));
    this.output.writeText(isCounted ? '",1' : '",0');
    this.writeLists(from.occurrences, fromStart, to.occurrences, toStart, size, length, isCounted);
    this.output.writeText("]\n");
  }

  /** Write the list of each variant of a sequence, with those first that occur first. */
  writeLists(
    from: StaticArray<u32>,
    fromStart: u32,
    to: StaticArray<u32>,
    toStart: u32,
    size: u32,
    length: u32,
    isCounted: bool,
  ): void {
    const text = this.text;
    const output = this.output;
    let source = from;
    let start = fromStart;
    while (size > 0) {
      const first = source[start];
      this.writeVariant(first, length);
      output.needNumbers(2 * size);
      let written = output.length;
      let others: u32 = 0;
      let positionBefore: u32 = 0;
      let fieldBefore: u32 = 0; // that was written
      let field: u32 = 0;
      let end: u32 = 0; // of the field
      let count: u32 = 0; // in the field
      for (let index: u32 = 0; index < size; index++) {
        const occurrence = unchecked(source[start + index]);
        const position = occurrence >> BITS;
        if (
          ((occurrence ^ first) & MASK) !== 0 ||
          ((occurrence & DIFFERS) !== 0 && !text.isSame(first >> BITS, position, length))
        ) {
          unchecked((to[toStart + others++] = occurrence));
          continue;
        }
        if (position < end) {
          if (!isCounted) written = output.writeNumber((position - positionBefore) << 1, written);
        } else {
          if (isCounted && count > 0) {
            written = output.writeNumber(8 * (field - fieldBefore) + min(count, MAX_COUNT) - 1, written);
            fieldBefore = field;
          }
          count = 0;
          field = text.fieldAt(position);
          end = unchecked(text.starts[field + 1]);
          if (!isCounted) {
            written = output.writeNumber(((field - fieldBefore) << 1) | 1, written);
            written = output.writeNumber(position - unchecked(text.starts[field]), written);
            fieldBefore = field;
          }
        }
        count++;
        positionBefore = position;
      }
      if (isCounted && count > 0)
        written = output.writeNumber(8 * (field - fieldBefore) + min(count, MAX_COUNT) - 1, written);
      output.length = written;
      output.writeText('"');
      source = to;
      start = toStart;
      size = others;
    }
  }

  /** Write the name of a variant, and the beginning of its list. */
  private writeVariant(occurrence: u32, length: u32): void {
    const folding = this.text.folding;
    const bits = occurrence & MASK;
    this.output.writeText(',"');
    this.output.need(1);
    this.output.writeByte(ZERO + (bits & ~DIFFERS));
    for (let index: u32 = 0; index < length && (bits & DIFFERS) !== 0; index++) {
      const character = this.text.characterAt((occurrence >> BITS) + index);
      this.writeJson(folding.differs(character) ? folding.size + character : folding.ranks[character]);
    }
    this.output.writeText('","');
  }

  /** Write the characters of the node of a tree. */
  writePath(tree: Tree, node: u32): void {
    if (node === ROOT) return;
    this.writePath(tree, tree.parents[node]);
    this.writeJson(tree.ranks[node]);
  }

  private writeJson(text: u32): void {
    const ends = this.text.folding.ends;
    this.output.writeBytes(this.text.folding.json, text === 0 ? 0 : ends[text - 1], ends[text]);
  }
}

/** The space that is there, or other if more is needed. */
export function spaceFor(size: u32, space: StaticArray<u32>): StaticArray<u32> {
  return size <= <u32>space.length ? space : new StaticArray<u32>(size);
}
