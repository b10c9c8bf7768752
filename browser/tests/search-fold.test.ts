import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { highlight } from "../search/excerpt";
import { fold, foldQuery, literal, spellings, withoutOkurigana } from "../search/fold";
import { readingKey } from "../search/romaji";

const SAMPLE =
  "研究セキュリティの確保に関する取組のための手順書（案）。デュー・ディリジェンス：髙橋﨑様は、ﾃﾞｭｰﾃﾞﾘとＤＤを、日々の co-investigators と確かめます。G7⑦㌔ が́ e\u0301 𠮷 👩‍🔬 ー・";
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...SAMPLE)).map((signs) => signs.join("")),
);

test("different spellings have the same folded form", () => {
  const same: [string, ...string[]][] = [
    [
      "デュー・ディリジェンス",
      "デューディリジェンス",
      "ﾃﾞｭｰ･ﾃﾞｨﾘｼﾞｪﾝｽ",
      "でゅーでぃりじぇんす",
      "デュ－ディリジェンス".replace("－", "ー"),
    ],
    ["DD", "ＤＤ", "dd"],
    ["サーバー", "サーバ", "ｻｰﾊﾞｰ"],
    ["髙橋", "高橋"],
    ["山﨑", "山崎"],
    ["渡邊", "渡辺"],
    ["co-investigator", "Co-Investigator", "co investigator", "co‐investigator", "co–investigator"],
    ["20分野", "２０分野"],
    ["リスク　評価", "リスク 評価", "ﾘｽｸ  評価"],
  ];
  for (const [first, ...others] of same) {
    for (const other of others) assert.equal(fold(other), fold(first), other);
  }
});

test("the numbering of a document is found without its machine-dependent characters", () => {
  assert.equal(fold("Ⅱ－４（４）②"), fold("II-4(4)2"));
  assert.equal(fold("㈱図書館"), fold("(株)図書館"));
});

test("different words have different folded forms", () => {
  for (const [a, b] of [
    ["研究", "研修"],
    ["リスク", "リース"],
    ["申告", "申請"],
    ["ディ", "デイ"],
  ] as const) {
    assert.notEqual(fold(a), fold(b));
  }
});

test("iteration marks are expanded and inserted", () => {
  assert(spellings(fold("人々")).includes("人人"));
  assert(spellings(fold("人人")).includes("人々"));
});

test("okurigana is removed from words written in kanji only", () => {
  assert.equal(withoutOkurigana("申し合わせ"), "申合");
  assert.equal(withoutOkurigana("申合せ"), "申合");
  assert.equal(withoutOkurigana("取り組み"), withoutOkurigana("取組"));
  assert.equal(withoutOkurigana("研究セキュリティ"), "");
  assert.equal(withoutOkurigana("する"), "");
});

test("a reading has one key, in kana or in Latin letters", () => {
  const key = readingKey("けんきゅうせきゅりてぃ");
  for (const same of [
    "kenkyu sekyuriti",
    "kenkyuu sekyuriti",
    "kenkyū sekyuriti",
    "Kenkyu Sekyuriti",
    "ケンキュウセキュリティ"
      .normalize("NFKC")
      .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60)),
  ]) {
    assert.equal(readingKey(same), key, same);
  }
  assert.equal(readingKey("しんさ"), readingKey("sinsa"));
  assert.equal(readingKey("しんさ"), readingKey("shinsa"));
  assert.equal(readingKey("ちしき"), readingKey("tisiki"));
  assert.equal(readingKey("じぎょう"), readingKey("zigyou"));
  assert.equal(readingKey("けっか"), readingKey("kekka"));
  assert.notEqual(readingKey("けんしゅう"), readingKey("けんきゅう"));
  assert.equal(readingKey("研究"), "");
});

test("folding is idempotent", () => {
  // marks on characters that are dropped
  for (const text of ["かー\u3099", "fー\u0301", "か\u200d\u3099", "㌈\u3099"])
    assert.equal(fold(fold(text)), fold(text));
  fc.assert(fc.property(text, (any) => assert.equal(fold(fold(any)), fold(any))));
});

test("the folded text contains each folded part", () => {
  // no part is cut between a letter and its combining marks
  const parts = fc
    .tuple(text, text, text)
    .filter(
      ([, part, after]) => !/^[\p{M}\uff9e\uff9f\udc00-\udfff]/u.test(part) && !/^[\p{M}\uff9e\uff9f]/u.test(after),
    );
  fc.assert(
    fc.property(parts, ([before, part, after]) => {
      // a lone surrogate would form a pair with its neighbour
      fc.pre([before, part, after].every((text) => !/\p{Cs}/u.test(text)));
      fc.pre(!part.includes("\n"));
      assert(fold(before + part + after).includes(foldQuery(part)));
    }),
  );
});

test("folded characters have ascending positions in the text", () => {
  fc.assert(
    fc.property(text, (any) => {
      const places: number[] = [];
      const folded = fold(any, places);
      assert.equal(places.length, folded.length);
      assert(places.every((place, index) => place < any.length && place >= (places[index - 1] ?? 0)));
    }),
  );
});

test("highlighting keeps the text and marks the matches", () => {
  fc.assert(
    fc.property(text, text, (any, mark) => {
      const pieces = highlight(any, [foldQuery(mark)]);
      assert.equal(pieces.map((piece) => piece.text).join(""), any);
    }),
  );
  assert.deepEqual(highlight("ﾃﾞｭｰ･ﾃﾞﾘの案", [foldQuery("デューデリ")]), [
    { text: "ﾃﾞｭｰ･ﾃﾞﾘ", isMatch: true },
    { text: "の案", isMatch: false },
  ]);
});

test("the literal form changes only width and case", () => {
  assert.equal(literal("デュー・ＤＤ"), "デュー・dd");
});
