import { Lists, spaceFor } from "./lists";
import { BITS } from "./text";
import { NONE, ROOT, Tree } from "./tree";

/** Longer sequences are not divided, however long their lists are. */
const MAX_LENGTH: u32 = 8;

/** The sequences of two and more characters with long lists, which are divided; none begins with a space. */
export class LongSequences {
  private readonly tree: Tree;
  // by the numbers of the long sequences of a length, some of which begin with a space: the node of each, and its last rank
  private nodes: u32[] = [];
  private lasts: u32[] = [];
  // where there is one of them, and its number
  private positions: StaticArray<u32> = new StaticArray<u32>(0);
  private numbers: StaticArray<u32> = new StaticArray<u32>(0);
  private size: u32 = 0;

  /** @param size how many ranks there are */
  constructor(size: u32) {
    this.tree = new Tree(size);
  }

  /**
   * Find them.
   *
   * @param lists lists of which none is written yet
   * @param longList the length of a list that is not long yet
   */
  find(lists: Lists, longList: u32): void {
    this.findPairs(lists, longList);
    // a sequence is in the text no more often than what it begins and ends with
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

  private findPairs(lists: Lists, longList: u32): void {
    const folding = lists.folding;
    const numbers = new StaticArray<u32>(folding.size); // of frequent characters, and one more
    for (let rank: u32 = 0; rank < folding.size; rank++) {
      const isSpace = rank === folding.space;
      if (!isSpace && lists.countOf(rank) <= longList) continue;
      this.lasts.push(rank);
      numbers[rank] = this.nodes.push(isSpace ? NONE : this.tree.add(ROOT, rank));
    }
    const width = this.nodes.length;
    const counts = new StaticArray<u32>(width * width);
    const numbersOfAll = new StaticArray<u32>(folding.ranks.length);
    for (let character = 0; character < numbersOfAll.length; character++)
      numbersOfAll[character] = numbers[folding.ranks[character]];
    const units = lists.units;
    let first: u32 = 0;
    for (let position: u32 = 0; position < lists.length; position++) {
      const second = unchecked(numbersOfAll[unchecked(units[position]) >> BITS]);
      if (first > 0 && second > 0) unchecked((counts[(first - 1) * width + second - 1] += 1));
      first = second;
    }
    const size = this.numberLong(counts, longList);
    this.positions = spaceFor(size, lists.occurrences);
    this.numbers = spaceFor(size, lists.nextUnits);
    first = 0;
    for (let position: u32 = 0; position < lists.length; position++) {
      const second = unchecked(numbersOfAll[unchecked(units[position]) >> BITS]);
      if (first > 0 && second > 0) this.note(position - 1, unchecked(counts[(first - 1) * width + second - 1]));
      first = second;
    }
  }

  /** Find the long sequences that are one character longer. */
  private findLonger(longList: u32): void {
    const positions = this.positions;
    const numbers = this.numbers;
    const size = this.size;
    const width = this.nodes.length;
    const counts = new StaticArray<u32>(width * width);
    for (let index: u32 = 1; index < size; index++) {
      if (unchecked(positions[index]) !== unchecked(positions[index - 1]) + 1) continue;
      unchecked((counts[unchecked(numbers[index - 1]) * width + unchecked(numbers[index])] += 1));
    }
    this.numberLong(counts, longList);
    this.size = 0;
    for (let index: u32 = 1; index < size; index++) {
      const position = unchecked(positions[index - 1]);
      if (unchecked(positions[index]) !== position + 1) continue;
      this.note(position, unchecked(counts[unchecked(numbers[index - 1]) * width + unchecked(numbers[index])]));
    }
  }

  private note(position: u32, number: u32): void {
    if (number === 0) return;
    unchecked((this.positions[this.size] = position));
    unchecked((this.numbers[this.size++] = number - 1));
  }

  /**
   * Number the long ones of the sequences that two of the last length make which overlap.
   *
   * @param counts of each two how often they are there; then their number and one more, or 0 if they are not long
   * @returns how often the long ones are there together
   */
  private numberLong(counts: StaticArray<u32>, longList: u32): u32 {
    const width = this.nodes.length;
    const nodes: u32[] = [];
    const lasts: u32[] = [];
    let sum: u32 = 0;
    for (let first = 0; first < width; first++) {
      for (let second = 0; second < width; second++) {
        const cell = first * width + second;
        const count = counts[cell];
        counts[cell] = 0;
        if (count <= longList) continue;
        sum += count;
        lasts.push(this.lasts[second]);
        counts[cell] = nodes.push(
          this.nodes[first] === NONE ? NONE : this.tree.add(this.nodes[first], this.lasts[second]),
        );
      }
    }
    this.nodes = nodes;
    this.lasts = lasts;
    return sum;
  }
}
