// Names say what they hold: no identifier in browser/ is a single letter or one of the words that say nothing.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const EMPTY_WORDS = new Set(["one", "found", "told", "said", "named", "about", "thing"]);
/** Indices, coordinates, the two sides of a comparison, and the name of what is not used. */
const SHORT_NAMES = new Set(["i", "j", "k", "x", "y", "a", "b", "_"]);
const NOT_SOURCES = ["build", "node_modules"];

// Comments, strings, regular expressions, and the text of templates up to "${" or their end.
const COMMENT = /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)/;
const STRING = /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/;
const REGULAR_EXPRESSION = /^\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/;
const TEMPLATE_TEXT = /^[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/;
const NUMBER = /^\d[\w.]*/;
const IDENTIFIER = /^[A-Za-z_$][\w$]*/;
const BEFORE_EXPRESSION = /(?:^|[=(,:[!&|?{};<>+\-*%~^]|\breturn|=>)\s*$/;

/** The identifiers in `source` with their lines; not names of properties after a dot, nor what is quoted. */
function identifiers(source: string): [name: string, line: number][] {
  const names: [string, number][] = [];
  const braces: ("block" | "template")[] = [];
  let offset = 0;
  let code = ""; // the last of the source without comments
  while (offset < source.length) {
    const rest = source.slice(offset, offset + 20_000);
    const before = code.slice(-40);
    let length = 1;
    const identifier = IDENTIFIER.exec(rest)?.[0];
    const comment = COMMENT.exec(rest)?.[0];
    const skipped =
      comment ??
      NUMBER.exec(rest)?.[0] ??
      STRING.exec(rest)?.[0] ??
      (BEFORE_EXPRESSION.test(before) ? REGULAR_EXPRESSION.exec(rest)?.[0] : undefined);
    if (identifier !== undefined) {
      length = identifier.length;
      if (!/(?<!\.\.)\.\s*$|#$/.test(before)) names.push([identifier, source.slice(0, offset).split("\n").length]);
    } else if (skipped !== undefined) {
      length = skipped.length;
    } else if (rest.startsWith("`") || (rest.startsWith("}") && braces.at(-1) === "template")) {
      if (rest.startsWith("}")) braces.pop();
      const text = TEMPLATE_TEXT.exec(rest)?.[0] ?? "`";
      length = text.length;
      if (text.endsWith("${")) braces.push("template");
    } else if (rest.startsWith("{")) {
      braces.push("block");
    } else if (rest.startsWith("}")) {
      braces.pop();
    }
    if (comment === undefined) code = (code + rest.slice(0, length)).slice(-40);
    offset += length;
  }
  return names;
}

const saysNothing = (name: string): boolean =>
  EMPTY_WORDS.has(name.toLowerCase()) || (/^[a-z]$/.test(name) && !SHORT_NAMES.has(name));

const sources = readdirSync(".", { recursive: true }).filter(
  (file) => /\.(?:ts|mjs)$/.test(file) && !NOT_SOURCES.includes(file.split("/")[0] ?? ""),
);

test("names say what they hold", () => {
  const empty = sources.flatMap((file) =>
    identifiers(readFileSync(file, "utf8"))
      .filter(([name]) => saysNothing(name))
      .map(([name, line]) => `browser/${file}:${line} ${name}`),
  );
  assert.deepEqual(empty, []);
});

test("a name that says nothing is reported, quoted words are not", () => {
  const source = `
    // one comment about a thing
    const found = (t: string) => \`said \${t} told \${{ named: \`one \${about}\` }} thing\`;
    for (const i of "one") answers.one(/one[/]"/.test('thing'), ...one);
  `;
  const names = identifiers(source)
    .map(([name]) => name)
    .filter(saysNothing);
  assert.deepEqual(names, ["found", "t", "t", "named", "about", "one"]);
});
