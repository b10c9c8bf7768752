// The index in parts against the texts themselves.
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { piecesOf } from "../search/cover";
import { fold, foldQuery, literal } from "../search/fold";
import type { PostingsEntry } from "../search/index-file";
import type { Engine } from "../search/engine";
import { searchCompletely } from "../search/load";
import { decodeNumbers } from "../search/posting-lists";
import { TIER } from "../search/rank";
import type { Section } from "../search/sections";
import { Division } from "../search/sequences";
import type { SearchResult } from "../search/search-result";
import {
  engineWithHomonyms,
  homonyms,
  loadedEngine,
  loadSamplePart,
  partNames,
  partsWithPostings,
  sampleEngine,
  sampleSections,
} from "./search-sample";

const engine = await loadedEngine();
const { postings } = engine.sections;
/** The names of each section but its title, its fields, and these folded. */
const otherNames = sampleSections.map(({ names = [], readings = [] }) => [...names, ...readings]);
const fields = sampleSections.map(({ title, text = "", notes = "" }, number) => [
  title,
  (otherNames[number] ?? []).join("\n"),
  text,
  notes,
]);
const folded = fields.map((texts) => texts.map((text) => fold(text)));
const lines = fields.flatMap((texts) => texts.join("\n").split("\n"));
/** A part of a line as somebody may type it. */
const part = fc.constantFrom(...lines.filter((line) => line.trim() !== "")).chain((line) => {
  const characters = [...line];
  return fc
    .tuple(fc.nat(characters.length - 1), fc.integer({ min: 1, max: 24 }))
    .map(([start, length]) => characters.slice(start, start + length).join(""));
});
const textOfResult = ({ hits, groups, marks, words, corrected, loose }: SearchResult): string =>
  JSON.stringify([
    hits.map((hit) => [hit.section.number, hit.tier, hit.score]),
    groups.length,
    marks,
    words,
    corrected,
    loose,
  ]);

/** The number of times that a text has a string, without overlaps. */
function count(text: string, searched: string): number {
  return text.split(searched).length - 1;
}

test("folded texts have about the lengths that the index has", () => {
  const lengths = folded.flatMap((texts) => [texts[0]?.length ?? 0, texts.join("\n").length + 1]);
  const indexed = engine.sections.all.flatMap(({ titleLength, length }) => [titleLength, length]);
  assert.equal(indexed.length, lengths.length);
  for (const [index, length] of lengths.entries()) {
    const ratio = (1 + (indexed[index] as number)) / (1 + length);
    assert(ratio > 0.84 && ratio < 1.19, `${indexed[index]} ${length}`);
  }
});

test("the sample has long lists, which are divided, sequences of many lengths, and parts in pieces", () => {
  const parts = partsWithPostings(engine.sections.file.postings);
  const entries = parts.flatMap((name) => engine.parts.peek<PostingsEntry[]>(name) ?? []);
  assert(entries.filter(([sequence, isDivided]) => sequence.length > 2 && isDivided === 1).length > 5);
  assert(new Set(entries.map(([sequence]) => sequence.length)).size > 4);
  assert(parts.some((name) => name.endsWith("/2")));
});

test("any string is found in exactly the sections that contain it", () => {
  fc.assert(
    fc.property(part, (typed) => {
      const searched = foldQuery(typed);
      fc.pre(searched !== "");
      const expected = folded.flatMap((texts, number) =>
        texts.some((text) => text.includes(searched)) ? [number] : [],
      );
      postings.start();
      assert.deepEqual(
        [...postings.find(searched).keys()].sort((a, b) => a - b),
        expected,
        typed,
      );
    }),
    { numRuns: 2000 },
  );
});

test("a string has a list for each two characters at most, and one that ends where it does", () => {
  const division = new Division(engine.sections.file.long);
  assert(division.isCounted("研究者") && !division.isCounted("本研究者"));
  fc.assert(
    fc.property(part, (typed) => {
      const searched = foldQuery(typed);
      fc.pre(searched !== "" && !division.isCounted(searched));
      const pieces = piecesOf(searched, division);
      let end = 0;
      for (const { start, sequence } of pieces) {
        assert(start <= end && searched.startsWith(sequence, start) && !sequence.startsWith(" "), typed);
        end = Math.max(end, start + sequence.length);
      }
      assert.equal(end, searched.length, typed);
      assert(pieces.length <= (searched.length + 1) / 2, typed);
    }),
    { numRuns: 2000 },
  );
});

