// Published figures over many results, and the tallies that are shown beside one's own answers.
import { WITHHELD } from "../build/shared-constants";

/** Round, kind, question, revision, answer, count, whether a part of it is withheld, and the fewest that are counted. */
export type FigureRow = readonly [string, string, string, number, string, number, boolean, number];

/** A round; with a kind only those of this kind. */
export interface FigureGroup {
  round: string;
  kind?: string;
}

/** How many gave each answer. Equals Tally in generator/tebiki/model/tally.py. */
export class FigureTally {
  readonly counts = new Map<string, number>();
  /** The answers of which some counts are withheld, so that their count is the least that it can be. */
  readonly withheld = new Set<string>();

  add(answer: string, count: number, isWithheld: boolean): void {
    this.counts.set(answer, (this.counts.get(answer) ?? 0) + count);
    if (isWithheld) this.withheld.add(answer);
  }

  /** The number of those who were asked. */
  get asked(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The count of an answer as a table shows it. */
  shown(answer: string): string {
    return shownCount(this.counts.get(answer) ?? 0, this.isWithheld(answer));
  }

  /** Whether more can have given an answer than are counted. */
  isWithheld(answer: string): boolean {
    return this.isIncomplete || this.withheld.has(answer);
  }

  /** Whether some who were asked are counted nowhere. */
  get isIncomplete(): boolean {
    return this.withheld.has(WITHHELD);
  }
}

/** Each round with all kinds together and then with each kind, the newest round first. */
export function figureGroups(rows: readonly FigureRow[]): FigureGroup[] {
  const rounds = new Map<string, Set<string>>();
  for (const [round, kind] of rows) {
    const kinds = rounds.get(round) ?? new Set();
    rounds.set(round, kinds.add(kind));
  }
  const ordered = [...rounds].sort(([a], [b]) => (a < b ? 1 : -1));
  return ordered.flatMap(([round, kinds]) => [
    { round },
    ...(kinds.size > 1 ? [...kinds].map((kind) => ({ round, kind })) : []),
  ]);
}

/** The fewest that a figure counts; 1 where none is withheld. */
export function fewestCounted(rows: readonly FigureRow[]): number {
  return Math.min(...rows.map((row) => row[7]));
}

/** The tallies of a group by question and revision. */
export function talliesOf(
  rows: readonly FigureRow[],
  group: FigureGroup,
): ReadonlyMap<string, ReadonlyMap<number, FigureTally>> {
  const questions = new Map<string, Map<number, FigureTally>>();
  for (const [round, kind, item, rev, answer, count, isWithheld] of rows) {
    if (round !== group.round || (group.kind !== undefined && kind !== group.kind)) continue;
    const revisions = questions.get(item) ?? new Map<number, FigureTally>();
    questions.set(item, revisions);
    const tally = revisions.get(rev) ?? new FigureTally();
    revisions.set(rev, tally);
    tally.add(answer, count, isWithheld);
  }
  return questions;
}

/** A count as a table shows it: `*` if it is withheld, and `≥` before the least that it can be. */
export function shownCount(count: number, isWithheld: boolean): string {
  if (!isWithheld) return String(count);
  return count > 0 ? `≥ ${count}` : "*";
}

/** The share of those who were asked in whole percent; undefined where one of the two numbers is not known. */
export function shareOf(tally: FigureTally, answer: string): number | undefined {
  if (tally.asked === 0 || tally.isWithheld(answer)) return undefined;
  return Math.round((100 * (tally.counts.get(answer) ?? 0)) / tally.asked);
}
