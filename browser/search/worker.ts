// Takes the place of the worker that Material starts, and speaks its messages. It runs in the page:
// a browser starts no worker from disk, and a worker on a page with a form would be free of the
// policy by which that page may connect to nothing.
import type { Answer, Group } from "./answer";
import type { Engine } from "./engine";
import { materialItems, type MaterialDocument } from "./present";
import { TIER } from "./rank";

/** Material's messages; see SearchMessageType in its sources. */
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** Pages of another language that are offered at once. */
const MAX_FOREIGN = 3;
/** Own pages that stay before them. */
const OWN_FIRST = 3;
const PAUSE = 250;

export interface Site {
  /** The engine of the page's own language. */
  engine: Engine;
  /** The engine of another language, and the way from this language's folder to its own. */
  other(language: string): Promise<{ engine: Engine; base: string }>;
}

export class SearchWorker extends EventTarget {
  private query = "";
  /** `prepare` makes what was typed a query; `shown` is told each answer, and whether another language has more. */
  constructor(
    private readonly site: Site,
    private readonly prepare: (typed: string) => string,
    private readonly shown: (answer: Answer, engine: Engine, elsewhere: boolean) => void,
    private readonly filters: () => Record<string, string>,
  ) {
    super();
    // as late as a worker would: whoever made it wants to listen first
    queueMicrotask(() => this.say({ type: READY }));
  }

  /** What Material asks. It sends a set-up too, which is not needed. */
  postMessage(message: { type: number; data?: unknown }): void {
    if (message.type !== QUERY) return;
    this.query = typeof message.data === "string" ? message.data : "";
    // as late as a worker would: Material is still hearing that the index is ready
    queueMicrotask(() => this.again());
  }

  /** Answers the last query once more, after a filter has changed. */
  again(): void {
    const { query } = this;
    const { engine } = this.site;
    const answer = engine.search(this.prepare(query), this.filters());
    const items = materialItems(answer, answer.groups, engine.sections.file, "");
    this.answer(items, answer, engine);
    if (answer.query.words.length > 0 && isWeak(answer)) {
      setTimeout(() => query === this.query && void this.askOthers(answer, engine, items), PAUSE);
    }
  }

  terminate(): void {}

  /** Looks in the other languages, and shows what matches better there. */
  private async askOthers(own: Answer, engine: Engine, items: MaterialDocument[][]): Promise<void> {
    const { query } = this;
    const { language, languages } = engine.sections.file;
    const found: MaterialDocument[][] = [];
    for (const code of Object.keys(languages).filter((code) => code !== language)) {
      const other = await this.site.other(code).catch(() => undefined);
      if (other === undefined) continue;
      const answer = other.engine.search(this.prepare(query), this.filters());
      found.push(...materialItems(answer, better(answer, own), other.engine.sections.file, other.base));
    }
    if (query !== this.query || found.length === 0) return;
    const first = own.loose || own.corrected !== undefined ? 0 : OWN_FIRST;
    // Enter takes the highest score: that of what stands first
    const all = [...items.slice(0, first), ...found, ...items.slice(first)];
    for (const [place, documents] of all.entries()) {
      for (const document of documents) document.score = all.length - place - (document.score % 1 === 0 ? 0 : 0.5);
    }
    this.answer(all, own, engine, true);
  }

  private answer(items: MaterialDocument[][], answer: Answer, engine: Engine, elsewhere = false): void {
    this.shown(answer, engine, elsewhere);
    this.say({ type: RESULT, data: { items, suggest: answer.suggestion === undefined ? [] : [answer.suggestion] } });
  }

  private say(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** Whether the best that was found is no title and no name of anything. */
function isWeak(answer: Answer): boolean {
  const best = answer.hits[0];
  return best === undefined || best.tier > TIER.heading || answer.corrected !== undefined;
}

/** The pages of `answer`, from another language, that match better than any of `own`. */
function better(answer: Answer, own: Answer): Group[] {
  if (answer.corrected !== undefined && own.hits.length > 0) return [];
  const best = own.corrected === undefined ? (own.hits[0]?.tier ?? Infinity) : TIER.loose;
  return answer.groups.filter(({ hits }) => (hits[0]?.tier ?? Infinity) < best).slice(0, MAX_FOREIGN);
}
