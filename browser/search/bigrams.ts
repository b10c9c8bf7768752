// Bigrams: pairs of adjacent characters, to measure the similarity of texts.

/** The set of bigrams in a text. */
export function bigramsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)));
}

/** The Sørensen–Dice coefficient of two sets of bigrams, from 0 to 1. */
export function diceSimilarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size);
}
