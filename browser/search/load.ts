// Loads search indexes.
import { Engine } from "./engine";
import type { IndexFile } from "./index-file";
import { loadScript } from "../shared/load-script";
import { Sections } from "./sections";
import { unpack, type PackedIndex } from "./unpack";

declare global {
  // set by the scripts that generator/tebiki/site/search_index.py writes
  var tebikiSearch: Record<string, PackedIndex> | undefined;
}

/** Maximal time to block the page while an index is read, in milliseconds. */
const STEP_MS = 12;

const loading = new Map<string, Promise<Engine>>();

/**
 * Loads the engine of a language; rejects when the script does not load.
 *
 * @param base Address of the folder of the language
 */
export function loadEngine(language: string, base: string): Promise<Engine> {
  const cached = loading.get(language);
  if (cached !== undefined) return cached;
  const engine = loadScript(`${base}/search/index.js`).then(() => {
    const file = globalThis.tebikiSearch?.[language];
    if (file === undefined) throw new Error(`the search index for ${language} is empty`);
    return readInSteps(unpack(file));
  });
  loading.set(language, engine);
  // the next opening of the search box tries again
  engine.catch(() => loading.delete(language));
  return engine;
}

/** Reads an index in steps, so that typing is not delayed. */
async function readInSteps(file: IndexFile): Promise<Engine> {
  const sections = new Sections(file);
  let started = performance.now();
  for (const page of file.pages) {
    sections.addPage(page);
    if (performance.now() - started > STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      started = performance.now();
    }
  }
  return new Engine(sections);
}
