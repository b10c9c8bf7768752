// Into which pieces a string is divided, and the parts with these, as far as the list of parts tells.
import type { Directory, PostingsEntry } from "./index-file";
import type { Parts } from "./parts";
import { decodeNumbers, lastNotAfter } from "./posting-lists";

/** The least length of a piece of a string that has a list of its own. */
export const PIECE = 2;
/** No sequence begins with it. */
export const SPACE = " ";

/** The parts of a directory: the first sequence of each, its name, and the number of its pieces. */
export function partsOf([sequences, names, pieces]: Directory): [string, string, number][] {
  const length = names.length / sequences.length;
  return decodeNumbers(pieces).map((count, part) => [
    sequences[part] ?? "",
    names.substr(part * length, length),
    count,
  ]);
}

/** Parts with the entries of sequences, in the order of these. */
export class Pieces {
  private readonly directory: [string, string, number][];

  constructor(
    directory: Directory,
    private readonly parts: Parts,
  ) {
    this.directory = partsOf(directory);
  }

  /**
   * The last entry that is not after a sequence: the sequence itself, or the list that it would be in. Undefined while
   * its part is missing.
   */
  entryFor(sequence: string): PostingsEntry | undefined {
    const part = this.directory[lastNotAfter(this.directory, sequence)];
    if (part === undefined || sequence.startsWith(SPACE)) return undefined;
    const entries = this.parts.read<PostingsEntry[]>(part[1]);
    return entries?.[lastNotAfter(entries, sequence)];
  }

  /** Where pieces of a string begin, as far as the directory tells how long those at least are that have a list. */
  placesIn(folded: string): number[] {
    let last = folded.length - PIECE;
    while (last > 0 && (folded[last] === SPACE || this.isLong(folded.slice(last)))) last -= 1;
    const places: number[] = [];
    let place = 0;
    while (place < last) {
      if (folded[place] === SPACE) place -= 1;
      places.push(place);
      place += this.lengthOfPiece(folded.slice(place));
    }
    return place < folded.length ? [...places, Math.max(0, last)] : places;
  }

  /** Whether the list of a sequence is so long that those of longer ones fill more than a part. */
  private isLong(sequence: string): boolean {
    return this.directory[lastNotAfter(this.directory, sequence) + 1]?.[0].startsWith(sequence) ?? false;
  }

  /** How long the piece that a string begins with is at least. */
  private lengthOfPiece(sequence: string): number {
    let length = PIECE;
    while (length < sequence.length && this.isLong(sequence.slice(0, length))) length += 1;
    return length;
  }

  /** The names of the parts with the sequences that begin with a prefix. */
  partsWith(prefix: string): string[] {
    const first = Math.max(0, lastNotAfter(this.directory, prefix));
    const after = this.directory.findIndex(([start], index) => index > first && !start.startsWith(prefix));
    return this.directory.slice(first, after < 0 ? undefined : after).map(([, name]) => name);
  }
}
