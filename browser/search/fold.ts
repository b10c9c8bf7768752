// Folding: different spellings become the same string.
//
// Each rule considers a character with its combining marks, never its neighbours (except for runs of spaces).
// Therefore a string that a text contains is also contained, folded, in the folded text.
import { COMMON_FORM } from "./variants";

const SPACE = 0x20;
const LINE = 0x0a;
const NOTHING = -1;
const SEVERAL = -2; // more than one code unit: looked up as a string

/** Optional characters: long-vowel mark, middle dots, soft hyphen, zero-width characters. */
const DROPPED = /[ー・·‧\u00ad\u200b-\u200d\u2060\ufeff]/;
/** Separators of words: space, control characters, hyphens and dashes. */
const APART = /[\s\p{Cc}\-\u2010-\u2015\u2212\u2043]/u;
const COMBINING = /^[\p{M}\uff9e\uff9f]$/u;

// Filled on demand; 0 means not computed yet, other values are the folded code unit, NOTHING or SEVERAL.
const unitByCode = new Int32Array(0x10000);
const foldedClusters = new Map<string, string>();

/** The folded form of a character with its combining marks. */
function foldCluster(cluster: string): string {
  const cached = foldedClusters.get(cluster);
  if (cached !== undefined) return cached;
  let folded = "";
  let dropped = false;
  for (const character of cluster.normalize("NFKC").toLowerCase().normalize("NFKC")) {
    // the marks of a dropped character are dropped too: otherwise they would combine with the character before
    if (dropped && COMBINING.test(character)) continue;
    dropped = DROPPED.test(character);
    if (dropped) continue;
    const code = character.charCodeAt(0);
    if (character === "\n") folded += character;
    else if (APART.test(character)) folded += " ";
    else if ((code >= 0x30a1 && code <= 0x30f6) || code === 0x30fd || code === 0x30fe)
      folded += String.fromCharCode(code - 0x60); // katakana → hiragana
    else folded += String.fromCharCode(...[...character].flatMap((unit) => codeUnits(unit)));
  }
  foldedClusters.set(cluster, folded);
  return folded;
}

function codeUnits(character: string): number[] {
  const commonForm = character.length === 1 ? COMMON_FORM.get(character.charCodeAt(0)) : undefined;
  return commonForm === undefined
    ? Array.from({ length: character.length }, (_, position) => character.charCodeAt(position))
    : [commonForm];
}

function lookUp(code: number): number {
  const folded = foldCluster(String.fromCharCode(code));
  const unit = folded.length === 1 ? folded.charCodeAt(0) : folded === "" ? NOTHING : SEVERAL;
  unitByCode[code] = unit;
  return unit;
}

/** The number of code units of the combining mark at a position; 0 when there is none. */
function combiningLength(text: string, position: number): number {
  const code = text.charCodeAt(position);
  // ranges without combining marks first: they cover nearly all text
  if (code < 0x300 || (code > 0x309a && code < 0xa66f) || (code > 0x302f && code < 0x3099)) return 0;
  if ((code > 0x36f && code < 0x483) || (code > 0x2100 && code < 0x2cef) || (code > 0x2dff && code < 0x302a)) return 0;
  const character = String.fromCodePoint(text.codePointAt(position) as number);
  return COMBINING.test(character) ? character.length : 0;
}

/**
 * The folded form of a text.
 *
 * Unifies width and compatibility forms (NFKC), case, katakana, long-vowel marks, middle dots, hyphens, variant
 * characters and runs of space. Line breaks stay, so that nothing matches across them.
 *
 * @param places An empty list that is filled with the position in `text` of each folded code unit
 */
export function fold(text: string, places?: number[]): string {
  const codes: number[] = [];
  let folded = "";
  let last = SPACE;
  const append = (code: number, position: number): void => {
    if (code === SPACE && (last === SPACE || last === LINE)) return;
    codes.push(code);
    places?.push(position);
    last = code;
    if (codes.length === 8192) {
      folded += String.fromCharCode(...codes);
      codes.length = 0;
    }
  };
  for (let position = 0; position < text.length; ) {
    const code = text.charCodeAt(position);
    let end = position + 1;
    if (code >= 0xd800 && code <= 0xdbff && end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end += 1;
    const single = end === position + 1;
    while (end < text.length) {
      const mark = combiningLength(text, end);
      if (mark === 0) break;
      end += mark;
    }
    let unit = SEVERAL;
    if (single && end === position + 1) unit = unitByCode[code] || lookUp(code);
    if (unit >= 0) append(unit, position);
    else if (unit === SEVERAL) {
      const cluster = foldCluster(text.slice(position, end));
      for (let i = 0; i < cluster.length; i += 1) append(cluster.charCodeAt(i), position);
    }
    position = end;
  }
  return folded + String.fromCharCode(...codes);
}

/** A word or phrase of a query: folded, on one line, trimmed. */
export function foldQuery(text: string): string {
  return fold(text.replace(/\n/g, " ")).trim();
}

/** A text with only width and case folded, for quoted words and for ranking. */
export function literal(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

const ITERATED = /([\u4e00-\u9fff])々/g;
const DOUBLED = /([\u4e00-\u9fff])\1/g;

/** A folded word, and its variants with iteration marks expanded or inserted. */
export function spellings(word: string): string[] {
  return [...new Set([word, word.replace(ITERATED, "$1$1"), word.replace(DOUBLED, "$1々")])];
}

/**
 * A word without the hiragana between and after its kanji: 申し合わせ and 申合せ become 申合; "" for other words.
 *
 * @param word A word with only width and case folded
 */
export function withoutOkurigana(word: string): string {
  const kanji = word.replace(/[\u3041-\u3096]/g, "");
  return /^[\u4e00-\u9fff々]{2,}$/.test(kanji) && word.startsWith(kanji.charAt(0)) ? kanji : "";
}
