// Readings in Latin letters. Each kana has one romanization, so no dictionary is needed.

const SYLLABLES: Record<string, string> = {};
const ROWS: [string, string][] = [
  ["", "あいうえお"],
  ["k", "かきくけこ"],
  ["s", "さしすせそ"],
  ["t", "たちつてと"],
  ["n", "なにぬねの"],
  ["h", "はひふへほ"],
  ["m", "まみむめも"],
  ["r", "らりるれろ"],
  ["g", "がぎぐげご"],
  ["z", "ざじずぜぞ"],
  ["d", "だぢづでど"],
  ["b", "ばびぶべぼ"],
  ["p", "ぱぴぷぺぽ"],
  ["", "ぁぃぅぇぉ"],
];
for (const [consonant, row] of ROWS) {
  for (const [index, kana] of [...row].entries()) SYLLABLES[kana] = consonant + "aiueo"[index];
}
Object.assign(SYLLABLES, { や: "ya", ゆ: "yu", よ: "yo", わ: "wa", を: "o", ん: "n", ゔ: "vu" });
const SMALL: Record<string, string> = { ゃ: "ya", ゅ: "yu", ょ: "yo", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o" };

/** Folded hiragana in Latin letters; "" when the text has other characters. */
function toLatin(kana: string): string {
  let letters = "";
  let isDoubled = false;
  for (let index = 0; index < kana.length; index += 1) {
    const character = kana[index] as string;
    if (character === " ") continue;
    if (character === "っ") {
      isDoubled = true;
      continue;
    }
    let sound = SYLLABLES[character];
    if (sound === undefined) return "";
    const small = SMALL[kana[index + 1] ?? ""];
    if (small !== undefined) {
      index += 1;
      // き + ゃ is kya; て + ぃ is ti, not tei
      sound = small.length === 2 && sound.endsWith("i") ? sound.slice(0, -1) + small : sound.slice(0, -1) + small;
    }
    letters += isDoubled ? sound.charAt(0) + sound : sound;
    isDoubled = false;
  }
  return letters;
}

const NORMALIZATIONS: [RegExp, string][] = [
  [/[āâ]/g, "a"],
  [/[īî]/g, "i"],
  [/[ūû]/g, "u"],
  [/[ēê]/g, "e"],
  [/[ōô]/g, "o"],
  [/[^a-z]/g, ""],
  [/tch/g, "tt"],
  [/shi?(?=[aiueo])/g, "sy"],
  [/ch/g, "ty"],
  [/ts/g, "t"],
  [/j(?!y)/g, "zy"],
  [/jy/g, "zy"],
  [/f/g, "h"],
  [/dy/g, "zy"],
  [/l/g, "r"],
  [/([szt])yi/g, "$1i"],
  [/di/g, "zi"],
  [/du/g, "zu"],
  [/m(?=[pbm])/g, "n"],
  [/nn/g, "n"],
  [/([aiueo])h(?![aiueo])/g, "$1"],
  [/ou/g, "o"],
  [/([aiueo])\1+/g, "$1"],
  [/([kstpgzdb])\1+/g, "$1"],
];

/**
 * A key that is equal for all spellings of a reading: けんきゅう, kenkyuu, kenkyū, Kenkyu; shi and si.
 * "" for texts that are neither kana nor Latin letters.
 */
export function readingKey(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase();
  const kana = /[\u3041-\u3096]/.test(lower);
  let key = kana ? toLatin(lower) : lower;
  if (!kana && !/^[a-zāâīîūûēêōô'’ .-]+$/.test(lower)) return "";
  for (const [pattern, letters] of NORMALIZATIONS) key = key.replace(pattern, letters);
  return key;
}
