import { Output } from "./output";
import { LINE_END, SectionTexts } from "./section-texts";

const SPACE: u32 = 0x20;
const QUOTE: u32 = 0x22;
const HYPHEN: u32 = 0x2d;
const SLASH: u32 = 0x2f;
const LESS: u32 = 0x3c;
const GREATER: u32 = 0x3e;
const LINE_FEED: u32 = 0x0a;
/** Between the parts of a section, and behind a section. They are white space, so that no text has them. */
const PART_END: u32 = 0x1f;
const SECTION_END: u32 = 0x1e;

// HTML, 13.1.2
const VOID = namesOf("area base br col embed hr img input link meta param source track wbr ");
const UNREAD = namesOf("object script style ");
const BLOCKS = namesOf("p pre li ol ul ");
const HEADINGS = namesOf("h1 h2 h3 h4 h5 h6 ");
const PRE = namesOf("pre ")[0];
const H1 = namesOf("h1 ")[0];
const OTHER: u64 = 0;

/** A section has as many texts: title, text and notes. */
const TEXTS: u32 = 3;
const TITLE: u32 = 0;
const TEXT: u32 = 1;
const NOTES: u32 = 2;

/** Cuts the articles of pages into sections. page_sections.py says what these are. */
export class Sections {
  readonly output: Output = new Output();
  private html: StaticArray<u8> = new StaticArray<u8>(0);
  private size: u32 = 0;
  /** Where the anchor of each section begins and ends. */
  private anchors: u32[] = [];
  private readonly texts: SectionTexts = new SectionTexts();
  /** The sections that have not ended, the innermost last, and the depths of their headings. */
  private open: u32[] = [];
  private depths: u32[] = [];
  /** The text that the next piece belongs to. */
  private target: u32 = 0;
  private depth: u32 = 0;
  /** The depth at which the heading, the note or the excluded element began; 0 outside of one. */
  private heading: u32 = 0;
  private note: u32 = 0;
  private excluded: u32 = 0;
  /** Of the tag that was read last: whether the element is left out or a note, and where its id begins; 0 if it has none. */
  private isExcluded: bool = false;
  private isNote: bool = false;
  private id: u32 = 0;

  /** Cut the article in the first bytes of `html`; returns the number of bytes of its sections. */
  cut(html: StaticArray<u8>, size: u32): u32 {
    this.html = html;
    this.size = size;
    this.clear();
    let start: u32 = 0; // of the text before the next tag
    for (let index: u32 = 0; index < size; index++) {
      if (unchecked(html[index]) !== LESS) continue;
      const end = this.tagEnd(index);
      if (end === index) continue; // a sign of the text
      this.addPiece(start, index);
      this.readTag(index, end);
      start = end;
      index = end - 1;
    }
    this.addPiece(start, size);
    this.output.length = 0;
    for (let section = 0; section * 2 < this.anchors.length; section++) this.writeSection(section);
    return this.output.length;
  }

  private clear(): void {
    this.anchors.length = 0;
    this.texts.clear();
    this.open.length = 0;
    this.depths.length = 0;
    this.depth = 0;
    this.heading = 0;
    this.note = 0;
    this.excluded = 0;
    this.addSection(0, 0, 0);
    this.target = TEXT;
  }

