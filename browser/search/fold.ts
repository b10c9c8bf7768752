// Folding: what people type in different ways becomes the same string.
//
// Every rule looks at one character with the marks that combine with it, never at its neighbours
// (runs of spaces apart). So what is found in a text is found in its folded form as well.
import { COMMON_FORM } from "./variants";

const SPACE = 0x20;
const LINE = 0x0a;
const NOTHING = -1;
const SEVERAL = -2; // more than one character: looked up as a string

/** Long-vowel mark, middle dots, soft hyphen, zero-width characters: written or not, as people like. */
const DROPPED = /[ー・·‧\u00ad\u200b-\u200d\u2060\ufeff]/;
/** Hyphens and dashes stand between words as a space does. */
const APART = /[\s\p{Cc}\-\u2010-\u2015\u2212\u2043]/u;
const COMBINING = /^[\p{M}\uff9e\uff9f]$/u;

// Filled as characters occur; 0 is "not seen yet", otherwise the folded code or one of the above.
const known = new Int32Array(0x10000);
const strings = new Map<string, string>();

/** The folded form of one character with its combining marks. */
function foldCluster(cluster: string): string {
  const found = strings.get(cluster);
  if (found !== undefined) return found;
  let folded = "";
  let dropped = false;
  for (const sign of cluster.normalize("NFKC").toLowerCase().normalize("NFKC")) {
    // marks on what is dropped go with it: alone they would combine with what stands before
    if (dropped && COMBINING.test(sign)) continue;
    dropped = DROPPED.test(sign);
    if (dropped) continue;
    const code = sign.charCodeAt(0);
    if (sign === "\n") folded += sign;
    else if (APART.test(sign)) folded += " ";
    else if ((code >= 0x30a1 && code <= 0x30f6) || code === 0x30fd || code === 0x30fe)
      folded += String.fromCharCode(code - 0x60); // katakana → hiragana
    else folded += String.fromCharCode(...[...sign].flatMap((one) => units(one)));
  }
  strings.set(cluster, folded);
  return folded;
}

function units(sign: string): number[] {
  const common = sign.length === 1 ? COMMON_FORM.get(sign.charCodeAt(0)) : undefined;
  return common === undefined ? Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at)) : [common];
}

function look(code: number): number {
  const folded = foldCluster(String.fromCharCode(code));
  const unit = folded.length === 1 ? folded.charCodeAt(0) : folded === "" ? NOTHING : SEVERAL;
  known[code] = unit;
  return unit;
}

/** How many units the mark at this place takes that combines with the character before it; 0 where none stands. */
function combining(text: string, at: number): number {
  const code = text.charCodeAt(at);
  // the ranges are asked first: nearly all text is outside them
  if (code < 0x300 || (code > 0x309a && code < 0xa66f) || (code > 0x302f && code < 0x3099)) return 0;
  if ((code > 0x36f && code < 0x483) || (code > 0x2100 && code < 0x2cef) || (code > 0x2dff && code < 0x302a)) return 0;
  const sign = String.fromCodePoint(text.codePointAt(at) as number);
  return COMBINING.test(sign) ? sign.length : 0;
}

/**
 * The folded form of `text`; with `places`, an empty list, also where each of its characters came from.
 *
 * Width and compatibility forms (NFKC), case, katakana, long-vowel marks, middle dots, hyphens,
 * variant characters and runs of space are made one. Line breaks stay: nothing matches across them.
 */
export function fold(text: string, places?: number[]): string {
  const codes: number[] = [];
  let folded = "";
  let last = SPACE;
  const put = (code: number, at: number): void => {
    if (code === SPACE && (last === SPACE || last === LINE)) return;
    codes.push(code);
    places?.push(at);
    last = code;
    if (codes.length === 8192) {
      folded += String.fromCharCode(...codes);
      codes.length = 0;
    }
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (code >= 0xd800 && code <= 0xdbff && end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end += 1;
    const single = end === at + 1;
    while (end < text.length) {
      const mark = combining(text, end);
      if (mark === 0) break;
      end += mark;
    }
    let one = SEVERAL;
    if (single && end === at + 1) one = known[code] || look(code);
    if (one >= 0) put(one, at);
    else if (one === SEVERAL) {
      const cluster = foldCluster(text.slice(at, end));
      for (let i = 0; i < cluster.length; i += 1) put(cluster.charCodeAt(i), at);
    }
    at = end;
  }
  return folded + String.fromCharCode(...codes);
}

/** A query's word or phrase: folded, on one line, without space around it. */
export function foldQuery(text: string): string {
  return fold(text.replace(/\n/g, " ")).trim();
}

/** What counts as the same letters: width and case alone. For "exactly so" and for what is shown first. */
export function literal(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

const ITERATED = /([\u4e00-\u9fff])々/g;
const DOUBLED = /([\u4e00-\u9fff])\1/g;

/** `word` as folded, and with iteration marks written out or put in. */
export function spellings(word: string): string[] {
  return [...new Set([word, word.replace(ITERATED, "$1$1"), word.replace(DOUBLED, "$1々")])];
}

/**
 * `word`, of which only width and case are folded, without the hiragana between and after its kanji:
 * 申し合わせ and 申合せ become 申合. "" for a word of other characters.
 */
export function withoutOkurigana(word: string): string {
  const kanji = word.replace(/[\u3041-\u3096]/g, "");
  return /^[\u4e00-\u9fff々]{2,}$/.test(kanji) && word.startsWith(kanji.charAt(0)) ? kanji : "";
}
