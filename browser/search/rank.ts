// The order of hits: sections named by the query first; then sections with the words as typed before other spellings;
// then by tier, current before superseded, and by score.
import { WHOLENESS, type Occurrences } from "./occurrences";
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

const MAX_COUNT = 8;

/**
 * The match of a folded word in a section; undefined when the section does not contain it.
 *
 * A Latin word matches at the start of words; inside a word the tier is `aside`.
 */
export function matchIn(section: Section, word: string, occurrences: Occurrences | undefined): Match | undefined {
  if (occurrences === undefined) return undefined;
  let tier: number = TIER.aside;
  if (occurrences.whole + occurrences.prefix > 0) tier = TIER.body;
  // the title of a checklist item is a question, not a name
  if (occurrences.startsInNames) tier = section.kind === "checklist" ? TIER.body : TIER.heading;
  const share = word.length / Math.max(section.titleLength, 1);
  const namesWeight = occurrences.namesWeight + 24 * share * occurrences.titleWholeness;
  // matches in a short section weigh more
  return { tier, weight: namesWeight + textWeight(occurrences) / (1 + Math.log2(1 + section.length / 400)) };
}

/** The weight of the occurrences in the text and the notes of a section, of which a limited number counts. */
function textWeight(occurrences: Occurrences): number {
  let weight = 0;
  let free = Math.max(0, MAX_COUNT - occurrences.names);
  for (const kind of ["whole", "prefix", "inside", "notes"] as const) {
    const counted = Math.min(occurrences[kind], free);
    weight += counted * WHOLENESS[kind];
    free -= counted;
  }
  return weight;
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
  const beginning = section.index === 0 ? 2 : 0;
  return (KIND_WEIGHT[section.kind ?? "page"] ?? 1) + beginning;
}

/** Compares hits for sorting, best first. */
export function compareHits(a: Hit, b: Hit): number {
  return (
    Number(b.tier === TIER.name) - Number(a.tier === TIER.name) ||
    b.literal - a.literal ||
    a.tier - b.tier ||
    (a.section.superseded ?? 0) - (b.section.superseded ?? 0) ||
    b.score - a.score ||
    a.section.number - b.section.number
  );
}
