import { WINDOW } from "./folded-text";
import { Numbers } from "./numbers";
import { Sequences } from "./sequences";

/** What a code unit is; a code unit may be several of these. */
const SEPARATOR: u8 = 1;
const DROPPED: u8 = 2;
/** Is dropped behind a code unit that is. */
const MARK: u8 = 4;
/** A letter or digit of ASCII. Only these have edges of words. */
const ALPHANUMERIC: u8 = 8;
const LETTER: u8 = 16;
const LINE_BREAK: u16 = 10;
/** A section has as many fields; the first two hold names, each on a line of its own. */
const FIELDS: u32 = 4;
const FIELDS_OF_NAMES: u32 = 2;
/** Shorter words are not counted. */
export const WORD_LENGTH: u32 = 4;

/** A unit is the number of a character, and below it these bits. */
export const STARTS: u32 = 1; // a word may start here
export const ENDS: u32 = 2; // a word may end here
export const BEGINS: u32 = 4; // begins a name
export const ENDS_NAME: u32 = 8;
export const DIFFERS: u32 = 16; // from what it is folded to
export const BITS: u32 = 5;
export const MASK: u32 = (1 << BITS) - 1;
/** Those that a sequence has from its last unit. */
export const OF_LAST: u32 = ENDS | ENDS_NAME;

/** All fields of a language, each with a line break at its end, and what is counted in them. */
export class Text {
  readonly units: StaticArray<u32>;
  length: u32 = 0;
  /** Where each field begins; and where the last one ends. */
  readonly starts: StaticArray<u32>;
  /** A character is a code unit, with those behind it that belong to it. */
  readonly characters: Sequences = new Sequences();
  /** Words in letters of ASCII. */
  readonly words: Sequences = new Sequences();
  /** For each word of the text its number, and where it begins. */
  readonly tokens: Numbers = new Numbers();
  /** The characters of one code unit: their numbers and one more; 0 where a code unit has not occurred. */
  private readonly single: StaticArray<u32> = new StaticArray<u32>(0x10000);
  private field: u32 = 0;
  /** The lines of the field that have ended. */
  private lines: u32 = 0;
  /** Whether the last unit is a letter or digit; and, in names, whether the next one begins a line. */
  private follows: bool = false;
  private begins: bool = true;
  private readonly word: StaticArray<u16>;
  private wordLength: u32 = 0;

  /**
   * @param kinds what each code unit is
   * @param lineCounts how many lines each field has
   * @param size at least as many units as there will be
   * @param input where fields are given
   */
  constructor(
    private readonly kinds: StaticArray<u8>,
    private readonly lineCounts: StaticArray<u32>,
    size: u32,
    readonly input: StaticArray<u16>,
  ) {
    this.units = new StaticArray<u32>(size + WINDOW); // a window may end behind the text
    this.starts = new StaticArray<u32>(lineCounts.length + 1);
    this.word = new StaticArray<u16>(input.length);
  }

  /** Add the whole fields whose code units are the first of the input. */
  add(size: u32): void {
    const input = this.input;
    const kinds = this.kinds;
    let start: i32 = -1; // of a character, at whose end the loop is not yet
    let isDropped = false; // the code unit before
    for (let index = 0; index < <i32>size; index++) {
      const code = unchecked(input[index]);
      const kind = unchecked(kinds[code]);
      isDropped = (kind & DROPPED) !== 0 || (isDropped && (kind & MARK) !== 0);
      // separators are one character; what is dropped belongs to the character before; a line begins with neither
      if (isDropped) continue;
      if ((kind & SEPARATOR) !== 0 && (start < 0 || (kinds[input[start]] & SEPARATOR) !== 0)) continue;
      if (start >= 0) this.addCharacter(start, index);
      start = index;
      if (code === LINE_BREAK) {
        this.addLineBreak(index);
        start = -1;
      }
    }
  }

  private addCharacter(start: u32, end: u32): void {
    const code = unchecked(this.input[start]);
    const kind = unchecked(this.kinds[code]);
    const isAlphanumeric = (kind & ALPHANUMERIC) !== 0;
    let unit = (this.numberOf(start, end) << BITS) | ENDS;
    if (isAlphanumeric && this.follows) unchecked((this.units[this.length - 1] &= ~ENDS));
    else unit |= STARTS;
    if (this.begins) unit |= BEGINS;
    unchecked((this.units[this.length++] = unit));
    this.follows = isAlphanumeric;
    this.begins = false;
    if ((kind & LETTER) !== 0) unchecked((this.word[this.wordLength++] = code));
    else this.endWord();
  }

  private addLineBreak(index: u32): void {
    // `begins` is true where the line is empty
    if (this.field % FIELDS < FIELDS_OF_NAMES && !this.begins) this.units[this.length - 1] |= ENDS_NAME;
    this.units[this.length++] = (this.numberOf(index, index + 1) << BITS) | STARTS | ENDS;
    if (++this.lines === this.lineCounts[this.field]) {
      this.starts[++this.field] = this.length;
      this.lines = 0;
    }
    this.follows = false;
    this.begins = this.field % FIELDS < FIELDS_OF_NAMES;
    this.endWord();
  }

  private endWord(): void {
    if (this.wordLength >= WORD_LENGTH) {
      this.tokens.push(this.words.add(this.word, 0, this.wordLength));
      this.tokens.push(this.length - 1 - this.wordLength); // there is a unit behind it
    }
    this.wordLength = 0;
  }

  /** The number of the character of the input from `start` to `end`. */
  private numberOf(start: u32, end: u32): u32 {
    if (end - start > 1) return this.characters.add(this.input, start, end);
    const code = unchecked(this.input[start]);
    let number = unchecked(this.single[code]);
    if (number === 0) {
      number = this.characters.add(this.input, start, end) + 1;
      this.single[code] = number;
    }
    return number - 1;
  }
}
