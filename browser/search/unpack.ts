// Decompresses an index that generator/tebiki/site/packed_index.py has packed.
import type { IndexFile } from "./index-file";

export interface PackedIndex extends IndexFile {
  /** Repeated lines; U+007F and the number of a line stand for it. */
  lines: string[];
  /** The ids of all sections of all pages, in order; "" for none. The notes likewise. */
  ids: string[];
  notes: string[];
}

/** The unpacked index; `packed` is modified and must not be used afterwards. */
export function unpack(packed: PackedIndex): IndexFile {
  const { lines, ids, notes, ...index } = packed;
  const expand = (text: string): string =>
    text.replace(/\u007f(\d+)/g, (_, number: string) => lines[Number(number)] ?? "");
  let position = 0;
  for (const section of index.pages.flatMap((page) => page.sections)) {
    if (section.text !== undefined) section.text = expand(section.text);
    if (ids[position]) section.id = ids[position] as string;
    if (notes[position]) section.notes = expand(notes[position] as string);
    position += 1;
  }
  return index;
}
