// What the editor's writer makes of each text on the standard input: the package `yaml` with the editor's settings.
import { readFileSync } from "node:fs";

import { parse, stringify } from "yaml";

/** @type {import("yaml").ToStringOptions} */
const OPTIONS = {
  indent: 2,
  indentSeq: true,
  lineWidth: 0,
  defaultKeyType: "PLAIN",
  defaultStringType: "PLAIN",
  singleQuote: true,
};

/** @type {string[]} */
const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => `${stringify(parse(text), null, OPTIONS).trim()}\n`)));
