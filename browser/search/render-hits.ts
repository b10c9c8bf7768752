// Renders hits for Material's search box and for the command line.
import { beginning, bestSentence, highlight, type Span } from "./excerpt";
import { fold } from "./fold";
import type { SearchResult, Group } from "./search-result";
import { PROSE } from "./index-file";
import { TIER, type Hit } from "./rank";
import { UNKNOWN, valuesOf, type Sections } from "./sections";

/** A result as Material's script expects it. `title` and `text` are HTML. */
export interface MaterialDocument {
  readonly location: string;
  readonly title: string;
  readonly text: string;
  score: number;
  terms: Record<string, boolean>;
  /** Whether what it needs has come since it was read without. */
  readonly isLate: boolean;
  /** Loads what its title and its text need. */
  load(): Promise<void>;
}

/** The number of sections of a page that are shown before "more on this page". */
export const OPEN_SECTIONS = 3;

/** The texts that describe a hit. */
interface HitDescription {
  kind: string;
  status?: string;
  statusClasses?: string;
  source?: string;
  also?: Span[];
  definition?: Span[];
  sentence?: Span[];
}

/** The description of a hit; without texts while they are not loaded. */
function describeHit({ section, tier }: Hit, result: SearchResult, sections: Sections): HitDescription {
  const { file } = sections;
  const texts = sections.texts.of(section);
  const description: HitDescription = { kind: file.words.kinds[section.kind ?? PROSE] ?? "" };
  const [status] = valuesOf(section, "status");
  if (status !== undefined) {
    description.status = file.status[status] ?? status;
    description.statusClasses = file.statusClasses[status] ?? "tb-status";
  }
  if (texts === undefined) return description;
  if (texts.source !== undefined && section.kind !== "source") {
    const [title, date] = texts.source;
    description.source = `${title} (${date})`;
  }
  const hasMark = (text: string): boolean => {
    const folded = fold(text);
    return result.marks.some((mark) => folded.includes(mark));
  };
  const names = [...(texts.names ?? []), ...(texts.readings ?? [])].filter(hasMark);
  if (names.length > 0 && !hasMark(texts.title)) {
    description.also = highlight(names.slice(0, 3).join(", "), result.marks);
  }
  const sentence = bestSentence(texts, result.marks);
  if (section.kind === "term" || sentence === undefined || tier === TIER.name)
    description.definition = beginning(texts, result.marks);
  // not repeated when the match is in the definition
  const isSame = (a: Span[], b: Span[]): boolean => textOf(a) === textOf(b);
  if (sentence && !(description.definition && isSame(description.definition, sentence)))
    description.sentence = sentence;
  return description;
}

function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join("");
}

/** Text escaped for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function spansHtml(spans: readonly Span[]): string {
  return spans.map(({ text, isMatch }) => (isMatch ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text))).join("");
}

/**
 * The pages of a result as Material's lists of documents: the page and its sections.
 *
 * Addresses, titles and texts are rendered when Material reads them, which it does for visible results only.
 *
 * @param base Path from the site of this language to that of the result; "" for the same language
 * @param onRead Called with the number of a page when Material reads it
 */
export function materialItems(
  result: SearchResult,
  groups: readonly Group[],
  sections: Sections,
  base: string,
  onRead?: (pageIndex: number) => void,
): MaterialDocument[][] {
  const { file } = sections;
  const terms = Object.fromEntries(result.words.map((word) => [word, true]));
  const name = file.languages[file.language] ?? "";
  const chip = `<span class="tb-search__language">${escapeHtml(name)}</span> `;
  const lang = escapeHtml(file.language);
  const titleHtml = (title: string, isPage: boolean): string => {
    const inner = spansHtml(highlight(title, result.marks));
    return base === "" ? inner : `${isPage ? chip : ""}<span lang="${lang}">${inner}</span>`;
  };
  return groups.map((group, pageIndex) => {
    const score = groups.length - pageIndex;
    const pageHit = group.hits.findIndex(({ section }) => section.index === 0);
    // Material collapses documents with a lower score than the first; a page that matches itself is shown alone
    const headPart = sections.heads.partOf(group.page.number);
    const hasHead = (): boolean => sections.headOf(group.page) !== undefined;
    const open = pageHit === 0 ? 1 : OPEN_SECTIONS;
    const documents: MaterialDocument[] = group.hits.map((hit, index) => {
      const isThere = (): boolean => hasHead() && sections.texts.of(hit.section) !== undefined;
      let isIncomplete = false;
      return {
        get location() {
          return base + sections.locationOf(hit.section);
        },
        get title() {
          isIncomplete = !isThere();
          return titleHtml(sections.titleOf(hit.section), hit.section.index === 0);
        },
        get text() {
          onRead?.(pageIndex);
          return hitHtml(hit, result, sections, base !== "");
        },
        get isLate() {
          return isIncomplete && isThere();
        },
        score: index < open ? score : score - 0.5,
        terms,
        load: () => sections.parts.load([sections.texts.partOf(hit.section), headPart]),
      };
    });
    if (pageHit < 0) {
      let isIncomplete = false;
      documents.push({
        get location() {
          return base + (sections.headOf(group.page)?.path ?? "");
        },
        get title() {
          isIncomplete = !hasHead();
          return titleHtml(sections.headOf(group.page)?.title ?? UNKNOWN, true);
        },
        text: "",
        get isLate() {
          return isIncomplete && hasHead();
        },
        score: score - 0.5,
        terms,
        load: () => sections.parts.load([headPart]),
      });
    }
    return documents;
  });
}

function hitHtml(hit: Hit, result: SearchResult, sections: Sections, isForeign: boolean): string {
  const description = describeHit(hit, result, sections);
  const { file } = sections;
  const { words } = file;
  const facts = [
    description.kind === "" ? "" : `<span class="tb-search__kind">${escapeHtml(description.kind)}</span>`,
    description.status === undefined
      ? ""
      : `<span class="${escapeHtml(description.statusClasses ?? "")}">${escapeHtml(description.status)}</span>`,
    description.source === undefined ? "" : `<span class="tb-search__source">${escapeHtml(description.source)}</span>`,
  ].filter((fact) => fact !== "");
  const lines = [
    description.definition === undefined || description.definition.length === 0
      ? ""
      : `<p class="tb-search__definition">${spansHtml(description.definition)}</p>`,
    description.sentence === undefined ? "" : `<p class="tb-search__sentence">${spansHtml(description.sentence)}</p>`,
    description.also === undefined
      ? ""
      : `<p class="tb-search__also">${escapeHtml(words.also)}: ${spansHtml(description.also)}</p>`,
    `<p class="tb-search__facts">${facts.join(" ")}</p>`,
  ];
  const inner = lines.join("");
  return isForeign ? `<div lang="${escapeHtml(file.language)}">${inner}</div>` : inner;
}

/** A hit as plain data, for the command line. */
export function plainHit(hit: Hit, result: SearchResult, sections: Sections): Record<string, unknown> {
  const description = describeHit(hit, result, sections);
  const page = sections.headOf(hit.section.page)?.id;
  return {
    id: sections.texts.of(hit.section)?.id ?? page,
    page,
    location: sections.locationOf(hit.section),
    title: sections.titleOf(hit.section),
    kind: description.kind,
    status: description.status ?? "",
    source: description.source ?? "",
    definition: textOf(description.definition ?? []),
    sentence: textOf(description.sentence ?? []),
    tier: hit.tier,
  };
}
