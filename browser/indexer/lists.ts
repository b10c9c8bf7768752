import { Folding } from "./folding";
import { LongSequences } from "./long-sequences";
import { Output } from "./output";
import { NONE, ROOT, Tree } from "./tree";
import { BITS, DIFFERS, MASK, OF_LAST, Text } from "./text";

/** The length of the longest sequences: a character and a space may be before those of LongSequences. */
const MAX_LENGTH: u32 = 10;
/** A field with more occurrences ranks no higher. */
const MAX_COUNT: u32 = 8;
/** The field is kept for each position that is a multiple of 2 to this power. */
/** As many ranks are sorted faster by themselves than by looking at all. */
const FEW: u32 = 100;
const STEP: u32 = 6;
const ZERO: u32 = 0x30;
/** As many bytes are written at a time, and those of a first character. */
export const ENOUGH: u32 = 1 << 20;

/** Writes the posting lists of a text. */
export class Lists {
  readonly output: Output = new Output();
  /** How many units the text has. */
  readonly length: u32;
  readonly units: StaticArray<u32>;
  private readonly starts: StaticArray<u32>;
  /** See Folding.units. */
  private readonly folded: StaticArray<u32>;
  /** The number of the field, at each step. */
  private readonly steps: StaticArray<u32>;
  /**
   * The occurrences of sequences of one character, sorted by their ranks; and for each rank, where its own end. An
   * occurrence of a sequence is its position, and below it the bits of the first unit; but OF_LAST are those of the last
   * one, and DIFFERS that of any.
   */
  occurrences: StaticArray<u32> = new StaticArray<u32>(0);
  private readonly ends: StaticArray<u32>;
  /**
   * The unit behind each of these occurrences, with the rank of the character in its place. It is noted while the text
   * is read from its beginning: a later look waits for the memory, since those of one character are far apart.
   */
  nextUnits: StaticArray<u32> = new StaticArray<u32>(0);
  /** The first character of the next entries. */
  private rank: u32 = 0;
  /** Space for as many occurrences as have one rank; and for the units behind them. */
  private spare: StaticArray<u32> = new StaticArray<u32>(0);
  private spareUnits: StaticArray<u32> = new StaticArray<u32>(0);
  /** For each length of a sequence and each rank behind it, where the occurrences of the longer sequence end. */
  private readonly places: StaticArray<u32>;
  /** For each length, the ranks behind the occurrences that are being divided, each once. */
  private readonly ranksBehind: StaticArray<u32>;
  readonly longSequences: LongSequences;

  /** @param longList the length of a list that is not divided yet */
  constructor(
    text: Text,
    readonly folding: Folding,
    longList: u32,
  ) {
    this.units = text.units;
    this.length = text.length;
    this.starts = text.starts;
    this.folded = folding.units();
    this.steps = new StaticArray<u32>((text.length >> STEP) + 1);
    this.ends = new StaticArray<u32>(folding.size);
    this.ranksBehind = new StaticArray<u32>(MAX_LENGTH * folding.size);
    this.places = new StaticArray<u32>(MAX_LENGTH * folding.size);
    this.longSequences = new LongSequences(folding.size);
    this.findSteps(text.length);
    this.makeSpace(text.length);
    this.longSequences.find(this, longList);
  }

  private findSteps(length: u32): void {
    let field: u32 = 0;
    for (let step: u32 = 0; step << STEP < length; step++) {
      while (this.starts[field + 1] <= step << STEP) field++;
      this.steps[step] = field;
    }
  }

  /** How often a character is in the text, unless it is a space or a line break. */
  countOf(rank: u32): u32 {
    return (rank + 1 < this.folding.size ? this.ends[rank + 1] : this.occurrences.length) - this.ends[rank];
  }

  /** Make space for all occurrences; what is counted first uses it for itself. */
  private makeSpace(length: u32): void {
    const size = this.folding.size;
    const lineBreak = this.folding.lineBreak;
    const space = this.folding.space;
    const ends = this.ends;
    for (let position: u32 = 0; position < length; position++) ends[this.rankAt(position)] += 1;
    ends[lineBreak] = 0; // no sequence begins with these
    if (space < size) ends[space] = 0;
    let most: u32 = 0;
    for (let rank: u32 = 0; rank < size; rank++) most = max(most, ends[rank]);
    this.spare = new StaticArray<u32>(most);
    this.spareUnits = new StaticArray<u32>(most);
    this.occurrences = new StaticArray<u32>(startsOf(ends, 0, size));
    this.nextUnits = new StaticArray<u32>(this.occurrences.length);
  }

