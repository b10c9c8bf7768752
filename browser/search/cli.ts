// The search engine as a command: reads requests and writes results, one JSON object a line.
// Where a file of the index is missing or damaged, the result is `{ broken: FILE }`, the last one.
// Used by `tebiki search` and by the tests; see generator/tebiki/site/search_command.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import type { Engine } from "./engine";
import type { IndexFile } from "./index-file";
import { loadHeads, loadTexts, readIndex, searchCompletely } from "./load";
import { plainHit } from "./render-hits";

const site = process.argv[2] as string;
const engines = new Map<string, Engine>();
/** The first file of an index that is missing or damaged. */
let broken: string | undefined;

function readPart(language: string, name: string): unknown {
  const file = `${site}/${language}/search/${name}.js`;
  try {
    const script = readFileSync(file, "utf8");
    return JSON.parse(script.slice(script.indexOf("]=") + 2).replace(/;\s*$/, ""));
  } catch (error) {
    broken ??= file;
    throw error;
  }
}

async function engineFor(language: string): Promise<Engine> {
  const cached = engines.get(language);
  if (cached !== undefined) return cached;
  const created = await readIndex(readPart(language, "index") as IndexFile, async (name) => readPart(language, name));
  engines.set(language, created);
  return created;
}

async function answer(query: string, language: string, limit: number): Promise<Record<string, unknown>> {
  const engine = await engineFor(language);
  const result = await searchCompletely(engine, query);
  const hits = result.hits.slice(0, limit);
  await loadTexts(engine, [...hits.map((hit) => hit.section), ...result.nearest]);
  const pages = result.groups.map(({ page }) => page);
  await loadHeads(engine, pages);
  const { corrected, loose } = result;
  return {
    query,
    language,
    corrected,
    loose,
    pages: pages.map((page) => engine.sections.headOf(page)?.path),
    hits: hits.map((hit) => plainHit(hit, result, engine.sections)),
    nearest: result.nearest.map((section) => ({
      title: engine.sections.titleOf(section),
      location: engine.sections.locationOf(section),
    })),
  };
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { query, language, limit } = JSON.parse(line) as { query: string; language: string; limit: number };
    const result = await answer(query, language, limit);
    if (broken !== undefined) break;
    console.log(JSON.stringify(result));
  }
} catch (error) {
  if (broken === undefined) {
    console.error(String(error));
    process.exit(1);
  }
}
if (broken !== undefined) console.log(JSON.stringify({ broken }));
