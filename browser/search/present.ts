// Answers as Material shows them, and as the command line does.
import { beginning, bestSentence, marked, type Piece } from "./excerpt";
import { fold } from "./fold";
import type { Answer, Group } from "./answer";
import { PROSE, type IndexFile } from "./index-file";
import { TIER, type Hit } from "./rank";
import { valuesOf } from "./sections";

/** One result in the form that Material's script renders. `title` and `text` are HTML. */
export interface MaterialDocument {
  location: string;
  readonly title: string;
  readonly text: string;
  score: number;
  terms: Record<string, boolean>;
}

/** How many sections of a page are shown before "more on this page". */
const OPEN_SECTIONS = 3;

/** What is said about a hit, in words. */
interface Described {
  kind: string;
  status?: string;
  statusId?: string;
  source?: string;
  also?: Piece[];
  definition?: Piece[];
  sentence?: Piece[];
}

function described({ section, tier }: Hit, answer: Answer, file: IndexFile): Described {
  const { entry, page } = section;
  const found: Described = { kind: file.words.kinds[entry.kind ?? PROSE] ?? "" };
  const [status] = valuesOf(section, "status");
  if (status !== undefined) [found.statusId, found.status] = [status, file.status[status] ?? status];
  const source = file.sources[entry.source ?? page.source ?? -1];
  if (source !== undefined && entry.kind !== "source") found.source = `${source[0]} (${source[1]})`;
  const isIn = (folded: string): boolean => answer.marks.some((mark) => folded.includes(mark));
  if (!isIn(section.text.slice(0, section.titleEnd)) && isIn(section.text.slice(section.titleEnd, section.namesEnd))) {
    const matching = [...(entry.names ?? []), ...(entry.readings ?? [])].filter((name) => isIn(fold(name)));
    if (matching.length > 0) found.also = marked(matching.slice(0, 3).join(", "), answer.marks);
  }
  const sentence = bestSentence(section, answer.marks);
  if (entry.kind === "term" || sentence === undefined || tier === TIER.name)
    found.definition = beginning(section, answer.marks);
  // shown once where the match is in the definition itself
  const isSame = (a: Piece[], b: Piece[]): boolean => textOf(a) === textOf(b);
  if (sentence && !(found.definition && isSame(found.definition, sentence))) found.sentence = sentence;
  return found;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/** Text in which nothing is markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function html(pieces: readonly Piece[]): string {
  return pieces
    .map(({ text, marked: isMatch }) => (isMatch ? `<mark>${escaped(text)}</mark>` : escaped(text)))
    .join("");
}

/**
 * The pages of an answer as Material's lists of documents: the page, and its sections.
 *
 * `base` leads from the site of this language to that of the answer, "" for the same. Titles and
 * texts are made when Material asks for them, which it does for what is scrolled to.
 */
export function materialItems(
  answer: Answer,
  groups: readonly Group[],
  file: IndexFile,
  base: string,
): MaterialDocument[][] {
  const terms = Object.fromEntries(answer.words.map((word) => [word, true]));
  const name = file.languages[file.language] ?? "";
  const chip = `<span class="tb-search__language">${escaped(name)}</span> `;
  const lang = escaped(file.language);
  const titled = (title: string, isPage: boolean): string => {
    const inner = html(marked(title, answer.marks));
    return base === "" ? inner : `${isPage ? chip : ""}<span lang="${lang}">${inner}</span>`;
  };
  return groups.map((group, place) => {
    const score = groups.length - place;
    const own = group.hits.findIndex(({ section }) => section.entry.id === undefined);
    // Material folds away what scores less than the first; a page that itself is meant stands alone
    const open = own === 0 ? 1 : OPEN_SECTIONS;
    const documents = group.hits.map((hit, at) => ({
      location: base + hit.section.location,
      get title() {
        return titled(hit.section.entry.title, hit.section.entry.id === undefined);
      },
      get text() {
        return hitHtml(hit, answer, file, base !== "");
      },
      score: at < open ? score : score - 0.5,
      terms,
    }));
    if (own < 0) {
      documents.push({
        location: base + group.page.path,
        get title() {
          return titled(group.pageTitle, true);
        },
        text: "",
        score: score - 0.5,
        terms,
      });
    }
    return documents;
  });
}

function hitHtml(hit: Hit, answer: Answer, file: IndexFile, foreign: boolean): string {
  const about = described(hit, answer, file);
  const { words } = file;
  const facts = [
    about.kind === "" ? "" : `<span class="tb-search__kind">${escaped(about.kind)}</span>`,
    about.status === undefined
      ? ""
      : `<span class="tb-status tb-status--${escaped(about.statusId ?? "")}">${escaped(about.status)}</span>`,
    about.source === undefined ? "" : `<span class="tb-search__source">${escaped(about.source)}</span>`,
  ].filter((fact) => fact !== "");
  const lines = [
    about.definition === undefined || about.definition.length === 0
      ? ""
      : `<p class="tb-search__definition">${html(about.definition)}</p>`,
    about.sentence === undefined ? "" : `<p class="tb-search__sentence">${html(about.sentence)}</p>`,
    about.also === undefined ? "" : `<p class="tb-search__also">${escaped(words.also)}: ${html(about.also)}</p>`,
    `<p class="tb-search__facts">${facts.join(" ")}</p>`,
  ];
  const inner = lines.join("");
  return foreign ? `<div lang="${escaped(file.language)}">${inner}</div>` : inner;
}

/** A hit without markup, for the command line. */
export function plainHit(hit: Hit, answer: Answer, file: IndexFile): Record<string, unknown> {
  const about = described(hit, answer, file);
  const { entry, page, location } = hit.section;
  return {
    id: entry.id ?? page.id,
    page: page.id,
    location,
    title: entry.title,
    kind: about.kind,
    status: about.status ?? "",
    source: about.source ?? "",
    definition: textOf(about.definition ?? []),
    sentence: textOf(about.sentence ?? []),
    tier: hit.tier,
  };
}
