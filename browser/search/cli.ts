// The search engine as a command: reads requests and writes results, one JSON object a line.
// Used by `tebiki search` and by the tests; see generator/tebiki/site/search_command.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import type { Engine } from "./engine";
import type { IndexFile } from "./index-file";
import { loadHeads, loadTexts, readIndex, searchCompletely } from "./load";
import { plainHit } from "./render-hits";

const site = process.argv[2] as string;
const engines = new Map<string, Engine>();

function readPart(language: string, name: string): unknown {
  const script = readFileSync(`${site}/${language}/search/${name}.js`, "utf8");
  return JSON.parse(script.slice(script.indexOf("]=") + 2).replace(/;\s*$/, ""));
}

async function engineFor(language: string): Promise<Engine> {
  const cached = engines.get(language);
  if (cached !== undefined) return cached;
  const created = await readIndex(readPart(language, "index") as IndexFile, async (name) => readPart(language, name));
  engines.set(language, created);
  return created;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { query, language, limit } = JSON.parse(line) as { query: string; language: string; limit: number };
  const engine = await engineFor(language);
  const result = await searchCompletely(engine, query);
  if (!result.isComplete) throw new Error(`parts of ${site}/${language}/search/ are missing or damaged`);
  const hits = result.hits.slice(0, limit);
  await loadTexts(engine, [...hits.map((hit) => hit.section), ...result.nearest]);
  const pages = result.groups.map(({ page }) => page);
  await loadHeads(engine, pages);
  const { corrected, loose } = result;
  console.log(
    JSON.stringify({
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
    }),
  );
}
