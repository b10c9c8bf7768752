// The English words of the handbook, to offer the one that was probably meant.
import type { Section } from "./sections";

const MIN_LENGTH = 4;
const WORDS = /[a-z]{4,}/g;

/** The words that occur, with how often. */
export class Vocabulary {
  private readonly counts = new Map<string, number>();

  constructor(sections: readonly Section[]) {
    for (const { text } of sections) {
      for (const [word] of text.matchAll(WORDS)) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
    }
  }

  /** The commonest word that differs from `word` by one letter: missing, added, other, or changed places. */
  nearest(word: string): string | undefined {
    if (word.length < MIN_LENGTH || !/^[a-z]+$/.test(word)) return undefined;
    let best: string | undefined;
    let most = 0;
    for (const [known, count] of this.counts) {
      // first letters are seldom wrong
      const weight = known[0] === word[0] ? count * 10 : count;
      if (weight > most && isOneApart(word, known)) [best, most] = [known, weight];
    }
    return best;
  }
}

/** Whether `a` becomes `b` by one letter put in, left out, changed, or swapped with the next. */
export function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
