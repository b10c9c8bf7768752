// Writes to build/ what the scripts have in common with the generator: the shared constants as a module.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const build = path.join(here, "build");
const constants = path.join(here, "..", "generator", "tebiki", "model", "shared_constants.json");

/** Writes build/shared-constants.ts, whose values have literal types. */
export async function generateConstants() {
  /** @type {Record<string, { description: string, value: unknown }>} */
  const entries = JSON.parse(await readFile(constants, "utf8"));
  const declarations = Object.entries(entries).map(
    ([name, { description, value }]) =>
      `/** ${description} */\nexport const ${name} = ${JSON.stringify(value)} as const;\n`,
  );
  await mkdir(build, { recursive: true });
  const head = "// Made by generate.mjs from generator/tebiki/model/shared_constants.json.\n\n";
  await writeFile(path.join(build, "shared-constants.ts"), head + declarations.join("\n"));
}
