// Builds the bundles in build/bundles/, in three steps:
// 1. generate.mjs writes the modules that are shared with the generator.
// 2. ajv compiles the schema of results to a validator, because the Content-Security-Policy of the pages forbids eval,
//    which ajv needs to compile in the browser.
// 3. esbuild writes classic scripts, because browsers refuse module scripts on file://, and two style sheets, one for
//    all pages and one for pages with a form: a browser paints nothing before all style sheets are loaded.
// The search for the command line is written to build/search.mjs, and the indexer, which the generator runs, to
// build/indexer.wasm.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import asc from "assemblyscript/asc";
import * as esbuild from "esbuild";

import { generateModules } from "./generate.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const schemas = path.join(here, "..", "schemas");
const validator = path.join(here, "build", "validate-result.js");
const bundles = path.join(here, "build", "bundles");
const search = path.join(here, "build", "search.mjs");
const indexer = path.join(here, "build", "indexer.wasm");
/**
 * The entry point of each bundle, and its size limit in bytes after gzip. A form page loads checklist.js, page.js and,
 * where its list needs it, checklist-lists.js by itself: together at most 30,000 bytes.
 */
const BUNDLES = {
  "checklist.js": { entry: "form/main.ts", limit: 25_700 },
  "checklist-panel.js": { entry: "form/panel-content.ts", limit: 5_500 },
  "checklist-files.js": { entry: "form/file-reader.ts", limit: 16_500 },
  "checklist-lists.js": { entry: "form/list-features.ts", limit: 2_310 },
  "checklist-tools.js": { entry: "tools/main.ts", limit: 36_000 },
  "checklist-navigation.js": { entry: "navigation/main.ts", limit: 4_000 },
  "checklist-xlsx.js": { entry: "tools/xlsx.ts", limit: 12_000 },
  "checklist-forms.js": { entry: "tools/fill-form.ts", limit: 13_000 },
  "compare.js": { entry: "compare/main.ts", limit: 4_000 },
  "page.js": { entry: "page/main.ts", limit: 1_990 },
  "versions.js": { entry: "versions/main.ts", limit: 1_500 },
  "search-engine.js": { entry: "search/lazy.ts", limit: 18_250 },
  "site.css": { entry: "styles/site.css", limit: 8_000 },
  "form.css": { entry: "styles/form.css", limit: 8_000 },
};
/** Style sheets that scripts import are text: they go into the files that the form saves. */
const STYLES_IN_SCRIPTS = { ".css": "text" };

/**
 * A schema without descriptions, which would make the validator larger, and without $schema: the keywords of 2020-12
 * that need extra code are not used.
 *
 * @param {string} name file name in schemas/
 */
async function readSchema(name) {
  /** @type {(key: string, value: unknown) => boolean} */
  const isForPeople = (key, value) =>
    key === "$schema" ||
    ((key === "title" || key === "description") && typeof value === "string") ||
    (key === "examples" && Array.isArray(value));
  const text = await readFile(path.join(schemas, name), "utf8");
  return JSON.parse(text, (key, value) => (isForPeople(key, value) ? undefined : value));
}

async function compileValidator() {
  const result = await readSchema("assessment-result.schema.json");
  const ajv = new Ajv.default({
    schemas: [await readSchema("common.schema.json"), result],
    code: { source: true, esm: true },
    // The form has its own messages in the language of the page.
    messages: false,
    inlineRefs: 3, // definitions that are used in several places become functions
  });
  await mkdir(path.dirname(validator), { recursive: true });
  const code = standaloneCode.default(ajv, { validateResult: result.$id });
  const unused = [
    // The path in the schema and the allowed values: useful to authors of schemas only.
    /schemaPath: ?"[^"]*", ?/g,
    /(?<=params: ?\{)(?:pattern: ?"(?:[^"\\]|\\.)*"|allowedValues?: ?[^{}]*)(?=\})/g,
    // The form has no message of its own for these keywords.
    /(?<=keyword: ?"(?:minLength|minItems|minimum|propertyNames|uniqueItems)", ?params: ?\{)[^{}]*(?=\})/g,
    // The parent data: read only by keywords that this schema does not use.
    /, ?parentData[^{}]*rootData(?:=data)?(?=\})/g,
  ];
  const reduced = unused.reduce((text, part) => text.replaceAll(part, ""), code);
  // The validator reads only the names of the schema's properties.
  const names = JSON.stringify(Object.fromEntries(Object.keys(result.properties).map((name) => [name, 0])));
  await writeFile(validator, reduced.replace(/schema\d+\.properties(?=, key)/, names));
}

/**
 * The licence texts of bundled packages, which have to be distributed with the bundle.
 *
 * @param {string[]} inputs paths of the bundled files
 */
async function licences(inputs) {
  const packages = inputs.flatMap((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []);
  const texts = [...new Set(packages)].sort().map(async (name) => {
    const folder = path.join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${await readFile(path.join(folder, file), "utf8")}`;
  });
  return (await Promise.all(texts)).join("\n----\n\n");
}

/**
 * Builds one bundle and fails when it exceeds its limit. Returns the paths of the files that it contains.
 *
 * @param {string} name file name of the bundle
 * @param {{ entry: string, limit: number }} options the entry point, and the size limit in bytes after gzip
 */
async function bundleOf(name, { entry, limit }) {
  const bundle = path.join(bundles, name);
  const { metafile } = await esbuild.build({
    entryPoints: [path.join(here, entry)],
    outfile: bundle,
    bundle: true,
    loader: entry.endsWith(".ts") ? STYLES_IN_SCRIPTS : {},
    format: "iife",
    minify: true,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    absWorkingDir: here,
  });
  const bytes = await readFile(bundle);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${bytes.length} bytes, ${gzip} bytes gzip (limit ${limit})`);
  if (gzip > limit) throw new Error(`${name} is larger than its limit`);
  return Object.keys(metafile.inputs);
}

async function bundleCommand() {
  await esbuild.build({
    entryPoints: [path.join(here, "search", "cli.ts")],
    outfile: search,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    minify: true,
    logLevel: "warning",
  });
}

/** Compiles the indexer. Nothing is imported: where it fails it stops, and Wasmtime says where. */
async function compileIndexer() {
  const options = ["--runtime", "stub", "-O3", "--noAssert", "--use", "abort="];
  const { error, stderr } = await asc.main([path.join(here, "indexer", "main.ts"), "--outFile", indexer, ...options]);
  if (error) throw new Error(`The indexer cannot be compiled:\n${stderr}`);
}

await generateModules();
await compileValidator();
if (!process.argv.includes("--generate-only")) {
  await bundleCommand();
  await compileIndexer();
  const inputs = [];
  for (const [name, bundle] of Object.entries(BUNDLES)) inputs.push(...(await bundleOf(name, bundle)));
  await writeFile(path.join(bundles, "LICENSES.txt"), await licences(inputs));
}
