export const ROOT: u32 = 0;
/** Stands for a node that is not there. */
export const NONE: u32 = u32.MAX_VALUE;

/** Strings, each of whose characters is a node; those that begin with the same characters share these nodes. */
export class Tree {
  // of each node: its rank, its parent, its first child, the next child of its parent, and its depth; 0 where there is none
  readonly ranks: u32[] = [0];
  readonly parents: u32[] = [0];
  readonly children: u32[] = [0];
  readonly siblings: u32[] = [0];
  readonly depths: u32[] = [0];
  /** The children of the root by their ranks. */
  readonly firsts: StaticArray<u32>;

  /** @param size how many ranks there are */
  constructor(size: u32) {
    this.firsts = new StaticArray<u32>(size);
  }

  /** The child of a node with a rank; NONE if there is none, or no node. */
  child(node: u32, rank: u32): u32 {
    if (node === NONE) return NONE;
    let child = node === ROOT ? this.firsts[rank] : this.children[node];
    while (child > 0 && this.ranks[child] !== rank) child = this.siblings[child];
    return child > 0 ? child : NONE;
  }

  /** The child of a node with a rank, which is added if it is not there. */
  add(node: u32, rank: u32): u32 {
    const known = this.child(node, rank);
    if (known !== NONE) return known;
    const child = this.ranks.push(rank) - 1;
    this.parents.push(node);
    this.children.push(0);
    this.depths.push(this.depths[node] + 1);
    this.siblings.push(node === ROOT ? 0 : this.children[node]);
    if (node === ROOT) this.firsts[rank] = child;
    else this.children[node] = child;
    return child;
  }
}
