// What a page needs once somebody searches, or has come from a result: a bundle of its own.
import { highlightFound } from "./highlight";
import { loadEngine } from "./load";
import { makePanel } from "./panel";
import { SearchWorker } from "./worker";

const late = { highlightFound, loadEngine, makePanel, SearchWorker };

export type Late = typeof late;

declare global {
  var tebikiSearchLate: Late | undefined;
}

globalThis.tebikiSearchLate = late;
