// Parses a query into words.
import { foldQuery, literal, spellings } from "./fold";

/** Longer queries are cut. */
const MAX_LENGTH = 200;
const MAX_WORDS = 24;

/** An English word of which the index has the counts, if the text has it. */
export const COUNTED = /^[a-z]{4,}$/;
/** The numbers of letters of two words that tell that they follow each other. */
const LETTERS_BEFORE = 1;
const LETTERS_BEHIND = 3;

/** A word, or a phrase in quotation marks, which has to match exactly. */
export interface Word {
  raw: string;
  folded: string;
  exact: boolean;
  /** Whether it is searched for without the other spellings that the handbook lists. */
  asWritten?: boolean;
}

export interface Query {
  raw: string;
  words: Word[];
  /** The folded words joined, to match titles and names. */
  whole: string;
}

const QUOTED = /["“”„＂]([^"“”„＂]*)["“”„＂]?|[^\s"“”„＂]+/g;
const WRAPPED = /^\s*[「『]([^「」『』]+)[」』]\s*$/;

/** Parses a query. `words` is empty when there is nothing to search for. */
export function readQuery(text: string): Query {
  // some functions throw at lone surrogates
  const clean = text.slice(0, MAX_LENGTH).replace(/[\p{Cc}\p{Cs}]/gu, " ");
  const words: Word[] = [];
  const wrapped = WRAPPED.exec(clean);
  const source = wrapped ? `"${wrapped[1]}"` : clean;
  for (const match of source.matchAll(QUOTED)) {
    const exact = match[1] !== undefined;
    const text = (match[1] ?? match[0]).trim();
    if (literal(text) !== "" && words.length < MAX_WORDS) words.push({ ...wordOf(text), exact });
  }
  return {
    raw: clean.trim(),
    words,
    whole: words
      .map((word) => word.folded)
      .join(" ")
      .trim(),
  };
}

const ENGLISH_FUNCTION_WORDS = new Set(
  (
    "a about all am an and any are as at be been before but by can could did do does for from get got had has have how i if in into is it its may me " +
    "must my need no not of on or our should so than that the their them then there these they this those to up was we were what when where " +
    "which who whom whose why will with would you your"
  ).split(" "),
);
const RUNS = /[\p{Script=Han}々]+|[ぁ-ゖァ-ヶー・]+|[a-z0-9]+/gu;
const JAPANESE_ENDINGS =
  /(?:とは何ですか|とはなんですか|とは|ですか|ますか|でしょうか|ください|下さい|教えて|について|に関する|するには|どうすれば(?:よい|いい)|したい|しなければ(?:なりません|ならない)?か?|必要がありますか|必要ですか|できますか|何を|なにを|いつ|どこ[にでへ]?|だれ[がにを]?|誰[がにを]?|なぜ|どの(?:よう[にな])?|どう(?:やって)?|何が|どんな|ありますか|すれば|べき|どれ|いくつ|何)/g;

/** The content words of a question, without its function words. */
export function contentWords(words: readonly Word[]): Word[] {
  const content: Word[] = [];
  for (const word of words) {
    const text = literal(word.raw).replace(JAPANESE_ENDINGS, " ");
    for (const [run] of text.matchAll(RUNS)) {
      const latin = /^[a-z0-9]/.test(run);
      if (latin ? ENGLISH_FUNCTION_WORDS.has(run) : /^[ぁ-ゖ]{1,3}$/.test(run)) continue;
      const contentWord = wordOf(run);
      if (contentWord.folded !== "" && !content.some(({ folded }) => folded === contentWord.folded))
        content.push(contentWord);
    }
  }
  return content;
}

/**
 * The words of a name that a section has to contain if it has not all of it: without the punctuation around them, and
 * without signs and English function words, which nearly all sections have.
 */
export function contentOfName(words: readonly Word[]): readonly Word[] {
  const bare = words.map(({ raw }) => wordOf(raw.replace(/^\(|[),.;:]+$/g, "")));
  const content = bare.filter(({ folded }) => folded.length > 1 && !ENGLISH_FUNCTION_WORDS.has(folded));
  return content.length === 0 || words.length < 2 || words.some(({ exact }) => exact) ? words : content;
}

/** A word of a query that is no phrase. */
export function wordOf(raw: string): Word {
  return { raw, folded: foldQuery(raw), exact: false };
}

/**
 * From where to where words tell that they follow each other, if sections with all those that are counted are known: the end
 * of the first and the beginning of the last one are in fewer parts.
 */
export function jointOf(words: string): [start: number, end: number] {
  const first = words.slice(0, words.indexOf(" "));
  const last = words.slice(words.lastIndexOf(" ") + 1);
  return [
    COUNTED.test(first) ? first.length - LETTERS_BEFORE : 0,
    words.length - (COUNTED.test(last) ? last.length - LETTERS_BEHIND : 0),
  ];
}

/** English words, and their variants with the last word in the singular or plural. */
export function inflections(words: string): string[] {
  const last = words.slice(words.lastIndexOf(" ") + 1);
  const before = words.slice(0, words.length - last.length);
  return inflected(last).map((form) => before + form);
}

function inflected(word: string): string[] {
  if (!/^[a-z]{4,}$/.test(word)) return [word];
  if (word.endsWith("ies")) return [word, `${word.slice(0, -3)}y`];
  if (/(?:ss|us|is)$/.test(word)) return [word];
  if (/(?:ch|sh|x|ss)es$/.test(word)) return [word, word.slice(0, -2)];
  if (word.endsWith("s")) return [word, word.slice(0, -1)];
  if (/[^aeiou]y$/.test(word)) return [word, `${word.slice(0, -1)}ies`];
  return [word];
}

/** The strings to search for: the word, its variants with iteration marks, its singular or plural. */
export function formsOf(word: Word): string[] {
  if (word.exact) return [word.folded];
  return [...new Set([...spellings(word.folded), ...inflections(word.folded)])];
}
