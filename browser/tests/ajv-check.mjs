// Validates the files listed on standard input, one a line, against the schema of results. Prints two JSON lists: the
// verdicts of ajv with the whole schema, and those of the form's validator, which build.mjs has made smaller.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import Ajv2020 from "ajv/dist/2020.js";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
/** @type {(name: string) => any} */
const read = (name) => JSON.parse(readFileSync(path.join(here, "..", "..", "schemas", name), "utf8"));
const result = read("assessment-result.schema.json");
const ajv = new Ajv2020.default({
  schemas: [read("common.schema.json"), result],
  strictRequired: false,
  strictTypes: false,
});
const whole = ajv.getSchema(result.$id);

const out = path.join(here, "..", "build", "ajv-check-form.mjs");
await esbuild.build({
  entryPoints: [path.join(here, "..", "build", "validate-result.js")],
  bundle: true,
  format: "esm",
  outfile: out,
});
const { validateResult } = await import(out);

const records = readFileSync(0, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((file) => JSON.parse(readFileSync(file, "utf8")));
console.log(JSON.stringify([whole, validateResult].map((validate) => records.map((record) => validate(record)))));
