// Divides a string into the sequences whose postings tell where it stands.
import { SPACE, type Division } from "./sequences";

/** A sequence, and where it is in the string. */
export interface Piece {
  start: number;
  sequence: string;
}

/** Some pieces, where they end, and what they cost. */
interface Way {
  pieces: readonly Piece[];
  end: number;
  cost: number;
}

/**
 * The fewest pieces that cover a string; they may overlap. None if the string only counts.
 *
 * @param string It has no space at its ends
 */
export function piecesOf(string: string, division: Division): readonly Piece[] {
  const ways: Way[] = [{ pieces: [], end: 0, cost: 0 }];
  const cheapestTo = (place: number): Way | undefined =>
    ways
      .filter(({ end }) => end >= place)
      .reduce<Way | undefined>((a, b) => (a && a.cost <= b.cost ? a : b), undefined);
  for (let start = 0; start < string.length; start += 1) {
    const sequence = sequenceAt(string, start, division);
    const before = cheapestTo(start);
    if (sequence === undefined || before === undefined) continue;
    const end = start + sequence.length;
    // a divided one is in several lists
    const cost = before.cost + (division.isDivided(sequence) ? 3 : 2);
    ways.push({ pieces: [...before.pieces, { start, sequence }], end, cost });
  }
  return cheapestTo(string.length)?.pieces ?? [];
}

/** The sequence at a place in a string that has positions: one that is not divided, or all that follows. */
function sequenceAt(string: string, start: number, division: Division): string | undefined {
  let end = start + 1;
  while (end < string.length && division.isDivided(string.slice(start, end))) end += 1;
  const sequence = string.slice(start, end);
  return sequence.startsWith(SPACE) || division.isCounted(sequence) ? undefined : sequence;
}
