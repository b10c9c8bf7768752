// What the editor's writer makes of each text on the standard input: the package `yaml` with the editor's settings.
import { stdin, stdout } from "node:process";

import { parse, stringify } from "yaml";

const OPTIONS = {
  indent: 2,
  indentSeq: true,
  lineWidth: 0,
  defaultKeyType: "PLAIN",
  defaultStringType: "PLAIN",
  singleQuote: true,
};

const write = (text) => `${stringify(parse(text), null, OPTIONS).trim()}\n`;

const chunks = [];
for await (const chunk of stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
stdout.write(JSON.stringify(texts.map(write)));
