// The excerpt of a section: the sentence with the match, and the match in it.
import { fold } from "./fold";
import type { SectionText } from "./index-file";

/** A part of a text, and whether it matches the query. */
export interface Span {
  text: string;
  isMatch: boolean;
}

/** Maximal length of an excerpt, and of its text before the match, in full-width characters. */
const MAX_LENGTH = 120;
const MAX_BEFORE = 36;
const JAPANESE = /[\u3041-\u30ff\u4e00-\u9fff]/;
const SENTENCE = /[^。！？\n]*?(?:[。！？]+[」』）)]*|[.!?](?=\s)|\n|$)/g;

/** A text, its folded form, and the position in the text of each folded character. */
interface FoldedText {
  text: string;
  folded: string;
  places: number[];
}

function foldText(text: string): FoldedText {
  const places: number[] = [];
  return { text, folded: fold(text, places), places };
}

/** Splits a text at the occurrences of `marks`, which are folded. */
export function highlight(text: string, marks: readonly string[]): Span[] {
  return highlightFolded(foldText(text), marks);
}

function highlightFolded({ text, folded, places }: FoldedText, marks: readonly string[]): Span[] {
  const ranges: [number, number][] = [];
  for (const mark of marks) {
    if (mark === "") continue;
    for (let position = folded.indexOf(mark); position >= 0; position = folded.indexOf(mark, position + mark.length)) {
      ranges.push([places[position] as number, places[position + mark.length] ?? text.length]);
    }
  }
  if (marks.length > 1) ranges.sort(([a], [b]) => a - b);
  const spans: Span[] = [];
  let position = 0;
  for (const [start, end] of ranges) {
    if (start > position) spans.push({ text: text.slice(position, start), isMatch: false });
    const last = spans.at(-1);
    // adjacent and overlapping matches are joined
    if (last?.isMatch && start <= position) last.text += text.slice(position, Math.max(position, end));
    else spans.push({ text: text.slice(start, end), isMatch: true });
    position = Math.max(position, end);
  }
  if (position < text.length) spans.push({ text: text.slice(position), isMatch: false });
  return spans;
}

/** A line of a section and its folded form; its sentences are computed on demand. */
interface Line {
  text: string;
  folded: string;
  sentences?: FoldedText[];
}

const linesBySection = new WeakMap<SectionText, Line[]>();

/** The lines of a section. They are cached, because the same sections are shown repeatedly. */
function linesIn(section: SectionText): Line[] {
  const cached = linesBySection.get(section);
  if (cached !== undefined) return cached;
  const { text = "", notes = "" } = section;
  const lines = `${text}\n${notes}`.split("\n").map((line) => ({ text: line, folded: fold(line) }));
  linesBySection.set(section, lines);
  return lines;
}

function sentencesIn(line: Line): FoldedText[] {
  line.sentences ??= Array.from(line.text.matchAll(SENTENCE), ([sentence]) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .map(foldText);
  return line.sentences;
}

/** The sentence with the most marks, shortened around the first match; undefined when no sentence has any. */
export function bestSentence(section: SectionText, marks: readonly string[]): Span[] | undefined {
  let bestMatch: FoldedText | undefined;
  let bestWeight = 0;
  const searched = marks.filter((mark) => mark !== "");
  for (const line of linesIn(section)) {
    if (!searched.some((mark) => line.folded.includes(mark))) continue;
    for (const sentence of sentencesIn(line)) {
      const matches = searched.filter((mark) => sentence.folded.includes(mark)).length;
      // with the same number of marks, a sentence is better than a row of a table
      const weight = matches === 0 ? 0 : 2 * matches + (/[。！？.!?][」』）)]*$/.test(sentence.text) ? 1 : 0);
      if (weight > bestWeight) [bestMatch, bestWeight] = [sentence, weight];
    }
  }
  return bestMatch === undefined ? undefined : shorten(highlightFolded(bestMatch, marks));
}

/** The beginning of the text of a section: for a term, its definition. */
export function beginning(section: SectionText, marks: readonly string[]): Span[] {
  const line = (section.text ?? "").split("\n").find((text) => text.trim() !== "") ?? "";
  const firstSentence = line.match(SENTENCE)?.[0].trim() ?? line;
  return cut(highlight(firstSentence === "" ? line : firstSentence, marks), 0);
}

/** The spans from shortly before the first match. */
function shorten(spans: Span[]): Span[] {
  const firstMatch = spans.findIndex((span) => span.isMatch);
  const before = spans.slice(0, Math.max(0, firstMatch)).reduce((sum, { text }) => sum + text.length, 0);
  return cut(spans, before);
}

/** At most MAX_LENGTH characters of the spans around `place`; between whole words where there are spaces. */
function cut(spans: Span[], place: number): Span[] {
  const whole = spans.map(({ text }) => text).join("");
  const factor = JAPANESE.test(whole) ? 1 : 2; // Latin letters are half as wide
  const length = MAX_LENGTH * factor;
  if (whole.length <= length) return spans;
  let start = Math.min(Math.max(0, place - MAX_BEFORE * factor), whole.length - length);
  let end = start + length;
  if (factor === 2) {
    if (start > 0) start = Math.min(place, whole.indexOf(" ", start) + 1 || place);
    if (end < whole.length) end = Math.max(place + 1, whole.lastIndexOf(" ", end));
  }
  const kept: Span[] = [];
  let position = 0;
  for (const span of spans) {
    const text = span.text.slice(Math.max(0, start - position), Math.max(0, end - position));
    if (text !== "") kept.push({ ...span, text });
    position += span.text.length;
  }
  if (start > 0) kept.unshift({ text: "…", isMatch: false });
  if (end < whole.length) kept.push({ text: "…", isMatch: false });
  return kept;
}
