import { ENOUGH, Lists, spaceFor } from "./lists";
import { BITS, DIFFERS, MASK, OF_LAST, Text, WORD_LENGTH } from "./text";

/**
 * Counts the words in letters of ASCII in each field, also where they are in longer ones: in a language that has spaces,
 * the pieces of a word are in many lists.
 */
export class Words {
  // by word, where those begin that it contains, itself among them: the number of each, and where it is in the word
  private readonly starts: StaticArray<u32>;
  private readonly contained: u32[] = [];
  private readonly places: u32[] = [];
  /** The next word to write; and where the occurrences of each word begin and end. */
  private next: u32 = 0;
  private firsts: StaticArray<u32> = new StaticArray<u32>(0);
  private ends: StaticArray<u32> = new StaticArray<u32>(0);
  private occurrences: StaticArray<u32> = new StaticArray<u32>(0);
  private spare: StaticArray<u32> = new StaticArray<u32>(0);

  /** @param order the numbers of all words, in the order in which they are written */
  constructor(
    private readonly text: Text,
    private readonly lists: Lists,
    private readonly order: StaticArray<u32>,
  ) {
    const words = text.words;
    const codes = words.allCodes();
    const limits = words.allStarts();
    this.starts = new StaticArray<u32>(limits.length);
    for (let word = 0; word + 1 < limits.length; word++) {
      const first = limits[word];
      const limit = limits[word + 1];
      for (let start = first; start + WORD_LENGTH <= limit; start++) {
        for (let end = start + WORD_LENGTH; end <= limit; end++) {
          const other = words.find(codes, start, end);
          if (other > 0) this.contain(this.starts[word], other - 1, start - first, end - start);
        }
      }
      this.starts[word + 1] = this.contained.length;
    }
    this.findOccurrences();
  }

  /** Note that a word contains another, unless that overlaps itself. */
  private contain(from: u32, other: u32, place: u32, length: u32): void {
    for (let index = this.contained.length - 1; index >= <i32>from; index--)
      if (this.contained[index] === other && this.places[index] + length > place) return;
    this.contained.push(other);
    this.places.push(place);
  }

  private findOccurrences(): void {
    const tokens = this.text.tokens;
    const contained = StaticArray.fromArray(this.contained);
    const places = StaticArray.fromArray(this.places);
    const limits = this.text.words.allStarts();
    const size = this.order.length;
    const ends = new StaticArray<u32>(size + 1);
    for (let token: u32 = 0; token < tokens.length; token += 2) {
      const word = tokens.at(token);
      const limit = unchecked(this.starts[word + 1]);
      for (let index = unchecked(this.starts[word]); index < limit; index++) ends[contained[index] + 1] += 1;
    }
    let most: u32 = 0;
    for (let word = 0; word < size; word++) {
      most = max(most, ends[word + 1]);
      ends[word + 1] += ends[word];
    }
    const occurrences = spaceFor(ends[size], this.lists.division.all.occurrences);
    this.firsts = StaticArray.slice<u32>(ends);
    for (let token: u32 = 0; token < tokens.length; token += 2) {
      const word = tokens.at(token);
      const position = tokens.at(token + 1);
      const limit = unchecked(this.starts[word + 1]);
      for (let index = unchecked(this.starts[word]); index < limit; index++) {
        const other = unchecked(contained[index]);
        const length = unchecked(limits[other + 1]) - unchecked(limits[other]);
        unchecked((occurrences[ends[other]] = this.occurrenceAt(position + unchecked(places[index]), length)));
        unchecked((ends[other] += 1));
      }
    }
    this.ends = ends;
    this.occurrences = occurrences;
    this.spare = spaceFor(most, this.lists.division.all.others());
  }

  /** Write entries of the next words, after nothing else; there are no bytes if there are no more. */
  write(): void {
    const output = this.lists.output;
    const limits = this.text.words.allStarts();
    const codes = this.text.words.allCodes();
    output.length = 0;
    for (; this.next < <u32>this.order.length && output.length < ENOUGH; this.next++) {
      const word = this.order[this.next];
      const start = this.firsts[word];
      const length = limits[word + 1] - limits[word];
      output.writeText('["');
      output.need(length);
      for (let place = limits[word]; place < limits[word + 1]; place++) output.writeByte(codes[place]);
      output.writeText('",1');
      this.lists.writeLists(this.occurrences, start, this.spare, 0, this.ends[word] - start, length, true);
      output.writeText("]\n");
    }
  }

  /** The occurrence of a sequence, as in Lists. */
  private occurrenceAt(position: u32, length: u32): u32 {
    const first = this.lists.text.unitAt(position);
    let last = first;
    let differs = first & DIFFERS;
    for (let index: u32 = 1; index < length; index++) {
      last = this.lists.text.unitAt(position + index);
      differs |= last & DIFFERS;
    }
    return (position << BITS) | (first & MASK & ~OF_LAST) | (last & OF_LAST) | differs;
  }
}
