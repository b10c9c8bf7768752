// The search engine as a command: reads requests and writes results, one JSON object a line.
// Used by `tebiki search` and by the tests; see generator/tebiki/site/search_command.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { readIndex, type Engine } from "./engine";
import { plainHit } from "./render-hits";
import { unpack, type PackedIndex } from "./unpack";

const site = process.argv[2] as string;
const engines = new Map<string, Engine>();

function engineFor(language: string): Engine {
  const cached = engines.get(language);
  if (cached !== undefined) return cached;
  const script = readFileSync(`${site}/${language}/search/index.js`, "utf8");
  const file = JSON.parse(script.slice(script.indexOf("]=") + 2).replace(/;\s*$/, "")) as PackedIndex;
  const created = readIndex(unpack(file));
  engines.set(language, created);
  return created;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { query, language, limit } = JSON.parse(line) as { query: string; language: string; limit: number };
  const languageEngine = engineFor(language);
  const result = languageEngine.search(query);
  const hits = result.hits.slice(0, limit);
  const { corrected, loose } = result;
  console.log(
    JSON.stringify({
      query,
      language,
      corrected,
      loose,
      pages: result.groups.map((group) => group.page.path),
      hits: hits.map((hit) => plainHit(hit, result, languageEngine.sections.file)),
      nearest: result.nearest.map((section) => ({ title: section.entry.title, location: section.location })),
    }),
  );
}