  private sortOccurrences(length: u32): void {
    const lineBreak = this.folding.lineBreak;
    const space = this.folding.space;
    const ends = this.ends;
    // the text ends with a line break
    let unit: u32 = length > 0 ? this.foldedUnit(0) : 0;
    for (let position: u32 = 1; position < length; position++) {
      const rank = unit >> BITS;
      const occurrence = ((position - 1) << BITS) | (unit & MASK);
      unit = this.foldedUnit(position);
      if (rank === lineBreak || rank === space) continue;
      const place = unchecked(ends[rank]);
      unchecked((ends[rank] = place + 1));
      unchecked((this.occurrences[place] = occurrence));
      unchecked((this.nextUnits[place] = unit));
    }
  }

  /** Write more entries, after nothing else; returns how many bytes there are, which is 0 at the end. */
  write(): u32 {
    this.output.length = 0;
    if (this.rank === 0) this.sortOccurrences(this.length);
    for (; this.rank < this.folding.size && this.output.length < ENOUGH; this.rank++) {
      const start = this.rank === 0 ? 0 : this.ends[this.rank - 1];
      const size = this.ends[this.rank] - start;
      if (size > 0)
        this.writeEntries(
          this.occurrences,
          start,
          this.spare,
          0,
          size,
          1,
          this.longSequences.child(ROOT, this.rank),
          ROOT,
        );
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
    from: StaticArray<u32>,
    fromStart: u32,
    to: StaticArray<u32>,
    toStart: u32,
    size: u32,
    length: u32,
    node: u32,
    rest: u32,
  ): void {
    const folding = this.folding;
    const longSequences = this.longSequences;
    const first = from[fromStart] >> BITS;
    const last = this.rankAt(first + length - 1);
    const isLong = length === 1 || node !== NONE;
    const isDivided = isLong || longSequences.hasLonger(rest);
    if (isLong ? last !== folding.space : !isDivided)
      this.writeEntry(from, fromStart, to, toStart, size, length, isLong);
    if (!isDivided) return;
    const count = this.divide(from, fromStart, to, toStart, size, length);
    const offset = (length - 1) * folding.size;
    let start: u32 = 0;
    for (let index: u32 = 0; index < count; index++) {
      const rank = this.ranksBehind[offset + index];
      const end = this.places[offset + rank];
      this.places[offset + rank] = 0;
      // nobody searches for a line break; but a long list has those of all that may follow
      const isNeeded = length > 1 || rank !== folding.lineBreak;
      if (isNeeded) {
        const longer = longSequences.child(node, rank);
        const longerRest = length === 1 && rank === folding.space ? ROOT : longSequences.child(rest, rank);
        this.writeEntries(to, toStart + start, from, fromStart + start, end - start, length + 1, longer, longerRest);
      }
      start = end;
    }
  }

  private writeEntry(
    from: StaticArray<u32>,
    fromStart: u32,
    to: StaticArray<u32>,
    toStart: u32,
    size: u32,
    length: u32,
    isCounted: bool,
  ): void {
    const first = from[fromStart] >> BITS;
    this.output.writeText('["');
    for (let index: u32 = 0; index < length; index++) this.writeJson(this.rankAt(first + index));
    this.output.writeText(isCounted ? '",1' : '",0');
    this.writeLists(from, fromStart, to, toStart, size, length, isCounted);
    this.output.writeText("]\n");
  }

  /**
   * Sort the occurrences of a sequence into those of longer ones, by the rank behind them: `places` has the end of each,
   * and `ranksBehind` their ranks.
   *
   * @returns how many longer ones there are
   */
  private divide(
    from: StaticArray<u32>,
    fromStart: u32,
    to: StaticArray<u32>,
    toStart: u32,
    size: u32,
    length: u32,
  ): u32 {
    const places = this.places;
    const offset = (length - 1) * this.folding.size;
    const nextUnits = length === 1 ? this.nextUnits : this.spareUnits;
    const nextStart = length === 1 ? fromStart : 0;
    if (length > 1) {
      for (let index: u32 = 0; index < size; index++) {
        const position = unchecked(from[fromStart + index]) >> BITS;
        unchecked((nextUnits[index] = this.foldedUnit(position + length)));
      }
    }
    let count: u32 = 0;
    for (let index: u32 = 0; index < size; index++) {
      const rank = unchecked(nextUnits[nextStart + index]) >> BITS;
      if (unchecked((places[offset + rank] += 1)) === 1) unchecked((this.ranksBehind[offset + count++] = rank));
    }
    this.sortRanks(offset, count);
    let sum: u32 = 0;
    for (let index: u32 = 0; index < count; index++) {
      const place = offset + unchecked(this.ranksBehind[offset + index]);
      const own = unchecked(places[place]);
      unchecked((places[place] = sum));
      sum += own;
    }
    for (let index: u32 = 0; index < size; index++) {
      const occurrence = unchecked(from[fromStart + index]);
      const unit = unchecked(nextUnits[nextStart + index]);
      const place = offset + (unit >> BITS);
      const longer = (occurrence & ~OF_LAST) | (unit & (OF_LAST | DIFFERS));
      unchecked((to[toStart + unchecked(places[place])] = longer));
      unchecked((places[place] += 1));
    }
    return count;
  }

  /** Sort the ranks behind the occurrences: those of most sequences are few, where a text has thousands. */
  private sortRanks(offset: u32, count: u32): void {
    const ranks = this.ranksBehind;
    if (count > FEW) {
      count = 0;
      for (let rank: u32 = 0; rank < <u32>this.folding.size; rank++)
        if (unchecked(this.places[offset + rank]) > 0) unchecked((ranks[offset + count++] = rank));
      return;
    }
    for (let index: u32 = 1; index < count; index++) {
      const rank = unchecked(ranks[offset + index]);
      let place = offset + index;
      for (; place > offset && unchecked(ranks[place - 1]) > rank; place--)
        unchecked((ranks[place] = ranks[place - 1]));
      unchecked((ranks[place] = rank));
    }
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
          ((occurrence & DIFFERS) !== 0 && !this.isSame(first, occurrence, length))
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
          field = this.fieldAt(position);
          end = this.starts[field + 1];
          if (!isCounted) {
            written = output.writeNumber(((field - fieldBefore) << 1) | 1, written);
            written = output.writeNumber(position - this.starts[field], written);
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
    const bits = occurrence & MASK;
    this.output.writeText(',"');
    this.output.need(1);
    this.output.writeByte(ZERO + (bits & ~DIFFERS));
    for (let index: u32 = 0; index < length && (bits & DIFFERS) !== 0; index++) {
      const character = this.units[(occurrence >> BITS) + index] >> BITS;
      this.writeJson(this.folding.differs(character) ? this.folding.size + character : this.folding.ranks[character]);
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
    const ends = this.folding.ends;
    this.output.writeBytes(this.folding.json, text === 0 ? 0 : ends[text - 1], ends[text]);
  }

  /** Whether the sequences of two occurrences have the same characters. */
  private isSame(first: u32, second: u32, length: u32): bool {
    for (let index: u32 = 0; index < length; index++) {
      const character = this.units[(first >> BITS) + index] >> BITS;
      if (this.units[(second >> BITS) + index] >> BITS !== character) return false;
    }
    return true;
  }

  private fieldAt(position: u32): u32 {
    let field = unchecked(this.steps[position >> STEP]);
    while (unchecked(this.starts[field + 1]) <= position) field++;
    return field;
  }

  /** A unit, with the rank in place of the character, and whether the character differs from what it is folded to. */
  foldedUnit(position: u32): u32 {
    const unit = unchecked(this.units[position]);
    return unchecked(this.folded[unit >> BITS]) | (unit & MASK);
  }

  rankAt(position: u32): u32 {
    return unchecked(this.folded[unchecked(this.units[position]) >> BITS]) >> BITS;
  }
}

/** The space that is there, or other if more is needed. */
export function spaceFor(size: u32, space: StaticArray<u32>): StaticArray<u32> {
  return size <= <u32>space.length ? space : new StaticArray<u32>(size);
}

/** Turn `size` counts from `start` on into where each begins if they are laid one after another; returns the sum. */
function startsOf(counts: StaticArray<u32>, start: u32, size: u32): u32 {
  let sum: u32 = 0;
  for (let index = start; index < start + size; index++) {
    const count = counts[index];
    counts[index] = sum;
    sum += count;
  }
  return sum;
}