  /** Where a tag or a comment ends that begins at `start`; `start` if none does. */
  private tagEnd(start: u32): u32 {
    const html = this.html;
    if (this.isAt(start, "<!--")) {
      const end = this.find("-->", start + 4, this.size);
      return end < this.size ? end + 3 : start;
    }
    let index = start + 1;
    if (index < this.size && html[index] === SLASH) index++;
    if (index >= this.size || !isLetter(html[index])) return start;
    this.isExcluded = this.isNote = false;
    this.id = 0;
    for (let isQuoted = false; index < this.size; index++) {
      const byte = unchecked(html[index]);
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === GREATER && !isQuoted) return index + 1;
      else if (byte <= SPACE && !isQuoted) this.readAttribute(index + 1);
    }
    return start;
  }

  /** Note an attribute that matters. */
  private readAttribute(start: u32): void {
    const first: u32 = start < this.size ? unchecked(this.html[start]) : SPACE;
    if (first === 0x69 && this.isAt(start, 'id="')) this.id = start + 4;
    else if (first === 0x63 && this.isAt(start, 'class="headerlink"')) this.isExcluded = true;
    else if (first === 0x64 && this.isAt(start, "data-search-exclude")) this.isExcluded = true;
    else if (first === 0x64 && this.isAt(start, "data-search-note")) this.isNote = true;
  }

  /** Follow a tag or a comment. */
  private readTag(start: u32, end: u32): void {
    if (this.html[start + 1] === SLASH) {
      const name = this.nameAt(start + 2);
      if (this.depth === this.excluded) this.excluded = 0;
      else if (this.excluded === 0) this.endElement(name);
      this.depth--;
      return;
    }
    const name = this.nameAt(start + 1);
    if (!isLetter(this.html[start + 1]) || VOID.includes(name) || this.html[end - 2] === SLASH) return;
    this.depth++;
    if (this.excluded === 0 && !this.startElement(name, end)) this.excluded = this.depth;
  }

  /** Note that an element begins; returns whether it is read. */
  private startElement(name: u64, end: u32): bool {
    if (this.isExcluded || UNREAD.includes(name)) return false;
    if (this.isNote && this.note === 0) {
      const section = this.open[this.open.length - 1];
      this.target = section * TEXTS + TEXT;
      this.texts.addLineEnd(this.target);
      this.target = section * TEXTS + NOTES;
      this.texts.addLineEnd(this.target);
      this.note = this.depth;
    }
    if (BLOCKS.includes(name)) this.texts.addLineEnd(this.target);
    else if (HEADINGS.includes(name)) this.startHeading(name, end);
    if (name === PRE) this.keepLines(end);
    return true;
  }

  private startHeading(name: u64, end: u32): void {
    if (this.id === 0) return;
    this.heading = this.depth;
    if (name !== H1) {
      while (this.depths[this.depths.length - 1] > this.depth) this.close();
      this.addSection(this.id, this.find('"', this.id, end), this.depth);
    }
    this.target = this.open[this.open.length - 1] * TEXTS + TITLE;
    this.texts.empty(this.target);
  }

  /** Note that an element ends that is read. */
  private endElement(name: u64): void {
    if (this.depth === this.heading) {
      this.heading = 0;
      this.target = this.open[this.open.length - 1] * TEXTS + TEXT;
      return;
    }
    if (BLOCKS.includes(name)) this.texts.addLineEnd(this.target);
    if (this.depth === this.note) {
      this.note = 0;
      this.target = this.open[this.open.length - 1] * TEXTS + TEXT;
    }
    // the element around a heading ends: the content after it belongs to the section before it
    while (this.depths[this.depths.length - 1] > this.depth) {
      this.close();
      this.target = this.open[this.open.length - 1] * TEXTS + TEXT;
    }
  }

  private addSection(start: u32, end: u32, depth: u32): void {
    this.open.push(this.anchors.length / 2);
    this.depths.push(depth);
    this.anchors.push(start);
    this.anchors.push(end);
    for (let text: u32 = 0; text < TEXTS; text++) this.texts.add();
  }

  /** The innermost section ends. */
  private close(): void {
    this.open.pop();
    this.depths.pop();
  }

  private addPiece(start: u32, end: u32): void {
    if (end > start && this.excluded === 0) this.texts.addPiece(this.target, start, end);
  }

  /** Make the line ends of preformatted text lines. */
  private keepLines(start: u32): void {
    const end = this.find("</pre>", start, this.size);
    for (let index = start; end < this.size && index < end; index++) {
      if (this.html[index] === LINE_FEED) this.html[index] = <u8>LINE_END;
    }
  }

  private writeSection(section: u32): void {
    const output = this.output;
    const anchorEnd = this.anchors[section * 2 + 1];
    output.need(anchorEnd - this.anchors[section * 2]);
    for (let index = this.anchors[section * 2]; index < anchorEnd; index++) {
      if (this.html[index] > SECTION_END + 1) output.writeByte(this.html[index]);
    }
    for (let text: u32 = 0; text < TEXTS; text++) {
      output.need(1);
      output.writeByte(PART_END);
      this.texts.write(section * TEXTS + text, this.html, output);
    }
    output.need(1);
    output.writeByte(SECTION_END);
  }

  /** Where a text in ASCII begins between `start` and `end`; `end` if it does not. */
  private find(text: string, start: u32, end: u32): u32 {
    const html = this.html;
    const first = text.charCodeAt(0);
    const last = min(end, this.size) - text.length; // may be below 0
    for (let index: i32 = start; index <= <i32>last; index++) {
      if (unchecked(html[index]) === first && this.isAt(index, text)) return index;
    }
    return end;
  }

  private isAt(start: u32, text: string): bool {
    if (start + text.length > this.size) return false;
    for (let index = 0; index < text.length; index++) {
      if (this.html[start + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }

  /** The name of an element as a number; OTHER if it is longer than all that matter. */
  private nameAt(start: u32): u64 {
    let name: u64 = 0;
    let shift: u64 = 0;
    for (let index = start; index < this.size && isNameByte(this.html[index]); index++) {
      if (shift === 64) return OTHER;
      name |= (<u64>this.html[index]) << shift;
      shift += 8;
    }
    return name;
  }
}

function isLetter(byte: u32): bool {
  return byte >= 0x61 && byte <= 0x7a;
}

function isNameByte(byte: u32): bool {
  return isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte === HYPHEN;
}

/** The names of elements in a text, each with a space behind it, as numbers: their bytes, the first one lowest. */
function namesOf(text: string): u64[] {
  const names: u64[] = [];
  let name: u64 = 0;
  let shift: u64 = 0;
  for (let index = 0; index < text.length; index++) {
    const byte = text.charCodeAt(index);
    if (byte === SPACE) {
      names.push(name);
      name = shift = 0;
    } else {
      name |= (<u64>byte) << shift;
      shift += 8;
    }
  }
  return names;
}
