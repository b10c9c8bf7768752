const BITS: u32 = 16;
const MASK: u32 = (1 << BITS) - 1;

/** Numbers that are added one after another. Nothing is copied while they grow, since no memory is given back. */
export class Numbers {
  length: u32 = 0;
  private readonly blocks: StaticArray<u32>[] = [];

  push(number: u32): void {
    if ((this.length & MASK) === 0) this.blocks.push(new StaticArray<u32>(1 << BITS));
    unchecked((this.blocks[this.length >> BITS][this.length & MASK] = number));
    this.length++;
  }

  at(index: u32): u32 {
    return unchecked(this.blocks[index >> BITS][index & MASK]);
  }
}
