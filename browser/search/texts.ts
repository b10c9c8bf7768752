// The texts of the pages, each in a part of its own.
import { fold, literal } from "./fold";
import type { IndexFile, PageTexts, SectionText } from "./index-file";
import type { Parts } from "./parts";
import type { SectionTexts } from "./postings";
import type { Section } from "./sections";

export class Texts implements SectionTexts {
  private readonly folded = new Map<number, { folded: string; literal: string }>();

  constructor(
    private readonly file: IndexFile,
    private readonly parts: Parts,
    private readonly sections: readonly Section[],
  ) {}

  /** The name of the part with the texts of the page of a section. */
  partOf({ pageNumber }: Section): string {
    return this.file.texts[pageNumber] ?? "";
  }

  /** The texts of the page of a section; undefined while they are not loaded. */
  ofPage(section: Section): PageTexts | undefined {
    return this.parts.peek<PageTexts>(this.partOf(section));
  }

  /** The text of a section; undefined while it is not loaded. */
  of(section: Section): SectionText | undefined {
    const texts = this.ofPage(section)?.sections;
    const own = texts?.[section.index];
    if (own?.at === undefined) return own;
    return { ...own, text: texts?.[own.at[0]]?.text?.split("\n")[own.at[1]] ?? "" };
  }

  /** The text of a section that a search needs; undefined while it is missing. */
  require(section: Section): SectionText | undefined {
    this.parts.read(this.partOf(section));
    return this.of(section);
  }

  missingPart(number: number): string | undefined {
    const section = this.sections[number] as Section;
    return this.ofPage(section) === undefined ? this.partOf(section) : undefined;
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
}
