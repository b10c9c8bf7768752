// The sections, with what ranking and filters need.
import {
  FILTERS,
  PROSE,
  type Filter,
  type Filters,
  type IndexFile,
  type PageEntry,
  type SectionClass,
} from "./index-file";
import type { Parts } from "./parts";
import { decodeNumbers } from "./posting-lists";
import { Postings } from "./postings";
import { Texts } from "./texts";

export interface Section extends SectionClass {
  number: number;
  /** Its number on its page; 0 is the beginning of the page. */
  index: number;
  page: PageEntry;
  pageNumber: number;
  /** The lengths of the folded title, and of all that is searched. */
  titleLength: number;
  length: number;
}

/** The numbers of a section in the table of its page: its class and the lengths of its fields. */
const NUMBERS = 5;

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
  /** The number of the first section of each page. */
  readonly firstOfPage: number[] = [];
  readonly postings: Postings;
  readonly texts: Texts;

  constructor(
    readonly file: IndexFile,
    readonly parts: Parts,
  ) {
    this.texts = new Texts(file, parts, this.all);
    this.postings = new Postings(file.postings, parts, this.texts);
  }

  /** Adds the next page. */
  addPage(page: PageEntry): void {
    const pageNumber = this.firstOfPage.length;
    this.firstOfPage.push(this.all.length);
    const numbers = decodeNumbers(page.sections);
    for (let index = 0; index * NUMBERS < numbers.length; index += 1) {
      const [classNumber = 0, ...lengths] = numbers.slice(index * NUMBERS, (index + 1) * NUMBERS);
      this.all.push({
        ...this.file.classes[classNumber],
        number: this.all.length,
        index,
        page,
        pageNumber,
        titleLength: lengths[0] ?? 0,
        length: lengths.reduce((sum, length) => sum + length + 1, 0),
      });
      this.postings.addSection(lengths);
    }
  }

  /**
   * The address of a section, relative to the folder of the language. While its text is missing it leads to the
   * beginning of the page; Material takes an address without an anchor for that of the page itself.
   */
  locationOf(section: Section): string {
    const { path } = section.page;
    return section.index === 0 ? path : `${path}#${this.texts.of(section)?.id ?? ""}`;
  }

  /** The title of a section; that of its page while its text is missing. */
  titleOf(section: Section): string {
    return this.texts.of(section)?.title ?? section.page.title;
  }
}
