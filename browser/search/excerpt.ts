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

/** A text, its folded form, and where in the text each character of that came from. */
interface Folded {
  text: string;
  folded: string;
  places: number[];
}

function foldedOf(text: string): Folded {
  const places: number[] = [];
  return { text, folded: fold(text, places), places };
}

/** `text` with every occurrence of `marks`, which are folded, told apart. */
export function marked(text: string, marks: readonly string[]): Piece[] {
  return markedIn(foldedOf(text), marks);
}

function markedIn({ text, folded, places }: Folded, marks: readonly string[]): Piece[] {
  const found: [number, number][] = [];
  for (const mark of marks) {
    if (mark === "") continue;
    for (let at = folded.indexOf(mark); at >= 0; at = folded.indexOf(mark, at + mark.length)) {
      found.push([places[at] as number, places[at + mark.length] ?? text.length]);
    }
  }
  if (marks.length > 1) found.sort(([a], [b]) => a - b);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [start, end] of found) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false });
    const last = pieces.at(-1);
    // what touches or overlaps is one match
    if (last?.marked && start <= at) last.text += text.slice(at, Math.max(at, end));
    else pieces.push({ text: text.slice(start, end), marked: true });
    at = Math.max(at, end);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}

/** A line of a section, as it is and folded; its sentences, the same, once somebody has asked for them. */
interface Line {
  text: string;
  folded: string;
  sentences?: Folded[];
}

const linesOf = new WeakMap<Section, Line[]>();

/** The lines of a section. Kept: the same sections are shown again and again. */
function lines(section: Section): Line[] {
  const known = linesOf.get(section);
  if (known !== undefined) return known;
  const { text = "", notes = "" } = section.entry;
  // folding keeps lines, and the index has them folded already
  const folded = section.text.slice(section.namesEnd).split("\n");
  const found = `${text}\n${notes}`.split("\n").map((line, at) => ({ text: line, folded: folded[at] as string }));
  linesOf.set(section, found);
  return found;
}

function sentencesOf(line: Line): Folded[] {
  line.sentences ??= Array.from(line.text.matchAll(SENTENCE), ([sentence]) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .map(foldedOf);
  return line.sentences;
}

/** The sentence that holds most of what was looked for, shortened around it; undefined when none does. */
export function bestSentence(section: Section, marks: readonly string[]): Piece[] | undefined {
  let best: Folded | undefined;
  let most = 0;
  const asked = marks.filter((mark) => mark !== "");
  for (const line of lines(section)) {
    if (!asked.some((mark) => line.folded.includes(mark))) continue;
    for (const sentence of sentencesOf(line)) {
      const found = asked.filter((mark) => sentence.folded.includes(mark)).length;
      // of two that hold as much, the one that is a sentence and no row of a table
      const worth = found === 0 ? 0 : 2 * found + (/[。！？.!?][」』）)]*$/.test(sentence.text) ? 1 : 0);
      if (worth > most) [best, most] = [sentence, worth];
    }
  }
  return best === undefined ? undefined : shortened(markedIn(best, marks));
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
