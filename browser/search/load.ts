// Loads search indexes, and what a search needs of them.
import { Engine } from "./engine";
import type { Filters, IndexFile, Outline } from "./index-file";
import { loadScript } from "../shared/load-script";
import { Parts, withPieces, type LoadPart } from "./parts";
import type { SearchResult } from "./search-result";
import { Sections, type Page, type Section } from "./sections";

declare global {
  // set by the scripts that generator/tebiki/site/search_parts.py writes: by language, and by name of a part
  var tebikiSearch: Record<string, unknown> | undefined;
}

/** Maximal time to block the page while an index is read, in milliseconds. */
const STEP_MS = 12;

const loading = new Map<string, Promise<Engine>>();

/**
 * Loads the engine of a language; rejects when the index does not load.
 *
 * @param base Address of the folder of the language
 */
export function loadEngine(language: string, base: string): Promise<Engine> {
  const cached = loading.get(language);
  if (cached !== undefined) return cached;
  const loadPart = async (name: string, file = name): Promise<unknown> => {
    await loadScript(`${base}/search/${file}.js`);
    const content = globalThis.tebikiSearch?.[name];
    if (content === undefined) throw new Error(`the search index ${file} is empty`);
    return content;
  };
  const engine = loadPart(language, "index").then((file) => readIndex(file as IndexFile, loadPart));
  loading.set(language, engine);
  // the next opening of the search box tries again
  engine.catch(() => loading.delete(language));
  return engine;
}

/** Reads the outline of an index, in steps, so that typing is not delayed; the first names are loaded with it. */
export async function readIndex(file: IndexFile, loadPart: LoadPart): Promise<Engine> {
  const sections = new Sections(file, new Parts(withPieces(loadPart)));
  const firstNames = sections.parts.load(file.names.slice(0, 1));
  const parts = (await Promise.all(file.outline.map((name) => loadPart(name)))) as Outline[];
  await firstNames;
  let started = performance.now();
  for (const part of parts) {
    for (const _page of sections.addPages(part)) {
      if (performance.now() - started <= STEP_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      started = performance.now();
    }
  }
  return new Engine(sections);
}

/**
 * Searches, and loads what is missing until the result is complete; a result whose parts fail to load stays incomplete.
 *
 * @param onPart Called whenever parts are missing, with a function that makes the result so far; returns whether to go
 *   on
 */
export async function searchCompletely(
  engine: Engine,
  query: string,
  filters: Filters = {},
  onPart: (partialResult: () => SearchResult) => boolean = () => true,
): Promise<SearchResult> {
  for (;;) {
    const result = engine.search(query, filters, false);
    const { missing, hasFailed } = engine.parts;
    if (missing.length === 0) return hasFailed ? engine.search(query, filters) : result;
    if (!onPart(() => engine.search(query, filters))) return result;
    await engine.parts.load(missing);
  }
}

/** Loads the heads of pages that are shown. */
export async function loadHeads({ parts, sections }: Engine, pages: readonly Page[]): Promise<void> {
  await parts.load([...new Set(pages.map(({ number }) => sections.heads.partOf(number)))]);
}

/** Loads the texts of sections that are shown, and the heads of their pages. */
export async function loadTexts(engine: Engine, shown: readonly Section[]): Promise<void> {
  const { parts, sections } = engine;
  await Promise.all([
    loadHeads(
      engine,
      shown.map(({ page }) => page),
    ),
    parts.load([...new Set(shown.map((section) => sections.texts.partOf(section)))]),
  ]);
}
