import { BITS, DIFFERS } from "./text";

/** What the characters of a text are folded to. */
export class Folding {
  /**
   * @param ranks for each character, the place of what it is folded to among all folded characters in their order
   * @param size how many folded characters there are
   * @param lineBreak the place of the line break
   * @param space the place of the space
   * @param ends where each text in `json` ends: for each folded character the character, then for each character what
   *   it stands for, which is empty if it is the same
   * @param json texts of JSON in UTF-8, without quotation marks
   */
  constructor(
    readonly ranks: StaticArray<u32>,
    readonly size: u32,
    readonly lineBreak: u32,
    readonly space: u32,
    readonly ends: StaticArray<u32>,
    readonly json: StaticArray<u8>,
  ) {}

  /** Whether a character stands for something else than what it is folded to. */
  differs(character: u32): bool {
    const text = this.size + character;
    return this.ends[text] > this.ends[text - 1];
  }

  /** For each character its rank, and below it the bit DIFFERS. */
  units(): StaticArray<u32> {
    const units = new StaticArray<u32>(this.ranks.length);
    for (let character = 0; character < units.length; character++)
      units[character] = (this.ranks[character] << BITS) | (this.differs(character) ? DIFFERS : 0);
    return units;
  }
}
