import type { Bunch } from "./index-file";
import { decodeNumbers, lastNotAfter } from "./posting-lists";
import type { Parts } from "./parts";

/** The parts with what is shown of sections or of pages, in the order of these. */
export class NumberedParts<Entry> {
  /** The parts, each with the number of its first entry. */
  private readonly directory: [number, string][] = [];

  constructor(
    bunches: readonly Bunch[],
    private readonly parts: Parts,
  ) {
    let first = 0;
    for (const [name, counts] of bunches) {
      for (const [number, count] of decodeNumbers(counts).entries()) {
        this.directory.push([first, `${name}-${number}`]);
        first += count;
      }
    }
  }

  /** The name of the part with an entry. */
  partOf(number: number): string {
    return this.place(number)[1];
  }

  /** An entry; undefined while it is not loaded, which is no reason to load it. */
  peek(number: number): Entry | undefined {
    const [first, name] = this.place(number);
    return this.parts.peek<Entry[]>(name)?.[number - first];
  }

  /** An entry that a search needs; undefined while it is missing. */
  require(number: number): Entry | undefined {
    const [first, name] = this.place(number);
    return this.parts.read<Entry[]>(name)?.[number - first];
  }

  private place(number: number): [number, string] {
    return this.directory[lastNotAfter(this.directory, number)] as [number, string];
  }
}
