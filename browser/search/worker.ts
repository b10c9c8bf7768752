// Replaces Material's search worker and handles its messages. It runs in the page: browsers start no workers from disk,
// and a worker on a page with a form would not be bound by the policy that forbids connections.
import { Throttle } from "../shared/throttle";
import { hasNothing, suggestionFor, type Group, type SearchResult } from "./search-result";
import type { Engine } from "./engine";
import type { Filters } from "./index-file";
import { loadHeads, loadTexts, searchCompletely } from "./load";
import { materialItems, OPEN_SECTIONS, type MaterialDocument } from "./render-hits";
import { TIER } from "./rank";
import type { Section, Sections } from "./sections";

/** Material's messages; see SearchMessageType in its sources. */
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** Maximal number of pages shown of another language. */
const MAX_FOREIGN = 3;
/** Maximal number of pages in the own language before those. */
const MAX_OWN_FIRST = 3;
const OTHER_LANGUAGES_DELAY_MS = 250;
/** What has been found is shown when the rest takes longer than this, and again at most this often. */
const UPDATE_INTERVAL_MS = 200;
/** The number of pages whose texts are loaded before they are shown; Material shows as many at first. */
const PAGES_AHEAD = 10;
/** The number of pages that Material adds when the last one is scrolled to. */
const PAGES_STEP = 4;

interface Site {
  /** The engine of the page's own language. */
  engine: Engine;
  /** The engine of another language, and the path from this language's folder to that of the other. */
  engineFor(language: string): Promise<{ engine: Engine; base: string }>;
}

/** How far a search is: it goes on, parts of it could not be loaded, or it is done. */
export type Progress = "searching" | "incomplete" | "complete";

/** The search box around Material's list of pages. */
export interface View {
  /** The current filters. */
  readonly filters: Filters;
  /** Whether the list may be replaced: not while somebody moves through it. */
  mayReplace(): boolean;
  /** Shows what there is to say about a list that Material has rendered. */
  show(result: SearchResult, sections: Sections, progress: Progress, isElsewhere: boolean): void;
  /** Completes the list with the texts that have come. */
  complete(items: readonly MaterialDocument[][], suggestion: string | undefined): void;
  /** Says whether parts of the index could not be loaded. */
  showFailure(hasFailed: boolean, sections: Sections): void;
}

/** A list of pages to show. */
interface List {
  result: SearchResult;
  progress: Progress;
  /** Whether pages of another language are in it. */
  isElsewhere: boolean;
  /** Equal for lists that look the same once all texts are there. */
  key: string;
  makeItems(): MaterialDocument[][];
}

export class SearchWorker extends EventTarget {
  private query = "";
  /** Changes with every search, so that an earlier one that is still loading ends. */
  private turn = 0;
  /** Makes the list of what is known by now. */
  private makeList: (() => List) | undefined;
  /** The list that Material shows, and its pages. */
  private shown: List | undefined;
  private items: MaterialDocument[][] = [];
  /** The engines that have been used. */
  private readonly engines = new Set<Engine>();
  /** Whether everything has been searched, and nothing was missing. */
  private isComplete = false;
  /** Whether the index of another language could not be loaded. */
  private lacksIndex = false;
  private readonly updates = new Throttle(() => this.update(), UPDATE_INTERVAL_MS);

  /**
   * @param site The engines of the site
   * @param prepare Converts the typed text to a query
   * @param view The search box
   */
  constructor(
    private readonly site: Site,
    private readonly prepare: (text: string) => string,
    private readonly view: View,
  ) {
    super();
    this.watch(site.engine);
    // asynchronous, like a worker: the creator adds its listener first
    queueMicrotask(() => this.send({ type: READY }));
  }

  /** Receives Material's messages. Its set-up message is not needed. */
  postMessage(message: { type: number; data?: unknown }): void {
    if (message.type !== QUERY) return;
    this.query = typeof message.data === "string" ? message.data : "";
    // asynchronous, like a worker: Material is still handling READY
    queueMicrotask(() => this.repeat());
  }

  /** Searches for the last query, which is new or has other filters. */
  repeat(): void {
    for (const { parts } of this.engines) parts.reset();
    this.shown = undefined;
    void this.search();
  }

  /** Loads again what could not be loaded; where only texts are missing, nothing else changes. */
  retry(): void {
    for (const { parts } of this.engines) parts.retry();
    if (!this.isComplete) void this.search();
    this.update();
  }

  /** Loads the texts of all sections of a page that is shown. */
  loadPage(pageIndex: number): void {
    for (const document of this.items[pageIndex] ?? []) void document.load();
  }

  /** Shows what is known by now. */
  update(): void {
    const { sections } = this.site.engine;
    if (this.view.mayReplace() && this.makeList !== undefined) this.show(this.makeList());
    this.view.complete(this.items, this.shown && suggestionFor(this.shown.result, sections));
    this.view.showFailure(this.lacksIndex || [...this.engines].some(({ parts }) => parts.hasFailed), sections);
  }

  terminate(): void {}

