// Divides a string into the sequences whose postings tell where it stands.
import { SPACE, type Division } from "./sequences";

/** A sequence, and where it is in the string. */
export interface Piece {
  start: number;
  end: number;
  sequence: string;
}

/** A piece, those before it, and what they cost together. */
interface Way {
  piece: Piece;
  before: Way | undefined;
  cost: number;
}

/** Loading a part costs more than any number of pieces. */
const COST_OF_PART = 1000;

/**
 * The pieces that cover a string, of which the fewest parts have to be loaded; they may overlap. None if the string only
 * counts.
 *
 * @param string It has no space at its ends
 * @param missing How many parts have to be loaded for a sequence
 */
export function piecesOf(string: string, division: Division, missing: (sequence: string) => number): Piece[] {
  const ways: Way[] = [];
  const cheapest = (candidates: Way[]): Way | undefined =>
    candidates.reduce<Way | undefined>((least, way) => (least && least.cost <= way.cost ? least : way), undefined);
  for (let start = 0; start < string.length; start += 1) {
    const piece = pieceAt(string, start, division);
    if (piece === undefined) continue;
    const before = cheapest(ways.filter((way) => way.piece.end >= start));
    if (start > 0 && before === undefined) continue;
    ways.push({ piece, before, cost: (before?.cost ?? 0) + 1 + COST_OF_PART * missing(piece.sequence) });
  }
  const pieces: Piece[] = [];
  let way = cheapest(ways.filter(({ piece }) => piece.end === string.length));
  for (; way !== undefined; way = way.before) pieces.unshift(way.piece);
  return pieces;
}

/** The sequence at a place in a string that has positions: one that is not divided, or all that follows. */
function pieceAt(string: string, start: number, division: Division): Piece | undefined {
  let end = start + 1;
  while (end < string.length && division.isDivided(string.slice(start, end))) end += 1;
  const sequence = string.slice(start, end);
  return sequence.startsWith(SPACE) || division.isCounted(sequence) ? undefined : { start, end, sequence };
}
