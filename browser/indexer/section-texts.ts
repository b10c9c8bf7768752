import { Output } from "./output";

const SPACE: u32 = 0x20;
/** Ends a line of a text; the line ends of HTML are spaces. */
export const LINE_END: u32 = 0;
const NONE: u32 = 0xffffffff;

// what a byte of HTML in UTF-8 is
const PART_OF_WORD: u8 = 0;
const WHITE_SPACE: u8 = 1;
const MAY_BEGIN_WHITE_SPACE: u8 = 2;
const LINE: u8 = 3;

/** Texts of sections, which are made of pieces of HTML; tags and what is left out stand between them. */
export class SectionTexts {
  /** By text, its first and its last piece. */
  private firsts: u32[] = [];
  private lasts: u32[] = [];
  /** Where each piece begins and ends, and the next one of its text. A piece without bytes is the end of a line. */
  private starts: u32[] = [];
  private ends: u32[] = [];
  private nexts: u32[] = [];
  private readonly kinds: StaticArray<u8> = kindsOfBytes();

  clear(): void {
    this.firsts.length = 0;
    this.lasts.length = 0;
    this.starts.length = 0;
    this.ends.length = 0;
    this.nexts.length = 0;
  }

  /** Add a text without pieces. */
  add(): void {
    this.firsts.push(NONE);
    this.lasts.push(NONE);
  }

  /** Forget the pieces of a text. */
  empty(text: u32): void {
    this.firsts[text] = this.lasts[text] = NONE;
  }

  addPiece(text: u32, start: u32, end: u32): void {
    const piece = this.starts.length;
    this.starts.push(start);
    this.ends.push(end);
    this.nexts.push(NONE);
    const last = this.lasts[text];
    if (last === NONE) this.firsts[text] = piece;
    else this.nexts[last] = piece;
    this.lasts[text] = piece;
  }

  addLineEnd(text: u32): void {
    this.addPiece(text, 0, 0);
  }

  /** Write a text with one space for all white space between two words, and without empty lines. */
  write(text: u32, html: StaticArray<u8>, output: Output): void {
    const first = output.length;
    let separator = NONE; // what has to be written before the next word
    for (let piece = this.firsts[text]; piece !== NONE; piece = this.nexts[piece]) {
      const start = this.starts[piece];
      const end = this.ends[piece];
      if (end === 0) separator = LINE_END;
      output.need(2 * (end - start));
      for (let index = start; index < end; ) {
        const kind = unchecked(this.kinds[unchecked(html[index])]);
        const size = kind === MAY_BEGIN_WHITE_SPACE ? whiteSpaceAt(html, index) : 1;
        if (kind === PART_OF_WORD || size === 0) {
          if (separator !== NONE && output.length > first) output.writeByte(separator);
          separator = NONE;
          index = this.writeWord(html, index, end, output);
          continue;
        }
        if (kind === LINE) separator = LINE_END;
        else if (separator !== LINE_END) separator = SPACE;
        index += size;
      }
    }
  }

  /** Write a byte of a word, and those behind it that are certainly part of it; returns where the next one is. */
  private writeWord(html: StaticArray<u8>, start: u32, end: u32, output: Output): u32 {
    const kinds = this.kinds;
    const bytes = output.bytes;
    let length = output.length;
    let index = start;
    do {
      unchecked((bytes[length++] = unchecked(html[index++])));
    } while (index < end && unchecked(kinds[unchecked(html[index])]) === PART_OF_WORD);
    output.length = length;
    return index;
  }
}

function kindsOfBytes(): StaticArray<u8> {
  const kinds = new StaticArray<u8>(256);
  kinds[LINE_END] = LINE;
  for (let byte = 0x09; byte <= 0x0d; byte++) kinds[byte] = WHITE_SPACE;
  for (let byte = 0x1c; byte <= 0x20; byte++) kinds[byte] = WHITE_SPACE; // 1C to 1F as in Python
  kinds[0xc2] = kinds[0xe1] = kinds[0xe2] = kinds[0xe3] = MAY_BEGIN_WHITE_SPACE;
  return kinds;
}

/** How many bytes the white space beyond ASCII at a place has (White_Space of Unicode); 0 if there is none. */
function whiteSpaceAt(html: StaticArray<u8>, index: u32): u32 {
  const byte: u32 = html[index];
  if (byte === 0xc2) return html[index + 1] === 0x85 || html[index + 1] === 0xa0 ? 2 : 0;
  const last: u32 = ((<u32>html[index + 1]) << 8) | html[index + 2];
  if (byte === 0xe1) return last === 0x9a80 ? 3 : 0;
  if (byte === 0xe3) return last === 0x8080 ? 3 : 0;
  const isSpace = (last >= 0x8080 && last <= 0x808a) || last === 0x80a8 || last === 0x80a9 || last === 0x80af;
  return isSpace || last === 0x819f ? 3 : 0;
}
