// The English words of the handbook, for spelling correction.

const MIN_LENGTH = 4;
/** The words with their frequencies. */
export class Vocabulary {
  private readonly counts: Map<string, number>;

  constructor(words: Iterable<[string, number]>) {
    this.counts = new Map(words);
  }

  /** The most frequent word at an edit distance of one; see isWithinOneEdit. */
  nearest(word: string): string | undefined {
    if (word.length < MIN_LENGTH || !/^[a-z]+$/.test(word)) return undefined;
    let nearest: string | undefined;
    let highestWeight = 0;
    for (const [candidate, count] of this.counts) {
      // the first letter is rarely wrong
      const weight = candidate[0] === word[0] ? count * 10 : count;
      if (weight > highestWeight && isWithinOneEdit(word, candidate)) [nearest, highestWeight] = [candidate, weight];
    }
    return nearest;
  }
}

/** Whether `a` becomes `b` by one insertion, deletion, substitution, or transposition of adjacent letters. */
export function isWithinOneEdit(a: string, b: string): boolean {
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
