// Builds the bundles in ../site_overrides/assets/bundles/, in three steps:
// 1. generate.mjs writes what the scripts share with the generator.
// 2. ajv compiles the schema of the result file ahead of time. The page's Content-Security-Policy
//    forbids eval, which ajv would need to do the same in the browser.
// 3. esbuild bundles each as one classic script: browsers refuse module scripts on file://. The styles become two
//    files, of every page and of pages with a form: a browser paints nothing until the last of them has come.
// The same search for the command line goes to build/search.mjs.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import * as esbuild from "esbuild";

import { generateModules } from "./generate.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const schemas = path.join(here, "..", "schemas");
const validator = path.join(here, "build", "validate-result.js");
const bundles = path.join(here, "..", "site_overrides", "assets", "bundles");
const search = path.join(here, "build", "search.mjs");
/** What each bundle is made of, and may weigh at most, in bytes after gzip; a page with a form has two scripts, 30 kB together. */
const BUNDLES = {
  "checklist.js": { entry: "form/main.ts", limit: 28_350 },
  "checklist-tools.js": { entry: "tools/main.ts", limit: 45_000 },
  "checklist-xlsx.js": { entry: "tools/xlsx.ts", limit: 12_000 },
  "compare.js": { entry: "compare/main.ts", limit: 4_000 },
  "search.js": { entry: "search/main.ts", limit: 1_800 },
  "versions.js": { entry: "versions/main.ts", limit: 1_500 },
  "search-engine.js": { entry: "search/lazy.ts", limit: 12_000 },
  "site.css": { entry: "styles/site.css", limit: 8_000 },
  "form.css": { entry: "styles/form.css", limit: 8_000 },
};
/** A style sheet that a script imports is text, for the files that it saves. */
const STYLES_IN_SCRIPTS = { ".css": "text" };

/**
 * A schema without what is written for people, which would only make the validator larger. Nor with its draft: none
 * of the keywords of 2020-12 that ajv keeps books for is used, and the code without them is smaller.
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
    // The form words every message itself, in the page's language.
    messages: false,
    inlineRefs: 3, // what is used in several places is a function of its own
  });
  await mkdir(path.dirname(validator), { recursive: true });
  const code = standaloneCode.default(ajv, { validateResult: result.$id });
  const unused = [
    // Where in the schema a finding comes from, and what would have been right, is for people who write schemas.
    /schemaPath: ?"[^"]*", ?/g,
    /(?<=params: ?\{)(?:pattern: ?"(?:[^"\\]|\\.)*"|allowedValues?: ?[^{}]*)(?=\})/g,
    // The form has no message of its own for these keywords.
    /(?<=keyword: ?"(?:minLength|minItems|minimum|propertyNames|uniqueItems)", ?params: ?\{)[^{}]*(?=\})/g,
    // Where a value lies in the file is read by keywords that this schema does not use.
    /, ?parentData[^{}]*rootData(?:=data)?(?=\})/g,
  ];
  const reduced = unused.reduce((text, part) => text.replaceAll(part, ""), code);
  // Of the schema itself only the names of the members are looked at.
  const names = JSON.stringify(Object.fromEntries(Object.keys(result.properties).map((name) => [name, 0])));
  await writeFile(validator, reduced.replace(/schema\d+\.properties(?=, key)/, names));
}

/**
 * The licences of what was bundled: their texts have to go where the bundle goes.
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
 * Builds one bundle and fails when it exceeds its limit.
 *
 * @param {string} name file name of the bundle
 * @param {{ entry: string, limit: number }} options the first module, and the most bytes after gzip
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
  const bundled = await licences(Object.keys(metafile.inputs));
  if (bundled) await writeFile(`${bundle}.LICENSES.txt`, bundled);
  const bytes = await readFile(bundle);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  console.log(`${name}: ${bytes.length} bytes, ${gzip} bytes gzip (limit ${limit})`);
  if (gzip > limit) throw new Error(`${name} is larger than its limit`);
}

async function bundleCommand() {
  await esbuild.build({
    entryPoints: [path.join(here, "search", "cli.ts")],
    outfile: search,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
}

await generateModules();
await compileValidator();
if (!process.argv.includes("--generate-only")) {
  await bundleCommand();
  for (const [name, bundle] of Object.entries(BUNDLES)) await bundleOf(name, bundle);
}
