/** Different sequences of UTF-16 code units, numbered in the order in which they occur first. */
export class Sequences {
  /** The code units of all sequences, one after another. */
  private codes: u16[] = [];
  /** Where each sequence begins among them; and where the last one ends. */
  private starts: u32[] = [0];
  /** How often each has been given. */
  private counts: u32[] = [];
  /** By hash, the number of a sequence and one more; 0 where there is none. Its length is a power of 2. */
  private slots: StaticArray<u32> = new StaticArray<u32>(1024);

  /** Give the sequence of `source` from `start` to `end`; returns its number. */
  add(source: StaticArray<u16>, start: u32, end: u32): u32 {
    const slot = this.slotOf(source, start, end);
    const known = this.slots[slot];
    if (known > 0) {
      this.counts[known - 1] += 1;
      return known - 1;
    }
    for (let index = start; index < end; index++) this.codes.push(source[index]);
    this.starts.push(this.codes.length);
    const size = this.counts.push(1);
    this.slots[slot] = size;
    if (size * 2 > this.slots.length) this.grow();
    return size - 1;
  }

  /** The number of the sequence of `source` from `start` to `end`, and one more; 0 if it has not been given. */
  find(source: StaticArray<u16>, start: u32, end: u32): u32 {
    return this.slots[this.slotOf(source, start, end)];
  }

  allCodes(): StaticArray<u16> {
    return StaticArray.fromArray(this.codes);
  }

  allStarts(): StaticArray<u32> {
    return StaticArray.fromArray(this.starts);
  }

  allCounts(): StaticArray<u32> {
    return StaticArray.fromArray(this.counts);
  }

  /** The slot of a sequence, or the one where it belongs. */
  private slotOf(source: StaticArray<u16>, start: u32, end: u32): u32 {
    // FNV-1a
    let hash: u32 = 0x811c9dc5;
    for (let index = start; index < end; index++) hash = (hash ^ unchecked(source[index])) * 0x01000193;
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >> 15)) & mask;
    let known = unchecked(this.slots[slot]);
    while (known > 0 && !this.isAt(known - 1, source, start, end)) {
      slot = (slot + 1) & mask;
      known = unchecked(this.slots[slot]);
    }
    return slot;
  }

  private isAt(number: u32, source: StaticArray<u16>, start: u32, end: u32): bool {
    const own = unchecked(this.starts[number]);
    if (unchecked(this.starts[number + 1]) - own !== end - start) return false;
    for (let index = start; index < end; index++) {
      if (unchecked(this.codes[own + index - start]) !== unchecked(source[index])) return false;
    }
    return true;
  }

  private grow(): void {
    this.slots = new StaticArray<u32>(this.slots.length * 2);
    const codes = this.allCodes();
    for (let number = 0; number < this.counts.length; number++) {
      this.slots[this.slotOf(codes, this.starts[number], this.starts[number + 1])] = number + 1;
    }
  }
}
