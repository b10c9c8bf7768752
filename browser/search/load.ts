// Loads the indexes.
import { Engine } from "./engine";
import type { IndexFile } from "./index-file";
import { loadScript } from "../shared/load-script";
import { Sections } from "./sections";
import { unpack, type PackedIndex } from "./unpack";

declare global {
  // what the scripts written by generator/tebiki/site/search_index.py fill
  var tebikiSearch: Record<string, PackedIndex> | undefined;
}

/** How long the page may stand still while an index is read, in milliseconds. */
const STEP = 12;

const loading = new Map<string, Promise<Engine>>();

/** The engine for `language`; `base` leads to the folder of the language. Rejects when the script does not load. */
export function loadEngine(language: string, base: string): Promise<Engine> {
  const known = loading.get(language);
  if (known !== undefined) return known;
  const engine = loadScript(`${base}/search/index.js`).then(() => {
    const file = globalThis.tebikiSearch?.[language];
    if (file === undefined) throw new Error(`the search index for ${language} is empty`);
    return readInSteps(unpack(file));
  });
  loading.set(language, engine);
  // the next time the box is opened it is tried again
  engine.catch(() => loading.delete(language));
  return engine;
}

/** Reads an index without holding up typing. */
async function readInSteps(file: IndexFile): Promise<Engine> {
  const sections = new Sections(file);
  let started = performance.now();
  for (const page of file.pages) {
    sections.addPage(page);
    if (performance.now() - started > STEP) {
      await new Promise((resolve) => setTimeout(resolve));
      started = performance.now();
    }
  }
  return new Engine(sections);
}
