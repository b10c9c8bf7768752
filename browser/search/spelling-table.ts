// The spellings of the same word that the handbook lists, such as 寄附 and 寄付.
import { literal } from "./fold";

/** Maximal number of forms of a word. */
const MAX_FORMS = 8;

export class SpellingTable {
  /** The groups, each from the longest spelling to the shortest. */
  private readonly groups: readonly (readonly string[])[];

  /** @param groups Spellings of the same word, by word */
  constructor(groups: readonly (readonly string[])[]) {
    this.groups = groups.map((group) => group.map((text) => literal(text)).sort((a, b) => b.length - a.length));
  }

  /** A text with width and case folded, and its forms with the words that it contains in their other spellings. */
  formsOf(text: string): string[] {
    const plain = literal(text);
    const forms = [plain];
    for (const group of this.groups) {
      const contained = group.find((spelling) => plain.includes(spelling));
      if (contained === undefined) continue;
      for (const form of [...forms]) {
        forms.push(...group.filter((spelling) => spelling !== contained).map((to) => form.replaceAll(contained, to)));
      }
    }
    return [...new Set(forms)].slice(0, MAX_FORMS);
  }
}
