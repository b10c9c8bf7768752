import { Lists, spaceFor } from "./lists";
import { Numbers } from "./numbers";
import { ROOT, Tree } from "./tree";
import { BITS, DIFFERS, MASK, OF_LAST } from "./text";

/** Shorter strings are not counted here, since they are sequences that have a list. */
const SHORTEST: u32 = 3;
/** A power of 2: a table of so many bytes is always at hand. */
const HASHES: u32 = 1 << 15;

/**
 * Counts whole strings in each field: their lists are short, where those of their pieces are many. The strings are in a
 * tree.
 */
export class Counts {
  private readonly tree: Tree;
  /** The last node of each string. */
  private readonly strings: u32[] = [];
  /** The occurrences of all strings, in their order: the last node of each, and the occurrence. */
  private readonly matches: Numbers = new Numbers();

  /** @param lists lists of which none is written yet */
  constructor(private readonly lists: Lists) {
    this.tree = new Tree(lists.text.folding.size);
  }

  /**
   * Add each line of the names of some sections, and other strings.
   *
   * @param names for each section where its names begin and end; how many other strings it has; and for each of these
   *   its length, and the ranks of its characters
   */
  add(names: StaticArray<u32>): void {
    for (let index = 0; index < names.length; ) {
      this.addLines(names[index], names[index + 1]);
      let others = names[index + 2];
      for (index += 3; others > 0; others--) {
        const end = index + 1 + names[index];
        let node = ROOT;
        for (index++; index < <i32>end; index++) node = this.tree.add(node, names[index]);
        this.strings.push(node);
      }
    }
  }

  private addLines(from: u32, to: u32): void {
    const lineBreak = this.lists.text.folding.lineBreak;
    let node = ROOT;
    for (let position = from; position < to; position++) {
      const rank = this.lists.text.rankAt(position);
      if (rank === lineBreak) {
        this.strings.push(node);
        node = ROOT;
      } else node = this.tree.add(node, rank);
    }
  }

  /**
   * Write a line for each string, in their order: its entry, or nothing where the string has been before. There are no
   * lists of a string that is shorter than SHORTEST.
   */
  write(): void {
    const output = this.lists.output;
    output.length = 0;
    this.find();
    const size = this.tree.ranks.length;
    const matches = this.matches;
    const ends = new StaticArray<u32>(size + 1);
    for (let index: u32 = 0; index < matches.length; index += 2) ends[matches.at(index) + 1] += 1;
    for (let node = 0; node < size; node++) ends[node + 1] += ends[node];
    const starts = StaticArray.slice<u32>(ends);
    const occurrences = spaceFor(matches.length / 2, this.lists.division.all.occurrences);
    for (let index: u32 = 0; index < matches.length; index += 2) {
      const node = matches.at(index);
      occurrences[ends[node]] = matches.at(index + 1);
      ends[node] += 1;
    }
    const spare = spaceFor(matches.length / 2, this.lists.division.all.others());
    const areWritten = new StaticArray<bool>(size);
    for (let index = 0; index < this.strings.length; index++) {
      const node = this.strings[index];
      if (areWritten[node]) {
        output.writeText("\n");
        continue;
      }
      areWritten[node] = true;
      const start = starts[node];
      output.writeText('["');
      this.lists.writePath(this.tree, node);
      output.writeText('",1');
      this.lists.writeLists(occurrences, start, spare, start, ends[node] - start, this.tree.depths[node], true);
      output.writeText("]\n");
    }
  }

  /** Find the occurrences of all strings: walk down the tree from each position of the text. */
  private find(): void {
    const text = this.lists.text;
    const ranks = StaticArray.fromArray(this.tree.ranks);
    const children = StaticArray.fromArray(this.tree.children);
    const siblings = StaticArray.fromArray(this.tree.siblings);
    const isEnd = new StaticArray<bool>(ranks.length);
    for (let index = 0; index < this.strings.length; index++) isEnd[this.strings[index]] = true;
    /** Where the last occurrence of each string ended. */
    const free = new StaticArray<u32>(ranks.length);
    const beginnings = this.hashedBeginnings();
    if (text.length < SHORTEST) return;
    let second = text.unitAt(0);
    let unit = text.unitAt(1);
    for (let start: u32 = 0; start + 2 < text.length; start++) {
      const first = second;
      second = unit;
      unit = text.unitAt(start + 2);
      if (!unchecked(beginnings[hashOf(first >> BITS, second >> BITS, unit >> BITS)])) continue;
      let differs = (first | second) & DIFFERS;
      let node = childIn(unchecked(this.tree.firsts[first >> BITS]), second >> BITS, ranks, children, siblings);
      node = childIn(node, unit >> BITS, ranks, children, siblings);
      let last = unit;
      for (let end = start + SHORTEST; node > 0; end++) {
        differs |= last & DIFFERS;
        // as where positions are searched, one that overlaps another does not count
        if (unchecked(isEnd[node]) && start >= unchecked(free[node])) {
          this.matches.push(node);
          this.matches.push((start << BITS) | (first & MASK & ~OF_LAST) | (last & OF_LAST) | differs);
          unchecked((free[node] = end));
        }
        if (unchecked(children[node]) === 0) break;
        last = text.unitAt(end);
        node = childIn(node, last >> BITS, ranks, children, siblings);
      }
    }
  }

  /** By hash, whether a string begins with three characters; some others have the same hash. */
  private hashedBeginnings(): StaticArray<bool> {
    const beginnings = new StaticArray<bool>(HASHES);
    for (let node = 1; node < this.tree.ranks.length; node++) {
      if (this.tree.depths[node] !== SHORTEST) continue;
      const second = this.tree.parents[node];
      beginnings[hashOf(this.tree.ranks[this.tree.parents[second]], this.tree.ranks[second], this.tree.ranks[node])] =
        true;
    }
    return beginnings;
  }
}

function hashOf(first: u32, second: u32, third: u32): u32 {
  return ((first * 31 + second) * 31 + third) % HASHES;
}

/** The child of a node with a rank; 0 if there is none. */
function childIn(
  node: u32,
  rank: u32,
  ranks: StaticArray<u32>,
  children: StaticArray<u32>,
  siblings: StaticArray<u32>,
): u32 {
  let child = node === ROOT ? ROOT : unchecked(children[node]);
  while (child > 0 && unchecked(ranks[child]) !== rank) child = unchecked(siblings[child]);
  return child;
}
