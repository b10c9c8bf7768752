// Pairs of neighbouring characters: what two texts are alike in when neither holds the other.

/** Every pair in a text, once. */
export function pairsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** How much two sets of pairs have in common, from 0 to 1 (Dice). */
export function shared(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size);
}
