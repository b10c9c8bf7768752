// Replaces Material's search worker and handles its messages. It runs in the page: browsers start no workers from disk,
// and a worker on a page with a form would not be bound by the policy that forbids connections.
import { suggestionFor, type SearchResult, type Group } from "./search-result";
import type { Engine } from "./engine";
import { loadHeads, loadTexts, searchCompletely } from "./load";
import { materialItems, OPEN_SECTIONS, type MaterialDocument } from "./render-hits";
import { TIER } from "./rank";
import type { Section } from "./sections";

/** Material's messages; see SearchMessageType in its sources. */
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** Maximal number of pages shown of another language. */
const MAX_FOREIGN = 3;
/** Maximal number of pages in the own language before those. */
const MAX_OWN_FIRST = 3;
const OTHER_LANGUAGES_DELAY_MS = 250;
/** What has been found is shown when the rest takes longer than this. */
const PARTIAL_RESULT_DELAY_MS = 200;
/** The number of pages whose texts are loaded before they are shown; Material shows as many at first. */
const PAGES_AHEAD = 10;
/** The number of pages that Material adds when the last one is scrolled to. */
const PAGES_STEP = 4;

export interface Site {
  /** The engine of the page's own language. */
  engine: Engine;
  /** The engine of another language, and the path from this language's folder to that of the other. */
  engineFor(language: string): Promise<{ engine: Engine; base: string }>;
}

export class SearchWorker extends EventTarget {
  /** The pages of the last result, as Material shows them. */
  items: readonly MaterialDocument[][] = [];
  private query = "";
  /** Changes with every search, so that an earlier one that is still loading ends. */
  private turn = 0;

  /**
   * @param site The engines of the site
   * @param prepare Converts the typed text to a query
   * @param onResult Called with each result, and whether pages of another language are shown
   * @param filters The current filters
   * @param mayReplace Resolves when a list of results may be replaced
   */
  constructor(
    private readonly site: Site,
    private readonly prepare: (text: string) => string,
    private readonly onResult: (result: SearchResult, engine: Engine, elsewhere: boolean) => void,
    private readonly filters: () => Record<string, string>,
    private readonly mayReplace: () => Promise<void>,
  ) {
    super();
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

  /** Repeats the last query, after a filter has changed or to load what has failed. */
  repeat(): void {
    void this.search(++this.turn);
  }

  terminate(): void {}

  private async search(turn: number): Promise<void> {
    const { engine } = this.site;
    const isCurrent = (): boolean => turn === this.turn;
    let partialResult: (() => SearchResult) | undefined;
    const showPartial = async (): Promise<void> => {
      await this.mayReplace();
      if (partialResult === undefined || !isCurrent()) return;
      const partial = partialResult();
      await loadHeads(
        engine,
        partial.groups.slice(0, PAGES_AHEAD).map(({ page }) => page),
      );
      if (partialResult === undefined || !isCurrent()) return;
      this.result(this.itemsOf(partial, engine), partial, engine);
    };
    const started = performance.now();
    let timer = setTimeout(showPartial, PARTIAL_RESULT_DELAY_MS);
    const result = await searchCompletely(engine, this.prepare(this.query), this.filters(), (makePartial) => {
      partialResult = makePartial;
      return isCurrent();
    });
    partialResult = () => result;
    // it may have shown what was known before the hits were; these wait for no texts
    clearTimeout(timer);
    timer = setTimeout(showPartial, started + PARTIAL_RESULT_DELAY_MS - performance.now());
    if (isCurrent()) await loadTexts(engine, [...sectionsOf(result.groups.slice(0, PAGES_AHEAD)), ...result.nearest]);
    clearTimeout(timer);
    partialResult = undefined;
    await this.mayReplace();
    if (!isCurrent()) return;
    const items = this.itemsOf(result, engine);
    this.result(items, result, engine);
    if (result.query.words.length > 0 && isWeak(result)) {
      setTimeout(() => isCurrent() && void this.searchOtherLanguages(result, engine, items), OTHER_LANGUAGES_DELAY_MS);
    }
  }

  /** The items of a result; the texts of the pages after a page that Material shows are loaded with it. */
  private itemsOf(result: SearchResult, engine: Engine): MaterialDocument[][] {
    let loaded = PAGES_AHEAD;
    return materialItems(result, result.groups, engine.sections, "", (pageIndex) => {
      if (pageIndex + 1 < loaded) return;
      loaded = pageIndex + 1 + PAGES_STEP;
      void loadTexts(engine, sectionsOf(result.groups.slice(pageIndex + 1, loaded)));
    });
  }

  /** Searches the other languages, and shows better matches from there. */
  private async searchOtherLanguages(
    ownResult: SearchResult,
    engine: Engine,
    items: MaterialDocument[][],
  ): Promise<void> {
    const { turn } = this;
    const { language, languages } = engine.sections.file;
    const foreignItems: MaterialDocument[][] = [];
    for (const code of Object.keys(languages).filter((code) => code !== language)) {
      const engineFor = await this.site.engineFor(code).catch(() => undefined);
      if (engineFor === undefined) continue;
      const { engine: foreign, base } = engineFor;
      const result = await searchCompletely(
        foreign,
        this.prepare(this.query),
        this.filters(),
        () => turn === this.turn,
      );
      const groups = betterGroups(result, ownResult);
      await loadTexts(foreign, sectionsOf(groups));
      foreignItems.push(...materialItems(result, groups, foreign.sections, base));
    }
    if (foreignItems.length > 0) await this.mayReplace();
    if (turn !== this.turn || foreignItems.length === 0) return;
    const first = ownResult.loose || ownResult.corrected !== undefined ? 0 : MAX_OWN_FIRST;
    // Enter opens the document with the highest score, which must be the first
    const all = [...items.slice(0, first), ...foreignItems, ...items.slice(first)];
    for (const [index, documents] of all.entries()) {
      for (const document of documents) document.score = all.length - index - (document.score % 1 === 0 ? 0 : 0.5);
    }
    this.result(all, ownResult, engine, true);
  }

  private result(items: MaterialDocument[][], result: SearchResult, engine: Engine, elsewhere = false): void {
    this.items = items;
    this.onResult(result, engine, elsewhere);
    const suggestion = suggestionFor(result, engine.sections.texts);
    const suggest = suggestion === undefined ? [] : [suggestion];
    // Material needs no `isComplete`; the bench waits for it
    this.send({ type: RESULT, data: { items, suggest, isComplete: result.isComplete } });
  }

  private send(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** The sections that are shown at first. */
function sectionsOf(groups: readonly Group[]): Section[] {
  return groups.flatMap(({ hits }) => hits.slice(0, OPEN_SECTIONS).map(({ section }) => section));
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
