// Writes to build/ what the scripts share with the generator: the constants, and the types of the page data.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { schemaTypes } from "./schema-types.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const build = path.join(here, "build");
const constants = path.join(here, "..", "generator", "tebiki", "model", "shared_constants.json");
const schemas = path.join(here, "..", "schemas");

/** The module of the constants; their values have literal types. */
async function constantsModule() {
  /** @type {Record<string, { description: string, value: unknown }>} */
  const entries = JSON.parse(await readFile(constants, "utf8"));
  const declarations = Object.entries(entries).map(
    ([name, { description, value }]) =>
      `/** ${description} */\nexport const ${name} = ${JSON.stringify(value)} as const;\n`,
  );
  return declarations.join("\n");
}

/** Writes build/shared-constants.ts and build/page-data.ts. */
export async function generateModules() {
  await mkdir(build, { recursive: true });
  const modules = {
    "shared-constants.ts": ["generator/tebiki/model/shared_constants.json", await constantsModule()],
    "page-data.ts": ["schemas/checklist-page.schema.json", await schemaTypes(schemas, "checklist-page.schema.json")],
  };
  for (const [name, [source, text]] of Object.entries(modules)) {
    await writeFile(path.join(build, name), `// Made by generate.mjs from ${source}.\n\n${text}`);
  }
}
