// The English words of the handbook, for spelling correction.
import type { Directory } from "./index-file";
import type { Parts } from "./parts";
import { COUNTED } from "./query";
import { namesFrom, partsOf } from "./sequences";

/** A word, and how often it occurs. */
type WordCount = [string, number];

/**
 * The most frequent word at an edit distance of one, see isWithinOneEdit, and the first of those that are as frequent;
 * undefined while parts are missing.
 *
 * @param vocabulary see IndexFile
 */
export function nearestWord(word: string, vocabulary: readonly Directory[], parts: Parts): string | undefined {
  if (!COUNTED.test(word)) return undefined;
  // the first letter is rarely wrong
  const weightOf = ([candidate, count]: WordCount): number => (candidate[0] === word[0] ? count * 10 : count);
  const similar = similarWords(word, vocabulary, parts).filter(([candidate]) => isWithinOneEdit(word, candidate));
  return similar.sort((a, b) => weightOf(b) - weightOf(a) || a[0].localeCompare(b[0]))[0]?.[0];
}

/** The words that begin or end like a word: one edit of five letters leaves the first two or the last two. */
function similarWords(word: string, vocabulary: readonly Directory[], parts: Parts): WordCount[] {
  const size = word.length > 4 ? 2 : 1;
  const read = [word, [...word].reverse().join("")].flatMap((letters, order) => {
    const names = namesFrom(letters.slice(0, size), partsOf(vocabulary[order] as Directory));
    return names.map((name) => parts.read<WordCount[]>(name));
  });
  return read.includes(undefined) ? [] : (read as WordCount[][]).flat();
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