test("occurrences are counted, and only those at the start of a word begin one", () => {
  fc.assert(
    fc.property(part, (typed) => {
      const searched = foldQuery(typed);
      // a sequence whose list is divided counts those that overlap too
      fc.pre(searched !== "" && !/^(.+?)\1/.test(searched));
      postings.start();
      for (const [number, match] of postings.find(searched)) {
        const [title, names, text, notes] = folded[number] as [string, string, string, string];
        assert.equal(Math.min(8, match.names), Math.min(8, count(title, searched) + count(names, searched)), typed);
        assert.equal(Math.min(8, match.notes), Math.min(8, count(notes, searched)), typed);
        const expected = { whole: 0, prefix: 0, inside: 0 };
        const occurrences = text.matchAll(new RegExp(searched.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "g"));
        for (const { index } of occurrences) {
          const isLatin = (at: number): boolean => /[a-z0-9]/.test(text.charAt(at));
          const end = index + searched.length;
          if (isLatin(index) && isLatin(index - 1)) expected.inside += 1;
          else if (isLatin(end - 1) && isLatin(end)) expected.prefix += 1;
          else expected.whole += 1;
        }
        for (const kind of ["whole", "prefix", "inside"] as const) {
          assert.equal(Math.min(8, match[kind]), Math.min(8, expected[kind]), `${kind} ${typed} in ${text}`);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("a string is literal where the text has it as it was typed", () => {
  fc.assert(
    fc.property(part, (part) => {
      const typed = literal(part).trim();
      const searched = foldQuery(typed);
      // optional characters at its start belong to what is before it, and so do separators at its ends
      fc.pre(fold(typed) === searched && fold(typed.charAt(0)) !== "" && !/\s[\sー・-]|[ー・-]\s/.test(typed));
      postings.start();
      const matches = postings.find(searched, typed);
      for (const [number, texts] of fields.entries()) {
        const isLiteral = texts.some((text) => literal(text).includes(typed));
        assert.equal(matches.get(number)?.isLiteral ?? false, isLiteral, `${typed} in ${texts.join("\n")}`);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a name is found in exactly the sections that have it", () => {
  const names = sampleSections.map(({ title }, number) => [title, ...(otherNames[number] ?? [])].map(foldQuery));
  for (const name of new Set([...names.flat(), ...lines.map(foldQuery), "貸", "loan", "R"])) {
    const expected = names.flatMap((own, number) => (name !== "" && own.includes(name) ? [number] : []));
    postings.start();
    assert.deepEqual(postings.findNamed(name), expected, name);
  }
});

test("a search that loads its parts one after another gives the result of the whole index", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        part,
        fc.tuple(part, part).map((parts) => parts.join(" ")),
      ),
      async (query) => {
        const result = await searchCompletely(await sampleEngine(), query);
        assert.equal(textOfResult(result), textOfResult(engine.search(query)), query);
        assert(result.isComplete);
      },
    ),
    { numRuns: 200 },
  );
});

test("a search loads what it needs in few steps, however long the query is", async () => {
  await fc.assert(
    fc.asyncProperty(part, async (query) => {
      let steps = 0;
      await searchCompletely(await sampleEngine(), query, {}, () => {
        steps += 1;
        return true;
      });
      assert(steps <= 8, `${steps} steps for ${query}`);
    }),
    { numRuns: 500 },
  );
});

test("what is known is shown before the rest is loaded", async () => {
  const shown: SearchResult[] = [];
  await searchCompletely(await sampleEngine(), "館外貸出", {}, (part) => shown.push(part()) > 0);
  assert(shown.some(({ hits, isComplete }) => hits.length > 0 && !isComplete));
});

test("what a query names is found, with its title and its place, before anything else is loaded", async () => {
  const created = await sampleEngine();
  const { hits, isComplete } = created.search("館外貸出");
  assert(!isComplete);
  const [section] = hits.map((hit) => hit.section);
  assert.equal(section && created.sections.titleOf(section), "貸出");
  assert.equal(section && created.sections.namesOf(section)?.id, "loan");
});

test("names and words are counted as if they were searched for by their pieces", async () => {
  const { file } = engine.sections;
  const isCounts = (part: string): boolean => file.counts.some(([name]) => part.startsWith(name));
  const ofNames = partNames.filter(isCounts).flatMap((part) => engine.parts.peek<PostingsEntry[][]>(part) ?? []);
  const ofWords = partsWithPostings(file.wordPostings).map((name) => engine.parts.peek<PostingsEntry[]>(name) ?? []);
  const uncounted = (await loadedEngine({ ...file, counts: [], names: [], wordPostings: [[], "", ""] })).sections
    .postings;
  const counted = new Set([...ofNames, ...ofWords].flat().map(([string]) => string));
  assert(counted.has("館外貸出") && counted.has("interlibrary"));
  for (const name of counted) {
    // a sequence whose list is divided counts those that overlap too
    if (name.length < 3 || /^(.+?)\1/.test(name)) continue;
    postings.start();
    uncounted.start();
    const byNumber = (matches: Map<number, unknown>) => [...matches].sort(([a], [b]) => a - b);
    for (const typed of [name, ...lines.filter((line) => foldQuery(line) === name)])
      assert.deepEqual(byNumber(new Map(postings.find(name, typed))), byNumber(new Map(uncounted.find(name, typed))));
    assert.deepEqual(postings.findNamed(name), uncounted.findNamed(name), name);
  }
});

test("where the other names of a term stand is asked for with the query", async () => {
  const wanted = (created: Engine, query: string): Set<string> => {
    created.search(query, {}, false);
    return new Set(created.parts.missing);
  };
  const withNames = wanted(await sampleEngine(), "LN");
  for (const part of wanted(await sampleEngine(), "loan")) assert(withNames.has(part), part);
});

test("a name that several terms have is found by its counts, and so are the other names of the first of these", async () => {
  for (const query of ["Reference service", "レファレンス・サービス", "レファレンス・カウンター"]) {
    const loaded = new Set<string>();
    const created = await engineWithHomonyms((name) => loaded.add(name));
    const { hits } = await searchCompletely(created, query);
    const { file } = created.sections;
    const others = [...partsWithPostings(file.postings, homonyms), ...file.texts.map(([name]) => name)];
    const uncounted = [...loaded].filter((name) => others.some((other) => name.startsWith(other.split("/")[0] ?? "")));
    // RS, which is as short as a sequence; what it is divided into may be in two parts
    assert([1, 2].includes(new Set(uncounted.map((name) => name.split("-")[0])).size), query);
    const isTerm = ({ section }: { section: Section }): boolean => section.kind === "term";
    assert.equal(hits.filter((hit) => isTerm(hit) && hit.tier <= TIER.heading).length, 8, query);
  }
});

test("only a query that may mean a name that it does not contain loads all names", async () => {
  for (const [query, loads] of [
    ["貸出カード", false],
    ["研究所", false],
    ["kasidasi", true],
    ["貸出カードのつくりかた", true],
  ] as const) {
    const { parts, sections } = await sampleEngine().then(async (created) => {
      await searchCompletely(created, query);
      return created;
    });
    assert.equal(parts.peek(sections.file.names.at(-1) as string) !== undefined, loads, query);
  }
});

test("a short query loads few parts", async () => {
  const loaded: string[] = [];
  const counting = await sampleEngine((name) => {
    loaded.push(name);
    return loadSamplePart(name);
  });
  const pages = loaded.length;
  await searchCompletely(counting, "研究");
  const parts = new Set(loaded.slice(pages).map((name) => name.split("-")[0])); // which may be in pieces
  assert(parts.size <= 2, loaded.join());
  await searchCompletely(counting, "研究");
  assert(new Set(loaded).size === loaded.length);
});

test("a part that does not load leaves the result incomplete, until it is tried again", async () => {
  let isBroken = true;
  const withPostings = partsWithPostings(engine.sections.file.postings);
  const isPostings = (name: string): boolean => withPostings.some((part) => name.startsWith(part.split("/")[0] ?? ""));
  const broken = await sampleEngine((name) =>
    isBroken && isPostings(name) ? Promise.reject(new Error(name)) : loadSamplePart(name),
  );
  const result = await searchCompletely(broken, "貸出カード");
  assert.equal(result.isComplete, false);
  assert.equal(result.loose, false);
  assert(broken.parts.hasFailed);
  isBroken = false;
  broken.parts.retry();
  const repeated = await searchCompletely(broken, "貸出カード");
  assert.equal(textOfResult(repeated), textOfResult(engine.search("貸出カード")));
  assert(!broken.parts.hasFailed);
});

test("a search that is no longer wanted loads nothing more", async () => {
  const abandoned = await sampleEngine();
  const result = await searchCompletely(abandoned, "研究所", {}, () => false);
  assert.equal(result.isComplete, false);
});

test("numbers are decoded as they were encoded", () => {
  assert.deepEqual(decodeNumbers("AfgBh-BgggB"), [0, 31, 32, 1985, 32768]);
  assert.deepEqual(decodeNumbers(""), []);
});
