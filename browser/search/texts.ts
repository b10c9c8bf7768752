// The texts of the sections.
import { fold, literal } from "./fold";
import type { IndexFile, SectionText } from "./index-file";
import type { Parts } from "./parts";
import { lastNotAfter } from "./posting-lists";
import type { SectionTexts } from "./postings";
import type { Section } from "./sections";

export class Texts implements SectionTexts {
  private readonly folded = new Map<number, { folded: string; literal: string }>();

  constructor(
    private readonly file: IndexFile,
    private readonly parts: Parts,
    private readonly sections: readonly Section[],
  ) {}

  /** The name of the part with the text of a section. */
  partOf({ number }: Section): string {
    return this.place(number)[1];
  }

  /** The text of a section; undefined while it is not loaded. */
  of({ number }: Section): SectionText | undefined {
    const [first, name] = this.place(number);
    return this.parts.peek<SectionText[]>(name)?.[number - first];
  }

  /** The text of a section that a search needs; undefined while it is missing. */
  require(section: Section): SectionText | undefined {
    this.parts.read(this.partOf(section));
    return this.of(section);
  }

  missingPart(number: number): string | undefined {
    const [, name] = this.place(number);
    return this.parts.peek(name) === undefined ? name : undefined;
  }

  read(number: number): { folded: string; literal: string } | undefined {
    const cached = this.folded.get(number);
    if (cached !== undefined) return cached;
    const section = this.sections[number] as Section;
    const content = this.require(section);
    if (content === undefined) return undefined;
    const { title, names = [], readings = [], text = "", notes = "" } = content;
    const otherNames = [...names, ...readings];
    const texts = {
      folded: [fold(title), otherNames.map((name) => fold(name)).join("\n"), fold(text), fold(notes), ""].join("\n"),
      literal: literal([title, ...otherNames, text, notes].join("\n")),
    };
    this.folded.set(number, texts);
    return texts;
  }

  /** The number of the first section of the part with a section, and the name of the part. */
  private place(number: number): [number, string] {
    return this.file.texts[lastNotAfter(this.file.texts, number)] as [number, string];
  }
}
