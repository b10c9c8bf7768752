import { behindFirst, firstOf, FoldedText, WINDOW } from "./folded-text";
import { BITS, DIFFERS, MASK, OF_LAST } from "./text";

/** As many ranks are sorted faster by themselves than by looking at all. */
const FEW: u32 = 100;

/**
 * Space for occurrences of sequences. An occurrence is its position, and below it the bits of the first unit; but OF_LAST
 * are those of the last one, and DIFFERS that of any.
 */
export class Space {
  readonly occurrences: StaticArray<u32>;
  /**
   * The units behind each occurrence, up to where a new window is needed. They are noted while the text is read from its
   * beginning: a later look waits for the memory, since the occurrences of a sequence are far apart.
   */
  readonly windows: StaticArray<u64>;

  constructor(size: u32) {
    this.occurrences = new StaticArray<u32>(size);
    this.windows = new StaticArray<u64>(size);
  }

  /** Where the windows are, as space for other things. */
  others(): StaticArray<u32> {
    return changetype<StaticArray<u32>>(this.windows);
  }
}

/** Divides the occurrences of sequences into those of longer ones. */
export class Division {
  /** The occurrences of sequences of one character, sorted by their ranks; and for each rank, where its own end. */
  readonly all: Space;
  private readonly ends: StaticArray<u32>;
  /** Space for as many occurrences as have one rank. */
  readonly spare: Space;
  /** For each length of a sequence and each rank behind it, where the occurrences of the longer sequence end. */
  private readonly places: StaticArray<u32>;
  /** For each length, the ranks behind the occurrences that are being divided, each once. */
  private readonly ranks: StaticArray<u32>;

  /**
   * Count the occurrences. What else is counted may use the space until they are sorted.
   *
   * @param maxLength the length of the longest sequences
   */
  constructor(
    private readonly text: FoldedText,
    maxLength: u32,
  ) {
    const folding = text.folding;
    const size = folding.size;
    const ends = new StaticArray<u32>(size);
    for (let position: u32 = 0; position < text.length; position++) ends[text.rankAt(position)] += 1;
    ends[folding.lineBreak] = 0; // no sequence begins with these
    if (folding.space < size) ends[folding.space] = 0;
    let most: u32 = 0;
    let sum: u32 = 0;
    for (let rank: u32 = 0; rank < size; rank++) {
      const count = ends[rank];
      most = max(most, count);
      ends[rank] = sum;
      sum += count;
    }
    this.ends = ends;
    this.all = new Space(sum);
    this.spare = new Space(most);
    this.places = new StaticArray<u32>(maxLength * size);
    this.ranks = new StaticArray<u32>(maxLength * size);
  }

  /** How often a character is in the text, unless it is a space or a line break; until the occurrences are sorted. */
  countOf(rank: u32): u32 {
    return (rank + 1 < <u32>this.ends.length ? this.ends[rank + 1] : this.all.occurrences.length) - this.ends[rank];
  }

  sort(): void {
    const text = this.text;
    const lineBreak = text.folding.lineBreak;
    const space = text.folding.space;
    const ends = this.ends;
    const occurrences = this.all.occurrences;
    const windows = this.all.windows;
    let window: u64 = 0;
    for (let position: u32 = 0; position < WINDOW; position++) window = text.slide(window, position);
    for (let position: u32 = 0; position < text.length; position++) {
      const unit = firstOf(window);
      const rank = unit >> BITS;
      window = text.slide(window, position + WINDOW);
      if (rank === lineBreak || rank === space) continue;
      const place = unchecked(ends[rank]);
      unchecked((ends[rank] = place + 1));
      unchecked((occurrences[place] = (position << BITS) | (unit & MASK)));
      unchecked((windows[place] = window));
    }
  }

  /** Where the sorted occurrences of a rank begin. */
  startOf(rank: u32): u32 {
    return rank === 0 ? 0 : this.ends[rank - 1];
  }

  /** Where they end. */
  endOf(rank: u32): u32 {
    return this.ends[rank];
  }

  /**
   * Sort the occurrences of a sequence into those of longer ones, by the rank behind them.
   *
   * @param from its occurrences, sorted by their positions, from `fromStart` on
   * @param to space for as many from `toStart` on
   * @returns how many longer ones there are
   */
  divide(from: Space, fromStart: u32, to: Space, toStart: u32, size: u32, length: u32): u32 {
    const text = this.text;
    const places = this.places;
    const offset = (length - 1) * text.folding.size;
    const occurrences = from.occurrences;
    const windows = from.windows;
    const end = fromStart + size;
    if (length > 1 && length % WINDOW === 1) text.makeWindows(windows, occurrences, fromStart, end, length);
    let count: u32 = 0;
    for (let index = fromStart; index < end; index++) {
      const rank = firstOf(unchecked(windows[index])) >> BITS;
      if (unchecked((places[offset + rank] += 1)) === 1) unchecked((this.ranks[offset + count++] = rank));
    }
    this.sortRanks(offset, count);
    let sum = toStart;
    for (let index: u32 = 0; index < count; index++) {
      const place = offset + unchecked(this.ranks[offset + index]);
      const own = unchecked(places[place]);
      unchecked((places[place] = sum));
      sum += own;
    }
    const longer = to.occurrences;
    const behind = to.windows;
    for (let index = fromStart; index < end; index++) {
      const window = unchecked(windows[index]);
      const unit = firstOf(window);
      const rank = offset + (unit >> BITS);
      const place = unchecked(places[rank]);
      unchecked((places[rank] = place + 1));
      unchecked((longer[place] = (unchecked(occurrences[index]) & ~OF_LAST) | (unit & (OF_LAST | DIFFERS))));
      unchecked((behind[place] = behindFirst(window)));
    }
    return count;
  }

  /** The rank behind one of the longer sequences. */
  rankBehind(length: u32, index: u32): u32 {
    return this.ranks[(length - 1) * this.text.folding.size + index];
  }

  /** Where the occurrences of a longer sequence end; to be asked once. */
  takeEnd(length: u32, rank: u32): u32 {
    const place = (length - 1) * this.text.folding.size + rank;
    const end = this.places[place];
    this.places[place] = 0;
    return end;
  }

  /** Sort the ranks behind the occurrences: those of most sequences are few, where a text has thousands. */
  private sortRanks(offset: u32, count: u32): void {
    const ranks = this.ranks;
    if (count > FEW) {
      count = 0;
      for (let rank: u32 = 0; rank < this.text.folding.size; rank++)
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
}
