// The sequences that have postings: which of them are divided into longer ones, as search_postings.py describes, and the
// parts with their entries.
import type { Directory, PostingsEntry } from "./index-file";
import { nameInPieces, type Parts } from "./parts";
import { decodeNumbers, lastNotAfter } from "./posting-lists";

/** No sequence begins with it. */
export const SPACE = " ";

/** The first sequence or word of a part of the index, and its name. */
type Listed = [sequence: string, name: string];

/** The parts of a directory. */
export function partsOf([sequences, names, pieces = ""]: Directory): Listed[] {
  const length = names.length / sequences.length;
  const counts = decodeNumbers(pieces);
  return sequences.map((sequence, part) => {
    const name = names.substr(part * length, length);
    return [sequence, counts[part] ? nameInPieces(name, counts[part]) : name];
  });
}

/** Parts with the entries of sequences, in the order of these. */
export class SequenceParts {
  /** The parts that list others. */
  private readonly lists: readonly Listed[];

  /** @param directory The parts that list others */
  constructor(
    directory: Directory,
    private readonly parts: Parts,
  ) {
    this.lists = partsOf(directory);
  }

  /** The entry of a sequence; undefined if there is none, and while its part is missing. */
  entryOf(sequence: string): PostingsEntry | undefined {
    const [list] = namesFrom(sequence, this.lists);
    const [name] = list === undefined ? [] : namesFrom(sequence, this.listedIn(list));
    const entries = name === undefined ? undefined : this.parts.read<PostingsEntry[]>(name);
    const entry = entries?.[lastNotAfter(entries, sequence)];
    return entry?.[0] === sequence ? entry : undefined;
  }

  /** The entries of the sequences that begin with one; those that are known while parts are missing. */
  entriesFrom(sequence: string): PostingsEntry[] {
    const names = namesFrom(sequence, this.lists).flatMap((list) => namesFrom(sequence, this.listedIn(list)));
    const entries = names.flatMap((name) => this.parts.read<PostingsEntry[]>(name) ?? []);
    return entries.filter(([longer]) => longer.startsWith(sequence));
  }

  private listedIn(list: string): readonly Listed[] {
    const directory = this.parts.read<Directory>(list);
    return directory === undefined ? [] : partsOf(directory);
  }
}

/** The names of the listed parts with a sequence, or a word, and those that begin with it. */
export function namesFrom(beginning: string, listed: readonly Listed[]): string[] {
  const first = Math.max(0, lastNotAfter(listed, beginning));
  let end = first + 1;
  while (listed[end]?.[0].startsWith(beginning)) end += 1;
  return listed.slice(first, end).map(([, name]) => name);
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
