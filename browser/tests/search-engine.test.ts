import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { foldQuery } from "../search/fold";
import { contentOfName, readQuery } from "../search/query";
import { materialItems } from "../search/render-hits";
import { suggestionFor } from "../search/search-result";
import { isWithinOneEdit } from "../search/vocabulary";
import type { Section } from "../search/sections";
import { loadedEngine } from "./search-sample";

const engine = await loadedEngine();
const { sections } = engine;
const locationOf = (section: Section | undefined): string | undefined => section && sections.locationOf(section);
const locations = (query: string): (string | undefined)[] =>
  engine.search(query).hits.map((hit) => locationOf(hit.section));
const first = (query: string): string | undefined => locations(query)[0];

test("any name of a term finds the term first", () => {
  for (const query of [
    "貸出",
    "loan",
    "LN",
    "ｌｎ",
    "館外貸出",
    "かしだし",
    "カシダシ",
    "kashidashi",
    "貸し出し",
    "Loans",
  ]) {
    assert.equal(first(query), "terms.html#loan", query);
  }
  for (const query of [
    "レファレンスサービス",
    "ﾚﾌｧﾚﾝｽ",
    "リファレンス・サービス".replace("リ", "レ"),
    "refarensu",
    "reference services",
  ]) {
    assert.equal(first(query), "terms.html#reference-service", query);
  }
});

test("titles rank before texts, and superseded sections after current ones", () => {
  const places = locations("貸出の期間");
  assert(places.indexOf("rules/borrowing.html#new") < places.indexOf("rules/borrowing.html#old"));
  assert.equal(first("今の規則"), "rules/borrowing.html#new");
});

test("all words have to match, and quoted phrases match exactly", () => {
  assert.deepEqual(locations("カード 10冊"), ["rules/borrowing.html"]);
  assert.deepEqual(locations('"貸出カード"'), ["rules/borrowing.html"]);
  assert.deepEqual(locations("「貸出カード」"), ["rules/borrowing.html"]);
  assert.deepEqual(locations('"かーど"'), []);
  assert.deepEqual(locations('"期間 2週間"'), []);
});

test("spellings of the same word that the handbook lists are found for each other", () => {
  assert(locations("貸し出しカード").includes("rules/borrowing.html"));
  assert(locations("貸出しの期間").includes("rules/borrowing.html#new"));
  assert(locations("館外貸出し").includes("rules/borrowing.html"));
  assert.deepEqual(locations('"貸し出しカード"'), []);
});

test("the other names of a term are searched as well", () => {
  assert(locations("LN").includes("rules/borrowing.html"));
});

test("where a section has not all of a name, its content words have to be in it", () => {
  const words = (name: string): string[] => contentOfName(readQuery(name).words).map(({ raw }) => raw);
  assert.deepEqual(words("Agency for R&D, Science & Technology (AST)"), [
    "Agency",
    "R&D",
    "Science",
    "Technology",
    "AST",
  ]);
  assert.deepEqual(words("研究 推進機構（AST）"), ["研究", "推進機構（AST）"]);
  assert.deepEqual(words("(AST)"), ["(AST)"]);
  assert.deepEqual(words("who is it"), ["who", "is", "it"]);
  assert.deepEqual(words('"Office of" science'), ["Office of", "science"]);
});

test("English words with a hyphen are found where they follow each other, with any sign between them", () => {
  const having = (text: string): (string | undefined)[] =>
    sections.all.flatMap((section) => {
      const { title, text: body = "", notes = "" } = sections.texts.of(section) ?? { title: "" };
      return foldQuery(`${title} ${body} ${notes}`).includes(text) ? [locationOf(section)] : [];
    });
  for (const query of ["co-reader", "reading-room"]) {
    assert(having(query.replace("-", " ")).length > 0);
    assert.deepEqual(locations(query).sort(), having(query.replace("-", " ")).sort(), query);
  }
});

test("a question matches by its content words", () => {
  assert.equal(first("レファレンス・サービスとは何ですか？"), "terms.html#reference-service");
  assert.equal(first("what is a loan?"), "terms.html#loan");
});

