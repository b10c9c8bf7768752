// The order of hits: sections named by the query first; then sections with the words as typed before other spellings;
// then by tier, current before superseded, and by score.
import type { Section } from "./sections";

/** The tiers of matches, best first. */
export const TIER = {
  /** The query is the title or another name of the section. */
  name: 0,
  /** The title or names contain all words. */
  heading: 1,
  /** The section contains all words. */
  body: 2,
  /** It contains them only inside longer English words, or in its list of sources. */
  aside: 3,
  /** It contains another name of a term that the query names. */
  synonym: 4,
  /** It contains some of the words. */
  loose: 5,
} as const;

export interface Hit {
  section: Section;
  tier: number;
  score: number;
  /** Whether it contains the text as typed, except for width and case: 2 the whole query, 1 all words, 0 neither. */
  literal: 0 | 1 | 2;
}

/** The match of a word in a section: the best tier, and its weight. */
export interface Match {
  tier: number;
  weight: number;
}

const LATIN = /[a-z0-9]/;
const MAX_COUNT = 8;

/**
 * The match of a folded word in a section; undefined when the section does not contain it.
 *
 * A Latin word matches at the start of words; inside a word the tier is `aside`.
 */
export function matchIn(section: Section, word: string): Match | undefined {
  const { text } = section;
  let position = text.indexOf(word);
  if (position < 0) return undefined;
  const latin = LATIN.test(word.charAt(0));
  // the title of a checklist item is a question, not a name
  const titleTier = section.entry.kind === "checklist" ? TIER.body : TIER.heading;
  let tier: number = TIER.aside;
  let head = 0;
  let body = 0;
  for (let count = 0; position >= 0 && count < MAX_COUNT; count += 1) {
    const startsWord = !latin || position === 0 || !LATIN.test(text.charAt(position - 1));
    const endsWord = !latin || !LATIN.test(text.charAt(position + word.length));
    const wholeness = startsWord ? (endsWord ? 1 : 0.7) : 0.2;
    if (position < section.titleEnd) {
      if (startsWord) tier = Math.min(tier, titleTier);
      head += wholeness * (position === 0 ? 10 : 8) + 24 * wholeness * (word.length / Math.max(section.titleEnd, 1));
    } else if (position < section.namesEnd) {
      if (startsWord) tier = Math.min(tier, titleTier);
      head += wholeness * (text.charAt(position - 1) === "\n" ? 10 : 8);
    } else if (position < section.bodyEnd) {
      if (startsWord) tier = Math.min(tier, TIER.body);
      body += wholeness;
    } else body += 0.1;
    position = text.indexOf(word, position + word.length);
  }
  // matches in a short section weigh more
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

/** The weight of a section's kind: with equal matches, a term explains more than a source. */
export function kindWeight(section: Section): number {
  const beginning = section.entry.id === undefined ? 2 : 0;
  return (KIND_WEIGHT[section.entry.kind ?? "page"] ?? 1) + beginning;
}

/** Compares hits for sorting, best first. */
export function compareHits(a: Hit, b: Hit): number {
  return (
    Number(b.tier === TIER.name) - Number(a.tier === TIER.name) ||
    b.literal - a.literal ||
    a.tier - b.tier ||
    (a.section.entry.superseded ?? 0) - (b.section.entry.superseded ?? 0) ||
    b.score - a.score ||
    a.section.number - b.section.number
  );
}
