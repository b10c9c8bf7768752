// What stands first: what is called so; then what holds the words as typed, before what holds them in
// another spelling; then by tier, current before superseded, and by score.
import type { Section } from "./sections";

/** How a section answers the query, best first. */
export const TIER = {
  /** The query is its title or another name of it. */
  name: 0,
  /** All words stand in its title or names. */
  heading: 1,
  /** All words stand in it. */
  body: 2,
  /** They do as parts of longer English words, or in its list of sources only. */
  aside: 3,
  /** It says what was asked for under another name. */
  meant: 4,
  /** Some of the words stand in it. */
  loose: 5,
} as const;

export interface Hit {
  section: Section;
  tier: number;
  score: number;
  /** How far it holds what was typed, but for width and case: 2 as a whole, 1 every word, 0 another spelling. */
  literal: 0 | 1 | 2;
}

/** How one word stands in one section: the best tier, and how much it counts. */
export interface Match {
  tier: number;
  weight: number;
}

const LATIN = /[a-z0-9]/;
const MAX_COUNT = 8;

/**
 * The match of `word`, folded, in a section; undefined when it does not stand there.
 *
 * A Latin word counts as found in the body where one begins with it; inside one it is an aside.
 */
export function matchIn(section: Section, word: string): Match | undefined {
  const { text } = section;
  let at = text.indexOf(word);
  if (at < 0) return undefined;
  const latin = LATIN.test(word.charAt(0));
  // a question of a form names nothing, it asks about it
  const named = section.entry.kind === "checklist" ? TIER.body : TIER.heading;
  let tier: number = TIER.aside;
  let head = 0;
  let body = 0;
  for (let count = 0; at >= 0 && count < MAX_COUNT; count += 1) {
    const begins = !latin || at === 0 || !LATIN.test(text.charAt(at - 1));
    const ends = !latin || !LATIN.test(text.charAt(at + word.length));
    const whole = begins ? (ends ? 1 : 0.7) : 0.2;
    if (at < section.titleEnd) {
      if (begins) tier = Math.min(tier, named);
      head += whole * (at === 0 ? 10 : 8) + 24 * whole * (word.length / Math.max(section.titleEnd, 1));
    } else if (at < section.namesEnd) {
      if (begins) tier = Math.min(tier, named);
      head += whole * (text.charAt(at - 1) === "\n" ? 10 : 8);
    } else if (at < section.bodyEnd) {
      if (begins) tier = Math.min(tier, TIER.body);
      body += whole;
    } else body += 0.1;
    at = text.indexOf(word, at + word.length);
  }
  // the same words say more about a short section
  return { tier, weight: head + body / (1 + Math.log2(1 + text.length / 400)) };
}

const KIND_WEIGHT: Record<string, number> = {
  term: 6,
  contact: 8,
  procedure: 4,
  page: 3,
  programme: 3,
  checklist: 0.5,
  measure: 2,
  source: 0.5,
  defect: 0.5,
};

/** What a section's kind adds: of two that match alike, a term explains more than the entry of a source. */
export function kindWeight(section: Section): number {
  const beginning = section.entry.id === undefined ? 2 : 0;
  return (KIND_WEIGHT[section.entry.kind ?? "page"] ?? 1) + beginning;
}

/** The order of hits. */
export function compare(a: Hit, b: Hit): number {
  return (
    Number(b.tier === TIER.name) - Number(a.tier === TIER.name) ||
    b.literal - a.literal ||
    a.tier - b.tier ||
    (a.section.entry.superseded ?? 0) - (b.section.entry.superseded ?? 0) ||
    b.score - a.score ||
    a.section.number - b.section.number
  );
}