test("the spelling of Latin words is corrected", () => {
  const answer = engine.search("interlibary");
  assert.equal(answer.corrected, "interlibrary");
  assert.equal(locationOf(answer.hits[0]?.section), "rules/borrowing.html#new");
  assert.equal(engine.search("interlibrary").corrected, undefined);
});

test("an edit is a missing, added or different letter, or two transposed letters", () => {
  for (const near of ["lon", "loann", "lown", "laon"]) assert(isWithinOneEdit(near, "loan"), near);
  for (const far of ["loan", "lo", "lawn!", "aoln", "loansss"]) assert(!isWithinOneEdit(far, "loan"), far);
});

test("without hits the nearest terms are offered", () => {
  const answer = engine.search("貸貸出出証");
  assert.equal(engine.search("ぬるぽ").nearest.length, 0);
  assert(answer.hits.length > 0 || locationOf(answer.nearest[0]) === "terms.html#loan");
});

test("filters reduce the hits, and facets count them", () => {
  const all = engine.search("貸出");
  assert.equal(all.facets.kind.get("measure"), 2);
  const narrowed = engine.search("貸出", { kind: "measure", status: "superseded" });
  assert.deepEqual(
    narrowed.hits.map((hit) => locationOf(hit.section)),
    ["rules/borrowing.html#old"],
  );
  assert.deepEqual(
    engine.search("貸出", { audience: "staff" }).groups.map(({ page }) => sections.headOf(page)?.path),
    ["terms.html"],
  );
  assert.equal(narrowed.facets.kind.get("measure"), 2);
});

test("a name that completes the query is suggested", () => {
  assert.equal(suggestionFor(engine.search("レファ"), sections), "レファレンス・サービス");
  assert.equal(suggestionFor(engine.search("貸出"), sections), undefined);
  assert.equal(suggestionFor(engine.search("レファレンス・カウンタ"), sections), undefined); // only spelled differently
});

test("texts are escaped for HTML", () => {
  const answer = engine.search("期間");
  const html = materialItems(answer, answer.groups, sections, "")
    .flat()
    .map((document) => document.title + document.text)
    .join("");
  assert(html.includes("<mark>期間</mark>"));
  assert(html.includes("&#60;b&#62;2週間"));
  assert(!html.includes("<b>"));
});

test("a page without its own match is still listed with its sections", () => {
  const answer = engine.search("kashidashi");
  const [documents] = materialItems(answer, answer.groups, sections, "");
  assert.deepEqual(
    documents?.map((document) => document.location),
    ["terms.html#loan", "terms.html"],
  );
  assert((documents?.[0]?.score ?? 0) > (documents?.[1]?.score ?? 0));
});

test("any query gets a result", () => {
  const unusual = [
    "",
    " ",
    "　",
    "あ",
    "a",
    "ー",
    "・",
    "、。！？",
    "👩‍🔬",
    "\u0000\u0007",
    "\ud800",
    "\udc00貸",
    "<script>alert(1)</script>",
    "(.*)+[",
    "\\",
    '"',
    '""',
    "「",
    "貸".repeat(10_000),
    "a ".repeat(5_000),
  ];
  for (const query of unusual) {
    const answer = engine.search(query);
    const documents = materialItems(answer, answer.groups, sections, "").flat();
    for (const document of documents) assert.equal(typeof document.text, "string");
  }
  assert.deepEqual(locations(""), []);
  assert.deepEqual(locations("　\u0000"), []);
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (query) => void engine.search(query)));
});

test("any part of a text finds its section", () => {
  const texts = sections.all.filter((section) => sections.texts.of(section)?.text);
  const part = fc.constantFrom(...texts).chain((section) => {
    // half-width marks belong to the character before them
    const lines = (sections.texts.of(section)?.text ?? "").normalize("NFKC").split("\n");
    return fc.tuple(fc.constant(section), fc.constantFrom(...lines), fc.nat(60), fc.integer({ min: 2, max: 8 }));
  });
  fc.assert(
    fc.property(part, ([section, line, start, length]) => {
      const characters = [...line];
      const first = start % characters.length;
      const query = characters
        .slice(first, first + length)
        .join("")
        .trim();
      fc.pre(foldQuery(query) !== "" && !/["“”„＂\s]|^「.*」$/.test(query));
      const hit = engine.search(query).hits.some((hit) => hit.section === section);
      assert(hit, query);
    }),
  );
});
