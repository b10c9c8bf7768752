// The lists in postings, and what they say of a string that is searched for.
import { fold } from "./fold";
import type { PostingsEntry } from "./index-file";

/** What is known of an occurrence. */
export const STARTS_WORD = 1;
export const ENDS_WORD = 2;
export const BEGINS_NAME = 4;
export const ENDS_NAME = 8;
export const LITERAL = 16;
/** What is known of the end of an occurrence. */
const ENDS = ENDS_WORD | ENDS_NAME;
const LINE_BREAK = "\n";
const ZERO = 0x30;
const LATIN = /[a-z0-9]/;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const valueByCode = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value += 1) valueByCode[DIGITS.charCodeAt(value)] = value;

/** The numbers in a list; see encode_numbers in search_postings.py. */
export function decodeNumbers(list: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  let factor = 1;
  for (let index = 0; index < list.length; index += 1) {
    const value = valueByCode[list.charCodeAt(index)] as number;
    number += (value & 31) * factor;
    factor *= 32;
    if (value < 32) {
      numbers.push(number);
      number = 0;
      factor = 1;
    }
  }
  return numbers;
}

/** A string that is searched for, folded and as it was typed. */
export class Sought {
  private readonly places: number[] = [];
  readonly typed: string | undefined;

  constructor(
    readonly folded: string,
    typed: string | undefined,
  ) {
    if (typed !== undefined && fold(typed, this.places) === folded) this.typed = typed;
    for (let index = 1; index < this.places.length; index += 1) {
      // the units of a character with combining marks follow each other
      this.places[index] = Math.max(this.places[index] as number, (this.places[index - 1] as number) + 1);
    }
  }

  /** Whether a surface is what was typed from a position on, for a number of characters. */
  isLiteral(surface: string, start: number, length: number): boolean {
    if (this.typed === undefined) return false;
    const end = start + length;
    const typed = this.typed.slice(this.places[start], this.places[end]);
    // at its end the text may have optional characters that were not typed; those before its start are not compared
    return end < this.folded.length ? surface === typed : surface.startsWith(typed);
  }
}

/** The index of the last of the sorted entries that is not after a key; -1 when all are. */
export function lastNotAfter<Key extends string | number>(
  entries: readonly (readonly [Key, ...unknown[]])[],
  key: Key,
): number {
  let low = -1;
  let high = entries.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as readonly [Key])[0] <= key) low = middle;
    else high = middle;
  }
  return low;
}

/** Calls `visit` with the flags and the list of each variant of an entry, from a position in the string on. */
export function forEachVariant(
  [sequence, , ...variants]: PostingsEntry,
  sought: Sought,
  start: number,
  visit: (flags: number, list: string) => void,
): void {
  const { folded } = sought;
  const length = Math.min(sequence.length, folded.length - start);
  for (let index = 0; index < variants.length; index += 2) {
    const key = variants[index] as string;
    let flags = key.charCodeAt(0) - ZERO;
    if (length < sequence.length) {
      const ends = sequence[length] === LINE_BREAK ? ENDS : isInsideWord(sequence, length) ? 0 : ENDS_WORD;
      flags = (flags & ~ENDS) | ends;
    }
    if (sought.isLiteral(key.slice(1) || sequence, start, length)) flags |= LITERAL;
    visit(flags, variants[index + 1] as string);
  }
}

/** Calls `visit` with the flags, the number of the field and the count of each number in the lists that count. */
export function forEachCount(
  entry: PostingsEntry,
  sought: Sought,
  visit: (flags: number, field: number, count: number) => void,
): void {
  forEachVariant(entry, sought, 0, (flags, list) => {
    let field = 0;
    for (const number of decodeNumbers(list)) {
      field += number >>> 3;
      visit(flags, field, (number & 7) + 1);
    }
  });
}

/** Whether a position is between two characters of an English word or a number. */
export function isInsideWord(text: string, position: number): boolean {
  return LATIN.test(text.charAt(position - 1)) && LATIN.test(text.charAt(position));
}

/** Occurrences in their order: of each the number of its field, its position there, and its flags. */
export type Positions = Float64Array;

/** More than all flags together, and than any position; see MOST_CODES in search_postings.py. */
export const PLACE = 32;
const FIELD = PLACE * 2 ** 27;

/** The number of the field of an occurrence: FIELDS times the number of its section, and its own. */
export function fieldOf(occurrence: number): number {
  return Math.floor(occurrence / FIELD);
}

export function positionInField(occurrence: number): number {
  return Math.floor((occurrence % FIELD) / PLACE);
}

/** The occurrences in the lists of some entries, from a position in the string on. */
export function positionsIn(entries: readonly PostingsEntry[], sought: Sought, start: number): Positions {
  const positions: number[] = [];
  let lists = 0;
  for (const entry of entries) {
    forEachVariant(entry, sought, start, (flags, list) => {
      lists += 1;
      let field = 0;
      let place = 0;
      let isPlace = false;
      for (const number of decodeNumbers(list)) {
        if (isPlace || number % 2 === 0) {
          place += isPlace ? number * PLACE : number * (PLACE / 2);
          positions.push(place + flags);
          isPlace = false;
        } else {
          field += (number - 1) / 2;
          place = field * FIELD;
          isPlace = true;
        }
      }
    });
  }
  const sorted = Float64Array.from(positions);
  return lists > 1 ? sorted.sort() : sorted;
}

/** The occurrences that are continued by another, some characters after where they begin. */
export function continued(positions: Positions, next: Positions, distance: number): Positions {
  const kept: number[] = [];
  let index = 0;
  for (const occurrence of positions) {
    const flags = occurrence % PLACE;
    const wanted = occurrence - flags + distance * PLACE;
    while (index < next.length && (next[index] as number) < wanted) index += 1;
    const nextFlags = (next[index] ?? Infinity) - wanted;
    if (nextFlags >= PLACE) continue;
    kept.push(occurrence - flags + ((flags & ~(ENDS | LITERAL)) | (nextFlags & ENDS) | (flags & nextFlags & LITERAL)));
  }
  return Float64Array.from(kept);
}
