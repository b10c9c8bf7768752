// Counts the occurrences of a string in the sections, by what part of a word and of a section they are.
import { BEGINS_NAME, ENDS_NAME, ENDS_WORD, LITERAL, STARTS_WORD } from "./posting-lists";

/** The occurrences of a string in a section. */
export interface Occurrences {
  /** Occurrences in the title and the names, and their weight; more where a name begins. */
  names: number;
  namesWeight: number;
  /** Whether one of these starts a word. */
  startsInNames: boolean;
  /** The sum of the wholeness of those in the title. */
  titleWholeness: number;
  /** Occurrences in the text that are whole words, that begin a word, and that are inside of one. */
  whole: number;
  prefix: number;
  inside: number;
  notes: number;
  /** Whether one of them is a whole name. */
  isName: boolean;
  /** Whether one of them is as it was typed, except for width and case. */
  isLiteral: boolean;
}

/** The occurrences of a string, by number of section. */
export type OccurrencesBySection = ReadonlyMap<number, Occurrences>;

/** The fields of a section. */
const TITLE = 0;
const TEXT = 2;
const NOTES = 3;
export const FIELDS = 4;
/** The first of them have names. */
export const FIELDS_OF_NAMES = 2;
/** What an occurrence weighs, by what part of a word it is. */
export const WHOLENESS = { whole: 1, prefix: 0.7, inside: 0.2, notes: 0.1 };
const NO_OCCURRENCES: Readonly<Occurrences> = {
  names: 0,
  namesWeight: 0,
  startsInNames: false,
  titleWholeness: 0,
  whole: 0,
  prefix: 0,
  inside: 0,
  notes: 0,
  isName: false,
  isLiteral: false,
};

/** Adds the occurrences in a field: title, names, text or notes. */
export function addOccurrences(matches: Map<number, Occurrences>, field: number, flags: number, count: number): void {
  const section = Math.floor(field / FIELDS);
  let match = matches.get(section);
  if (match === undefined) {
    match = { ...NO_OCCURRENCES };
    matches.set(section, match);
  }
  const startsWord = (flags & STARTS_WORD) !== 0;
  const kind = startsWord ? ((flags & ENDS_WORD) !== 0 ? "whole" : "prefix") : "inside";
  const kindOfField = field % FIELDS;
  if (kindOfField === NOTES) match.notes += count;
  else if (kindOfField === TEXT) match[kind] += count;
  else {
    match.names += count;
    match.namesWeight += count * WHOLENESS[kind] * ((flags & BEGINS_NAME) !== 0 ? 10 : 8);
    match.startsInNames ||= startsWord;
    if (kindOfField === TITLE) match.titleWholeness += count * WHOLENESS[kind];
  }
  if (flags & BEGINS_NAME && flags & ENDS_NAME) match.isName = true;
  if (flags & LITERAL) match.isLiteral = true;
}
