// What is shown of a section: the sentence with the match, and the match in it.
import { fold } from "./fold";
import type { Section } from "./sections";

/** A piece of text, and whether it is what was looked for. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Characters of an excerpt, and of those how many before the match; Latin letters are half as wide. */
const MAX_LENGTH = 120;
const BEFORE = 36;
const JAPANESE = /[\u3041-\u30ff\u4e00-\u9fff]/;
const SENTENCE = /[^。！？\n]*?(?:[。！？]+[」』）)]*|[.!?](?=\s)|\n|$)/g;

/** `text` with every occurrence of `marks`, which are folded, told apart. */
export function marked(text: string, marks: readonly string[]): Piece[] {
  const places: number[] = [];
  const folded = fold(text, places);
  const ends = new Uint8Array(text.length + 1); // 1: this character is part of a match
  for (const mark of marks) {
    if (mark === "") continue;
    for (let at = folded.indexOf(mark); at >= 0; at = folded.indexOf(mark, at + mark.length)) {
      const start = places[at] as number;
      const end = places[at + mark.length] ?? text.length;
      ends.fill(1, start, end);
    }
  }
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && ends[end] === ends[at]) end += 1;
    pieces.push({ text: text.slice(at, end), marked: ends[at] === 1 });
    at = end;
  }
  return pieces;
}

/** The sentence that holds most of what was looked for, shortened around it; undefined when none does. */
export function bestSentence(section: Section, marks: readonly string[]): Piece[] | undefined {
  const { text = "", notes = "" } = section.entry;
  let best: string | undefined;
  let most = 0;
  for (const [sentence] of `${text}\n${notes}`.matchAll(SENTENCE)) {
    const folded = fold(sentence);
    const found = marks.filter((mark) => mark !== "" && folded.includes(mark)).length;
    // of two that hold as much, the one that is a sentence and no row of a table
    const worth = found === 0 ? 0 : 2 * found + (/[。！？.!?][」』）)]*$/.test(sentence.trim()) ? 1 : 0);
    if (worth > most) [best, most] = [sentence.trim(), worth];
  }
  return best === undefined ? undefined : shortened(marked(best, marks));
}

/** The beginning of what a section says: for a term, its definition. */
export function beginning(section: Section, marks: readonly string[]): Piece[] {
  const line = (section.entry.text ?? "").split("\n").find((one) => one.trim() !== "") ?? "";
  const first = line.match(SENTENCE)?.[0].trim() ?? line;
  return cut(marked(first === "" ? line : first, marks), 0);
}

/** `pieces` from somewhat before the first match. */
function shortened(pieces: Piece[]): Piece[] {
  const first = pieces.findIndex((piece) => piece.marked);
  const before = pieces.slice(0, Math.max(0, first)).reduce((sum, { text }) => sum + text.length, 0);
  return cut(pieces, before);
}

/** As much of `pieces` as is shown, the character at `place` in it; whole words where there are spaces. */
function cut(pieces: Piece[], place: number): Piece[] {
  const whole = pieces.map(({ text }) => text).join("");
  const wide = JAPANESE.test(whole) ? 1 : 2;
  const length = MAX_LENGTH * wide;
  if (whole.length <= length) return pieces;
  let start = Math.min(Math.max(0, place - BEFORE * wide), whole.length - length);
  let end = start + length;
  if (wide === 2) {
    if (start > 0) start = Math.min(place, whole.indexOf(" ", start) + 1 || place);
    if (end < whole.length) end = Math.max(place + 1, whole.lastIndexOf(" ", end));
  }
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const text = piece.text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (text !== "") kept.push({ ...piece, text });
    at += piece.text.length;
  }
  if (start > 0) kept.unshift({ text: "…", marked: false });
  if (end < whole.length) kept.push({ text: "…", marked: false });
  return kept;
}
