// A small index, about lending in a library, and its parts as generator/tebiki/site/search_parts.py writes them
// (tests/vectors/make_search_parts.py).
import { readFileSync } from "node:fs";

import type { Engine } from "../search/engine";
import type { Directory, IndexFile, SectionText } from "../search/index-file";
import { readIndex } from "../search/load";
import type { LoadPart } from "../search/parts";
import { partsOf } from "../search/sequences";

interface Sample {
  pages: { sections: SectionText[] }[];
}

const sample = JSON.parse(readFileSync("../tests/search/sample.json", "utf8")) as Sample;
const parts = partsIn("search-parts");
export const homonyms = partsIn("search-homonyms");

function partsIn(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`../tests/vectors/${file}.json`, "utf8")) as Record<string, unknown>;
}

/** The sections of all pages with their texts. */
export const sampleSections: SectionText[] = sample.pages.flatMap(({ sections }) => sections);
export const partNames: string[] = Object.keys(parts);
const index = parts["index"] as IndexFile;

export const loadSamplePart: LoadPart = (name) =>
  name in parts ? Promise.resolve(parts[name]) : Promise.reject(new Error(name));

/** An engine whose terms have several others of the same names, without any part but the pages. */
export function engineWithHomonyms(onLoad: (name: string) => void): Promise<Engine> {
  return readIndex(homonyms["index"] as IndexFile, (name) => {
    onLoad(name);
    return Promise.resolve(homonyms[name]);
  });
}

/** An engine without any part but the pages. */
export function sampleEngine(loadPart = loadSamplePart, file = index): Promise<Engine> {
  return readIndex(file, loadPart);
}

/** The names of the parts with postings that the parts of a directory list. */
export function partsWithPostings(directory: Directory, contents = parts): string[] {
  const listed = (directory: Directory): string[] => partsOf(directory).map(([, name]) => name);
  return listed(directory).flatMap((name) => listed(contents[name] as Directory));
}

/** An engine with all parts. */
export async function loadedEngine(file = index): Promise<Engine> {
  const engine = await sampleEngine(loadSamplePart, file);
  await engine.parts.load([
    ...partNames,
    ...[index.postings, index.wordPostings].flatMap((directory) => partsWithPostings(directory)),
  ]);
  return engine;
}
