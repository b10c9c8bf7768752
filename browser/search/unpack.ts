// Undoes what generator/tebiki/site/packed_index.py does to make an index smaller on its way.
import type { IndexFile } from "./index-file";

export interface PackedIndex extends IndexFile {
  /** What occurs in several places, where U+007F and its number stand for it. */
  lines: string[];
  /** Of each section of all pages, in their order; "" for none. */
  ids: string[];
  notes: string[];
}

/** The index as it was; `packed` is changed and not to be used any more. */
export function unpack(packed: PackedIndex): IndexFile {
  const { lines, ids, notes, ...index } = packed;
  const whole = (text: string): string =>
    text.replace(/\u007f(\d+)/g, (_, number: string) => lines[Number(number)] ?? "");
  let at = 0;
  for (const section of index.pages.flatMap((page) => page.sections)) {
    if (section.text !== undefined) section.text = whole(section.text);
    if (ids[at]) section.id = ids[at] as string;
    if (notes[at]) section.notes = whole(notes[at] as string);
    at += 1;
  }
  return index;
}
