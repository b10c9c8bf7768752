// The engine on the command line: requests in, one JSON object a line; answers out, likewise.
// Used by `tebiki search` and by the tests; see generator/tebiki/site/search_command.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { readIndex, type Engine } from "./engine";
import { plainHit } from "./present";
import { unpack, type PackedIndex } from "./unpack";

const site = process.argv[2] as string;
const engines = new Map<string, Engine>();

function engine(language: string): Engine {
  const known = engines.get(language);
  if (known !== undefined) return known;
  const script = readFileSync(`${site}/${language}/search/index.js`, "utf8");
  const file = JSON.parse(script.slice(script.indexOf("]=") + 2).replace(/;\s*$/, "")) as PackedIndex;
  const made = readIndex(unpack(file));
  engines.set(language, made);
  return made;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { query, language, limit } = JSON.parse(line) as { query: string; language: string; limit: number };
  const used = engine(language);
  const answer = used.search(query);
  const hits = answer.hits.slice(0, limit);
  const { corrected, loose } = answer;
  console.log(
    JSON.stringify({
      query,
      language,
      corrected,
      loose,
      pages: answer.groups.map((group) => group.page.path),
      hits: hits.map((hit) => plainHit(hit, answer, used.sections.file)),
      nearest: answer.nearest.map((section) => ({ title: section.entry.title, location: section.location })),
    }),
  );
}
