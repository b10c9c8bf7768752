// The texts of the sections.
import { fold, literal } from "./fold";
import type { SectionText } from "./index-file";
import type { NumberedParts } from "./numbered-parts";
import type { Parts } from "./parts";
import type { FieldTexts, SectionTexts } from "./postings";
import type { Section } from "./sections";

export class Texts implements SectionTexts {
  private readonly folded = new Map<number, FieldTexts>();

  constructor(
    private readonly entries: NumberedParts<SectionText>,
    private readonly parts: Parts,
  ) {}

  /** The name of the part with the text of a section. */
  partOf({ number }: Section): string {
    return this.entries.partOf(number);
  }

  /** The text of a section; undefined while it is not loaded. */
  of({ number }: Section): SectionText | undefined {
    return this.entries.peek(number);
  }

  /** The text of a section that a search needs; undefined while it is missing. */
  require({ number }: Section): SectionText | undefined {
    return this.entries.require(number);
  }

  missingPart(number: number): string | undefined {
    const name = this.entries.partOf(number);
    return this.parts.peek(name) === undefined ? name : undefined;
  }

  read(number: number): FieldTexts | undefined {
    const cached = this.folded.get(number);
    if (cached !== undefined) return cached;
    const content = this.entries.require(number);
    if (content === undefined) return undefined;
    const { title, names = [], readings = [], text = "", notes = "" } = content;
    const otherNames = [...names, ...readings];
    const texts = {
      folded: [fold(title), otherNames.map((name) => fold(name)).join("\n"), fold(text), fold(notes)],
      literal: literal([title, ...otherNames, text, notes].join("\n")),
    };
    this.folded.set(number, texts);
    return texts;
  }
}