  private async search(): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    const { engine } = this.site;
    const isCurrent = (): boolean => turn === this.turn;
    this.isComplete = false;
    this.lacksIndex = false;
    this.makeList = undefined;
    this.updates.restart();
    const result = await searchCompletely(engine, this.prepare(this.query), this.view.filters, (makePartial) => {
      if (isCurrent()) this.makeList = () => this.listOf(makePartial(), "searching");
      return isCurrent();
    });
    if (!isCurrent()) return;
    const { language, languages } = engine.sections.file;
    const others = Object.keys(languages).filter((code) => code !== language);
    const goesOn = others.length > 0 && result.query.words.length > 0 && isWeak(result);
    const makeList = (): List =>
      this.listOf(result, goesOn && hasNothing(result) ? "searching" : progressOf(result, engine));
    if (!hasNothing(result)) this.makeList = makeList; // shown without texts when these take long
    await loadTexts(engine, [...sectionsOf(result.groups.slice(0, PAGES_AHEAD)), ...result.nearest]);
    if (!isCurrent()) return;
    this.makeList = makeList;
    this.updates.run();
    this.isComplete = !goesOn && progressOf(result, engine) === "complete";
    if (goesOn) setTimeout(() => isCurrent() && void this.searchIn(others, result), OTHER_LANGUAGES_DELAY_MS);
  }

  /** Replaces the list, if it differs from the one that is shown; the heads of its first pages come first. */
  private show(list: List): void {
    const { engine } = this.site;
    const { sections, parts } = engine;
    const { shown } = this;
    const pages = list.result.groups.slice(0, PAGES_AHEAD).map(({ page }) => page);
    void loadHeads(engine, pages);
    if (pages.some(({ number }) => parts.isLoading(sections.heads.partOf(number)))) return;
    this.shown = list;
    if (list.key !== shown?.key) {
      this.items = list.makeItems();
      const suggestion = suggestionFor(list.result, sections);
      const suggest = suggestion === undefined ? [] : [suggestion];
      // Material needs no `isComplete`; the bench waits for it
      this.send({ type: RESULT, data: { items: this.items, suggest, isComplete: list.result.isComplete } });
    } else if (list.progress === shown.progress) return;
    this.view.show(list.result, sections, list.progress, list.isElsewhere);
  }

  /** The list of a result in the own language, with pages of others. */
  private listOf(result: SearchResult, progress: Progress, foreignItems: MaterialDocument[][] = []): List {
    const { engine } = this.site;
    const isSearching = progress === "searching";
    let loaded = isSearching ? Infinity : PAGES_AHEAD;
    /** Loads the texts of a page that Material adds, and of those that it adds with it. */
    const loadAdded = (pageIndex: number): void => {
      if (pageIndex < loaded) return;
      loaded = pageIndex + PAGES_STEP;
      void loadTexts(engine, sectionsOf(result.groups.slice(pageIndex, loaded)));
    };
    const numbers = result.hits.map(({ section }) => section.number);
    return {
      result,
      progress,
      isElsewhere: foreignItems.length > 0,
      key: [isSearching, ...numbers, ...foreignItems.map(([document]) => document?.location)].join(),
      makeItems: () =>
        joined(materialItems(result, result.groups, engine.sections, "", loadAdded), foreignItems, result),
    };
  }

  /** Searches other languages, and shows better matches from there. */
  private async searchIn(languages: readonly string[], ownResult: SearchResult): Promise<void> {
    const { turn } = this;
    const isCurrent = (): boolean => turn === this.turn;
    const foreignItems: MaterialDocument[][] = [];
    let progress = progressOf(ownResult, this.site.engine);
    for (const code of languages) {
      const engineFor = await this.site.engineFor(code).catch(() => undefined);
      if (!isCurrent()) return;
      if (engineFor === undefined) {
        this.lacksIndex = true;
        continue;
      }
      const { engine: foreign, base } = engineFor;
      this.watch(foreign);
      const result = await searchCompletely(foreign, this.prepare(this.query), this.view.filters, isCurrent);
      if (!isCurrent()) return;
      if (!result.isComplete) progress = "incomplete";
      const groups = betterGroups(result, ownResult);
      await loadTexts(foreign, sectionsOf(groups));
      foreignItems.push(...materialItems(result, groups, foreign.sections, base));
    }
    if (!isCurrent()) return;
    const list = this.listOf(ownResult, this.lacksIndex ? "incomplete" : progress, foreignItems);
    this.makeList = () => list;
    this.isComplete = list.progress === "complete";
    this.updates.run();
  }

  private watch(engine: Engine): void {
    this.engines.add(engine);
    engine.parts.onSettled = () => this.updates.request();
  }

  private send(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** The pages of a result with those of other languages: after the first, or before all where none has all words. */
function joined(
  items: MaterialDocument[][],
  foreignItems: MaterialDocument[][],
  { loose, corrected }: SearchResult,
): MaterialDocument[][] {
  const first = loose || corrected !== undefined ? 0 : MAX_OWN_FIRST;
  // Enter opens the document with the highest score, which must be the first
  const all = [...items.slice(0, first), ...foreignItems, ...items.slice(first)];
  for (const [index, documents] of all.entries()) {
    for (const document of documents) document.score = all.length - index - (document.score % 1 === 0 ? 0 : 0.5);
  }
  return all;
}

/** The sections that are shown at first. */
function sectionsOf(groups: readonly Group[]): Section[] {
  return groups.flatMap(({ hits }) => hits.slice(0, OPEN_SECTIONS).map(({ section }) => section));
}

/** How far a search in a language is that has ended. */
function progressOf({ isComplete, nearest }: SearchResult, { sections }: Engine): Progress {
  return isComplete && nearest.every((term) => sections.texts.of(term)) ? "complete" : "incomplete";
}

/** Whether the best hit matches neither a title nor a name. */
function isWeak(result: SearchResult): boolean {
  const best = result.hits[0];
  return best === undefined || best.tier > TIER.heading || result.corrected !== undefined;
}

/** The pages of a result in another language that match better than all pages of the own result. */
function betterGroups(result: SearchResult, ownResult: SearchResult): Group[] {
  if (result.corrected !== undefined && ownResult.hits.length > 0) return [];
  const best = ownResult.corrected === undefined ? (ownResult.hits[0]?.tier ?? Infinity) : TIER.loose;
  return result.groups.filter(({ hits }) => (hits[0]?.tier ?? Infinity) < best).slice(0, MAX_FOREIGN);
}
