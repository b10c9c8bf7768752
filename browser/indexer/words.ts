import { Lists } from "./lists";
import { BITS, DIFFERS, OF_LAST, Text, WORD_LENGTH } from "./text";

const MASK: u32 = (1 << BITS) - 1;

/**
 * Counts the words in letters of ASCII in each field, also where they are in longer ones: in a language that has spaces,
 * the pieces of a word are in many lists.
 */
export class Words {
  // by word, where those begin that it contains, itself among them: the number of each, and where it is in the word
  private readonly starts: StaticArray<u32>;
  private readonly contained: u32[] = [];
  private readonly places: u32[] = [];

  constructor(
    private readonly text: Text,
    private readonly lists: Lists,
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
  }

  /** Note that a word contains another, unless that overlaps itself. */
  private contain(from: u32, other: u32, place: u32, length: u32): void {
    for (let index = this.contained.length - 1; index >= <i32>from; index--)
      if (this.contained[index] === other && this.places[index] + length > place) return;
    this.contained.push(other);
    this.places.push(place);
  }

  /** Write an entry for each word, in some order of their numbers. */
  write(order: StaticArray<u32>): void {
    const text = this.text;
    const output = this.lists.output;
    output.length = 0;
    const contained = StaticArray.fromArray(this.contained);
    const places = StaticArray.fromArray(this.places);
    const limits = text.words.allStarts();
    const codes = text.words.allCodes();
    const size = order.length;
    const ends = new StaticArray<u32>(size + 1);
    for (let token: u32 = 0; token < text.tokens; token++) {
      const word = unchecked(text.tokenWords[token]);
      const limit = unchecked(this.starts[word + 1]);
      for (let index = unchecked(this.starts[word]); index < limit; index++) ends[contained[index] + 1] += 1;
    }
    for (let word = 0; word < size; word++) ends[word + 1] += ends[word];
    const starts = StaticArray.slice<u32>(ends);
    const occurrences = new StaticArray<u32>(ends[size]);
    for (let token: u32 = 0; token < text.tokens; token++) {
      const word = unchecked(text.tokenWords[token]);
      const position = unchecked(text.tokenStarts[token]);
      const limit = unchecked(this.starts[word + 1]);
      for (let index = unchecked(this.starts[word]); index < limit; index++) {
        const other = unchecked(contained[index]);
        const length = unchecked(limits[other + 1]) - unchecked(limits[other]);
        unchecked((occurrences[ends[other]] = this.occurrenceAt(position + unchecked(places[index]), length)));
        unchecked((ends[other] += 1));
      }
    }
    const spare = new StaticArray<u32>(occurrences.length);
    for (let index = 0; index < size; index++) {
      const word = order[index];
      const start = starts[word];
      output.writeText('["');
      output.need(limits[word + 1] - limits[word]);
      for (let place = limits[word]; place < limits[word + 1]; place++) output.writeByte(codes[place]);
      output.writeText('",1');
      const length = limits[word + 1] - limits[word];
      this.lists.writeLists(occurrences, start, spare, start, ends[word] - start, length, true);
      output.writeText("]\n");
    }
  }

  /** The occurrence of a sequence, as in Lists. */
  private occurrenceAt(position: u32, length: u32): u32 {
    const first = this.lists.foldedUnit(position);
    let last = first;
    let differs = first & DIFFERS;
    for (let index: u32 = 1; index < length; index++) {
      last = this.lists.foldedUnit(position + index);
      differs |= last & DIFFERS;
    }
    return (position << BITS) | (first & MASK & ~OF_LAST) | (last & OF_LAST) | differs;
  }
}
