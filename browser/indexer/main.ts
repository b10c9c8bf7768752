// The indexer of the search. It cuts pages into sections, which page_sections.py describes, and makes the posting lists
// of a language, which search_postings.py describes. Written in AssemblyScript and compiled to WebAssembly;
// generator/tebiki/site/search_indexer.py runs it. An instance cuts any number of pages, or makes the lists of one text:
// begin(), add() for some whole fields at a time, sort(), countWords() and writeWords(),
// writeCounts() for some names, and write() until nothing is left.
import { Counts } from "./counts";
import { FoldedText } from "./folded-text";
import { Folding } from "./folding";
import { Lists } from "./lists";
import { Output } from "./output";
import { Sections } from "./sections";
import { Text } from "./text";
import { Words } from "./words";

let text: Text | null = null;
let lists: Lists | null = null;
let words: Words | null = null;
const sections = new Sections();

export function newBytes(size: u32): StaticArray<u8> {
  return new StaticArray<u8>(size);
}

export function newCodes(size: u32): StaticArray<u16> {
  return new StaticArray<u16>(size);
}

export function newNumbers(size: u32): StaticArray<u32> {
  return new StaticArray<u32>(size);
}

/** See the constructor of Text. */
export function begin(kinds: StaticArray<u8>, lineCounts: StaticArray<u32>, size: u32, input: StaticArray<u16>): void {
  text = new Text(kinds, lineCounts, size, input);
}

/** Add the whole fields whose code units are the first of the input. */
export function add(size: u32): void {
  text!.add(size);
}

/** Where each field begins, in units; and where the last one ends. */
export function fieldStarts(): StaticArray<u32> {
  return text!.starts;
}

/** The code units of all characters, one after another. */
export function characterCodes(): StaticArray<u16> {
  return text!.characters.allCodes();
}

/** Where each character begins in them; and where the last one ends. */
export function characterStarts(): StaticArray<u32> {
  return text!.characters.allStarts();
}

export function wordCodes(): StaticArray<u16> {
  return text!.words.allCodes();
}

export function wordStarts(): StaticArray<u32> {
  return text!.words.allStarts();
}

/** How often each word occurs. */
export function wordCounts(): StaticArray<u32> {
  return text!.words.allCounts();
}

/** Sort all positions of the text; see the constructors of Folding and Lists. */
export function sort(
  ranks: StaticArray<u32>,
  size: u32,
  lineBreak: u32,
  space: u32,
  ends: StaticArray<u32>,
  json: StaticArray<u8>,
  longList: u32,
  share: u32,
): void {
  const folding = new Folding(ranks, size, lineBreak, space, ends, json);
  lists = new Lists(new FoldedText(text!, folding), longList, share);
}

/** Write the sequences with long lists that no longer one begins with, as a list of JSON; returns where it is. */
export function writeLongSequences(): u64 {
  lists!.longSequences.write(lists!);
  return spanOf(lists!.output);
}

/** Add words that may not be in the text, each with a line break behind it. */
export function addWords(codes: StaticArray<u16>): void {
  let start = 0;
  for (let end = 0; end < codes.length; end++) {
    if (codes[end] !== 10) continue;
    text!.words.add(codes, start, end);
    start = end + 1;
  }
}

/** Count all words, which are written in some order of their numbers. */
export function countWords(order: StaticArray<u32>): void {
  words = new Words(text!, lists!, order);
}

/** Write the entries of the next words; returns where they are, as write() does. */
export function writeWords(): u64 {
  words!.write();
  return spanOf(lists!.output);
}

/** Write the counts of names, as Counts.add() takes them; returns where they are, as write() does. */
export function writeCounts(names: StaticArray<u32>): u64 {
  const counts = new Counts(lists!);
  counts.add(names);
  counts.write();
  return spanOf(lists!.output);
}

/**
 * Write the next entries, as JSON with a line break behind each.
 *
 * @returns where they are; there are no bytes if there are no more entries
 */
export function write(): u64 {
  lists!.write();
  return spanOf(lists!.output);
}

/** Cut an article of HTML, the first bytes of an array; returns where its sections are. */
export function cut(html: StaticArray<u8>, size: u32): u64 {
  sections.cut(html, size);
  return spanOf(sections.output);
}

/** The address of an output, and below it how many bytes it has: a call from Python takes longer than many pages do. */
function spanOf(output: Output): u64 {
  return ((<u64>changetype<usize>(output.bytes)) << 32) | output.length;
}
