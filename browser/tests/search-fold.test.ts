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

test("different spellings fold to the same", () => {
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

test("different words stay apart", () => {
  for (const [a, b] of [
    ["研究", "研修"],
    ["リスク", "リース"],
    ["申告", "申請"],
    ["ディ", "デイ"],
  ] as const) {
    assert.notEqual(fold(a), fold(b));
  }
});

test("iteration marks are read either way", () => {
  assert(spellings(fold("人々")).includes("人人"));
  assert(spellings(fold("人人")).includes("人々"));
});

test("okurigana is left out of words written in kanji, and of no others", () => {
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

test("folding what is folded changes nothing", () => {
  // marks on signs that are dropped
  for (const one of ["かー\u3099", "fー\u0301", "か\u200d\u3099", "㌈\u3099"]) assert.equal(fold(fold(one)), fold(one));
  fc.assert(fc.property(text, (any) => assert.equal(fold(fold(any)), fold(any))));
});

test("a part of a text is found in the text, both folded", () => {
  // parts are cut where a person would: not between a letter and the marks that combine with it
  const parts = fc
    .tuple(text, text, text)
    .filter(
      ([, part, after]) => !/^[\p{M}\uff9e\uff9f\udc00-\udfff]/u.test(part) && !/^[\p{M}\uff9e\uff9f]/u.test(after),
    );
  fc.assert(
    fc.property(parts, ([before, part, after]) => {
      // half a surrogate pair would become a whole one with its neighbour
      fc.pre([before, part, after].every((one) => !/\p{Cs}/u.test(one)));
      fc.pre(!part.includes("\n"));
      assert(fold(before + part + after).includes(foldQuery(part)));
    }),
  );
});

test("every folded character comes from a place in the text, in order", () => {
  fc.assert(
    fc.property(text, (any) => {
      const places: number[] = [];
      const folded = fold(any, places);
      assert.equal(places.length, folded.length);
      assert(places.every((place, at) => place < any.length && place >= (places[at - 1] ?? 0)));
    }),
  );
});

test("marking keeps the text, and marks what is there", () => {
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

test("the literal form keeps everything but width and case", () => {
  assert.equal(literal("デュー・ＤＤ"), "デュー・dd");
});
