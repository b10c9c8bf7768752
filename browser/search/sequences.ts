// The sequences that have postings: which of them are divided into longer ones, as search_postings.py describes, and the
// parts with their entries.
import type { Directory, PostingsEntry } from "./index-file";
import type { Parts } from "./parts";
import { decodeNumbers, lastNotAfter } from "./posting-lists";

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
export class SequenceParts {
  private readonly directory: [string, string, number][];

  constructor(
    directory: Directory,
    private readonly parts: Parts,
  ) {
    this.directory = partsOf(directory);
  }

  /** The entry of a sequence; undefined if there is none, and while its part is missing. */
  entryOf(sequence: string): PostingsEntry | undefined {
    const part = this.directory[lastNotAfter(this.directory, sequence)];
    const entries = part && this.parts.read<PostingsEntry[]>(part[1]);
    const entry = entries?.[lastNotAfter(entries, sequence)];
    return entry?.[0] === sequence ? entry : undefined;
  }

  /** The entries of the sequences that begin with one; those that are known while parts are missing. */
  entriesFrom(sequence: string): PostingsEntry[] {
    return this.namesFor(sequence).flatMap((name) =>
      (this.parts.read<PostingsEntry[]>(name) ?? []).filter(([longer]) => longer.startsWith(sequence)),
    );
  }

  /** How many parts have to be loaded for the entries of the sequences that begin with one. */
  missing(sequence: string): number {
    return this.namesFor(sequence).filter((name) => this.parts.peek(name) === undefined).length;
  }

  private namesFor(sequence: string): string[] {
    const first = Math.max(0, lastNotAfter(this.directory, sequence));
    let end = first + 1;
    while (this.directory[end]?.[0].startsWith(sequence)) end += 1;
    return this.directory.slice(first, end).map(([, name]) => name);
  }
}

/** Which sequences are divided. */
export class Division {
  private readonly long: ReadonlySet<string>;
  /** The sequences of which one more character makes a long one. */
  private readonly shorter: ReadonlySet<string>;

  /** @param long The sequences with long lists that no longer one begins with */
  constructor(long: readonly string[]) {
    const all = long.flatMap((sequence) => Array.from(sequence.slice(1), (_, index) => sequence.slice(0, index + 2)));
    this.long = new Set(all);
    this.shorter = new Set(["", ...all.map((sequence) => sequence.slice(0, -1))]);
  }

  /** Whether a sequence has no positions, but counts. */
  isCounted(sequence: string): boolean {
    return sequence.length === 1 || this.long.has(sequence);
  }

  /** Whether the longer ones that begin with a sequence have its positions. */
  isDivided(sequence: string): boolean {
    return this.isCounted(sequence) || this.shorter.has(sequence.slice(sequence[1] === SPACE ? 2 : 1));
  }
}
