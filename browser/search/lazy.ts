// The modules that a page loads when somebody searches or comes from a result: a separate bundle.
import { highlightWords } from "./highlight";
import { loadEngine } from "./load";
import { SearchPanel } from "./panel";
import { SearchWorker } from "./worker";

const modules = { highlightWords, loadEngine, SearchPanel, SearchWorker };

export type LazyModules = typeof modules;

declare global {
  var tebikiSearchModules: LazyModules | undefined;
}

globalThis.tebikiSearchModules = modules;
