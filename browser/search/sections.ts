// The sections, with what ranking and filters need.
import {
  FILTERS,
  PROSE,
  type Filter,
  type Filters,
  type IndexFile,
  type Outline,
  type PageClass,
  type PageHead,
  type SectionClass,
  type SectionNames,
} from "./index-file";
import { Names } from "./names";
import { NumberedParts } from "./numbered-parts";
import type { Parts } from "./parts";
import { decodeNumbers } from "./posting-lists";
import { Postings } from "./postings";
import { Texts } from "./texts";

export interface Page extends PageClass {
  number: number;
  /** The number of its first section. */
  first: number;
}

export interface Section extends SectionClass {
  number: number;
  /** Its number on its page; 0 is the beginning of the page. */
  index: number;
  page: Page;
  /** About the lengths of the folded title, and of all that is searched. */
  titleLength: number;
  length: number;
}

/** So many levels of length lie between a length and twice as much; see search_parts.py. */
const LEVELS = 2;
/** Stands for a title while it is not loaded. */
export const UNKNOWN = "…";

/** The values of a section for a filter. */
export function valuesOf(section: Section, filter: Filter): readonly string[] {
  if (filter === "audience") return section.page.audience;
  if (filter === "kind") return [section.kind ?? PROSE];
  const status = section.status ?? section.page.status;
  return status === undefined ? [] : [status];
}

/** Whether a section passes all filters. */
export function passesFilters(section: Section, filters: Filters): boolean {
  return FILTERS.every((filter) => {
    const filterValue = filters[filter];
    return filterValue === undefined || valuesOf(section, filter).includes(filterValue);
  });
}

/** All sections of a language. */
export class Sections {
  readonly all: Section[] = [];
  readonly pages: Page[] = [];
  readonly heads: NumberedParts<PageHead>;
  readonly postings: Postings;
  readonly texts: Texts;
  readonly names: Names;

  constructor(
    readonly file: IndexFile,
    readonly parts: Parts,
  ) {
    this.heads = new NumberedParts(file.pages, parts);
    this.texts = new Texts(new NumberedParts(file.texts, parts), parts);
    this.names = new Names(file.names, new NumberedParts(file.counts, parts), parts, this.all);
    this.postings = new Postings(file, parts, this.texts, this.names);
  }

  /** Adds the pages of the next part of the outline; at each page the caller may pause. */
  *addPages(outline: Outline): Generator<undefined> {
    const pages = decodeNumbers(outline[0]);
    const classes = decodeNumbers(outline[1]);
    const levels = outline[2].map((column) => decodeNumbers(column).values());
    const nextLength = (column: number): number => lengthOf(levels[column]?.next().value as number);
    let section = 0;
    for (let column = 0; column < pages.length; column += 2) {
      const page = {
        ...(this.file.pageClasses[pages[column] as number] as PageClass),
        number: this.pages.length,
        first: this.all.length,
      };
      this.pages.push(page);
      for (const end = section + (pages[column + 1] as number); section < end; section += 1) {
        const sectionClass = classes[section] as number;
        this.all.push({
          ...this.file.classes[sectionClass],
          number: this.all.length,
          index: this.all.length - page.first,
          page,
          titleLength: nextLength(sectionClass),
          length: nextLength(levels.length / 2 + sectionClass),
        });
      }
      yield;
    }
  }

  /** What is shown of a page; undefined while it is not loaded. */
  headOf({ number }: Page): PageHead | undefined {
    return this.heads.peek(number);
  }

  /**
   * The address of a section, relative to the folder of the language. While it is not loaded it leads to the
   * beginning of the page; Material takes an address without an anchor for that of the page itself.
   */
  locationOf(section: Section): string {
    const path = this.headOf(section.page)?.path ?? "";
    return section.index === 0 ? path : `${path}#${this.namesOf(section)?.id ?? ""}`;
  }

  /** The names of a section; undefined while nothing with them is loaded. */
  namesOf(section: Section): SectionNames | undefined {
    return this.names.of(section) ?? this.texts.of(section);
  }

  /** The title of a section; that of its page while it is not loaded. */
  titleOf(section: Section): string {
    return this.namesOf(section)?.title ?? this.headOf(section.page)?.title ?? UNKNOWN;
  }
}

function lengthOf(level: number): number {
  return 2 ** (level / LEVELS) - 1;
}
