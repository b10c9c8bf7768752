// The correction of spelling, where parts of the vocabulary are loaded.
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Directory } from "../search/index-file";
import { Parts } from "../search/parts";
import { isWithinOneEdit, nearestWord } from "../search/vocabulary";

const NAME_LENGTH = 2;
const letters = fc.constantFrom(..."abz");
const words = fc.uniqueArray(
  fc.array(letters, { minLength: 4, maxLength: 6 }).map((list) => list.join("")),
  { maxLength: 40, size: "max" },
);

/** Parts of two words each, sorted by what `keyOf` gives for a word. */
function directoryOf(
  all: readonly string[],
  keyOf: (word: string) => string,
  contents: Map<string, unknown>,
): Directory {
  const sorted = [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const firsts: string[] = [];
  const names: string[] = [];
  for (let start = 0; start < sorted.length; start += 2) {
    const name = contents.size.toString(36).padStart(NAME_LENGTH, "0");
    const part = sorted.slice(start, start + 2);
    contents.set(
      name,
      part.map((word) => [word, frequencyOf(word)]),
    );
    firsts.push(keyOf(part[0] as string));
    names.push(name);
  }
  return [firsts, names.join(""), ""];
}

/** Many words have the same. */
function frequencyOf(word: string): number {
  return 1 + (word.charCodeAt(2) % 3);
}

/** The most frequent word of all at one edit; those with the same first letter count ten times. */
function nearestOfAll(word: string, all: readonly string[]): string | undefined {
  const weightOf = (other: string): number => frequencyOf(other) * (other[0] === word[0] ? 10 : 1);
  return [...all]
    .sort()
    .filter((other) => isWithinOneEdit(word, other))
    .sort((a, b) => weightOf(b) - weightOf(a))[0];
}

test("the nearest word is that of the whole vocabulary, and few of its parts are loaded", async () => {
  let loaded = 0;
  let existing = 0;
  await fc.assert(
    fc.asyncProperty(words, fc.array(letters, { minLength: 3, maxLength: 7 }), async (all, typed) => {
      const word = typed.join("");
      const contents = new Map<string, unknown>();
      const reversed = (text: string): string => [...text].reverse().join("");
      const vocabulary = [(text: string) => text, reversed].map((keyOf) => directoryOf(all, keyOf, contents));
      const parts = new Parts((name) => Promise.resolve(contents.get(name)));
      parts.start();
      assert.equal(nearestWord(word, vocabulary, parts), undefined); // nothing is loaded
      const missing = parts.missing;
      await parts.load(missing);
      loaded += missing.length;
      existing += contents.size;
      parts.start();
      assert.equal(nearestWord(word, vocabulary, parts), word.length > 3 ? nearestOfAll(word, all) : undefined);
      assert(parts.isComplete);
    }),
    { numRuns: 1000 },
  );
  assert(loaded < existing / 2, `${loaded} of ${existing}`);
});
