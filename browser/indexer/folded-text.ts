import { Folding } from "./folding";
import { BITS, MASK, Text } from "./text";

/** The field is kept for each position that is a multiple of 2 to this power. */
const STEP: u32 = 6;
/** A window holds WINDOW units with ranks in place of the characters, the first one in the lowest bits. */
export const WINDOW: u32 = 3;
/** Such a unit has so many bits: a character is folded to one code unit. */
const UNIT_BITS: u32 = BITS + 16;
const UNIT: u32 = (1 << UNIT_BITS) - 1;

/** A text whose characters are folded, and in which field each position is. */
export class FoldedText {
  /** How many units there are. */
  readonly length: u32;
  readonly starts: StaticArray<u32>;
  private readonly units: StaticArray<u32>;
  /** See Folding.units. */
  private readonly folded: StaticArray<u32>;
  /** The number of the field, at each step. */
  private readonly steps: StaticArray<u32>;

  constructor(
    text: Text,
    readonly folding: Folding,
  ) {
    this.length = text.length;
    this.starts = text.starts;
    this.units = text.units;
    this.folded = folding.units();
    this.steps = new StaticArray<u32>((text.length >> STEP) + 1);
    let field: u32 = 0;
    for (let step: u32 = 0; step << STEP < text.length; step++) {
      while (this.starts[field + 1] <= step << STEP) field++;
      this.steps[step] = field;
    }
  }

  /** The number of the character, as it is in the text. */
  characterAt(position: u32): u32 {
    return unchecked(this.units[position]) >> BITS;
  }

  rankAt(position: u32): u32 {
    return unchecked(this.folded[this.characterAt(position)]) >> BITS;
  }

  /** A unit, with the rank in place of the character, and whether the character differs from what it is folded to. */
  unitAt(position: u32): u32 {
    const unit = unchecked(this.units[position]);
    return unchecked(this.folded[unit >> BITS]) | (unit & MASK);
  }

  /** A window without its first unit, and with the unit at a position behind the others. */
  slide(window: u64, position: u32): u64 {
    return behindFirst(window) | ((<u64>this.unitAt(position)) << (2 * UNIT_BITS));
  }

  /** Make windows of what is `distance` behind some occurrences, from `start` to `end`. */
  makeWindows(windows: StaticArray<u64>, occurrences: StaticArray<u32>, start: u32, end: u32, distance: u32): void {
    // each look at the units waits for the memory: with little else to do, more of them wait at once
    const units = this.units;
    const folded = this.folded;
    for (let index = start; index < end; index++) {
      const position = (unchecked(occurrences[index]) >> BITS) + distance;
      const first = unchecked(units[position]);
      const second = unchecked(units[position + 1]);
      const third = unchecked(units[position + 2]);
      unchecked(
        (windows[index] =
          <u64>(unchecked(folded[first >> BITS]) | (first & MASK)) |
          ((<u64>(unchecked(folded[second >> BITS]) | (second & MASK))) << UNIT_BITS) |
          ((<u64>(unchecked(folded[third >> BITS]) | (third & MASK))) << (2 * UNIT_BITS))),
      );
    }
  }

  fieldAt(position: u32): u32 {
    let field = unchecked(this.steps[position >> STEP]);
    while (unchecked(this.starts[field + 1]) <= position) field++;
    return field;
  }

  /** Whether the sequences at two positions have the same characters. */
  isSame(first: u32, second: u32, length: u32): bool {
    for (let index: u32 = 0; index < length; index++)
      if (this.characterAt(first + index) !== this.characterAt(second + index)) return false;
    return true;
  }
}

/** The first unit of a window. */
export function firstOf(window: u64): u32 {
  return <u32>window & UNIT;
}

/** A window without its first unit. */
export function behindFirst(window: u64): u64 {
  return window >> UNIT_BITS;
}
