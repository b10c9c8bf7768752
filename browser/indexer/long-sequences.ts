import { Division } from "./division";
import { FoldedText } from "./folded-text";
import { Lists, spaceFor } from "./lists";
import { NONE, ROOT, Tree } from "./tree";

/** Longer sequences are not divided, however long their lists are. */
const MAX_LENGTH: u32 = 8;
/** A stretch of the text has so many characters. */
const STRETCH: u32 = 1 << 12;

/** The sequences of two and more characters with long lists, which are divided; none begins with a space. */
export class LongSequences {
  private readonly tree: Tree;
  /** The rank of each character with a long list, by its number, and that of the space. */
  private readonly ranks: u32[] = [];
  // by the numbers of the long sequences of a length, some of which begin with a space: the node and the last character
  private nodes: u32[] = [];
  private lasts: u32[] = [];
  // where there is one of them, and its number
  private positions: StaticArray<u32> = new StaticArray<u32>(0);
  private numbers: StaticArray<u32> = new StaticArray<u32>(0);
  private size: u32 = 0;
  /**
   * For each of them and each character behind it, how often they are there; then the number of the longer sequence and
   * one more, or 0 if it is not long.
   */
  private cells: StaticArray<u32> = new StaticArray<u32>(0);
  /** The cells of the next length. */
  private nextCells: StaticArray<u32> = new StaticArray<u32>(0);

  /** @param size how many ranks there are */
  constructor(size: u32) {
    this.tree = new Tree(size);
  }

  /**
   * Find them. A sequence is in the text no more often than what it begins and ends with.
   *
   * @param division that has not been sorted yet
   * @param longList the length of a list that is not long yet
   * @param share of so many stretches of the text one is read: each sequence is about as frequent in the others
   */
  find(text: FoldedText, division: Division, longList: u32, share: u32): void {
    const numbers = this.numberCharacters(text, division, longList);
    this.cells = new StaticArray<u32>(this.ranks.length * this.ranks.length);
    this.readPairs(text, numbers, share, false);
    longList /= share;
    const size = this.numberLong(longList);
    this.positions = spaceFor(size, division.all.occurrences);
    this.numbers = spaceFor(size, division.all.others());
    this.readPairs(text, numbers, share, true);
    for (let length: u32 = 3; length <= MAX_LENGTH && this.size > 0; length++) this.findLonger(longList);
  }

  /** The node of the long sequence of another node and a rank; NONE if it is not long. */
  child(node: u32, rank: u32): u32 {
    return this.tree.child(node, rank);
  }

  /** Whether a sequence is long that is one character longer than that of a node. */
  hasLonger(node: u32): bool {
    return node !== NONE && (node === ROOT || this.tree.children[node] > 0);
  }

  /** Write those that no longer one begins with, as JSON. */
  write(lists: Lists): void {
    const output = lists.output;
    output.length = 0;
    output.writeText("[");
    for (let node = 1; node < this.tree.ranks.length; node++) {
      if (this.tree.depths[node] < 2 || this.tree.children[node] > 0) continue;
      output.writeText(output.length > 1 ? ',"' : '"');
      lists.writePath(this.tree, node);
      output.writeText('"');
    }
    output.writeText("]");
  }

  /** Number the characters with long lists, and the space; returns for each character its number and one more, or 0. */
  private numberCharacters(text: FoldedText, division: Division, longList: u32): StaticArray<u32> {
    const folding = text.folding;
    const numbers = new StaticArray<u32>(folding.size);
    for (let rank: u32 = 0; rank < folding.size; rank++) {
      const isSpace = rank === folding.space;
      if (!isSpace && division.countOf(rank) <= longList) continue;
      this.nodes.push(isSpace ? NONE : this.tree.add(ROOT, rank));
      this.lasts.push(this.ranks.length);
      numbers[rank] = this.ranks.push(rank);
    }
    const numbersOfAll = new StaticArray<u32>(folding.ranks.length);
    for (let character = 0; character < numbersOfAll.length; character++)
      numbersOfAll[character] = numbers[folding.ranks[character]];
    return numbersOfAll;
  }

  /** Count the pairs of numbered characters in the stretches that are read, or note those whose cells are numbered. */
  private readPairs(text: FoldedText, numbers: StaticArray<u32>, share: u32, areNumbered: bool): void {
    const cells = this.cells;
    const width = this.ranks.length;
    for (let start: u32 = 0; start < text.length; start += share * STRETCH) {
      let before: u32 = 0;
      const end = min(start + STRETCH, text.length);
      for (let position = start; position < end; position++) {
        const number = unchecked(numbers[text.characterAt(position)]);
        if (before > 0 && number > 0) {
          const cell = (before - 1) * width + number - 1;
          if (areNumbered) this.note(position - 1, unchecked(cells[cell]));
          else unchecked((cells[cell] += 1));
        }
        before = number;
      }
    }
  }

  /** Find the long sequences that are one character longer. */
  private findLonger(longList: u32): void {
    const positions = this.positions;
    const numbers = this.numbers;
    const size = this.size;
    const lasts = StaticArray.fromArray(this.lasts);
    const cells = this.nextCells;
    this.cells = cells;
    this.numberLong(longList);
    this.size = 0;
    for (let index: u32 = 1; index < size; index++) {
      const position = unchecked(positions[index - 1]);
      if (unchecked(positions[index]) !== position + 1) continue;
      const last = unchecked(lasts[unchecked(numbers[index])]);
      this.note(position, unchecked(cells[unchecked(numbers[index - 1]) * this.ranks.length + last]));
    }
  }

  /**
   * Note that a sequence is at a position, and count what it makes with the one before.
   *
   * @param sequence the number of a long one and one more; 0 for one that is not long
   */
  private note(position: u32, sequence: u32): void {
    if (sequence === 0) return;
    const size = this.size;
    const positions = this.positions;
    const numbers = this.numbers;
    if (size > 0 && unchecked(positions[size - 1]) === position - 1) {
      const last = unchecked(this.lasts[sequence - 1]);
      unchecked((this.nextCells[unchecked(numbers[size - 1]) * this.ranks.length + last] += 1));
    }
    unchecked((positions[size] = position));
    unchecked((numbers[size] = sequence - 1));
    this.size = size + 1;
  }

  /**
   * Number the long sequences that are one character longer.
   *
   * @returns how often these are there together
   */
  private numberLong(longList: u32): u32 {
    const width = this.ranks.length;
    const cells = this.cells;
    const nodes: u32[] = [];
    const lasts: u32[] = [];
    let sum: u32 = 0;
    for (let cell = 0; cell < cells.length; cell++) {
      const count = cells[cell];
      cells[cell] = 0;
      if (count <= longList) continue;
      const node = this.nodes[cell / width];
      const last = cell % width;
      sum += count;
      lasts.push(last);
      cells[cell] = nodes.push(node === NONE ? NONE : this.tree.add(node, this.ranks[last]));
    }
    this.nodes = nodes;
    this.lasts = lasts;
    this.nextCells = new StaticArray<u32>(nodes.length * width);
    return sum;
  }
}
