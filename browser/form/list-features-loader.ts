// Loads what shows advice, proposed answers, running results and one section at a time: few checklists use them.
import type { Checklist } from "../assessment/model";
import { loadBundle } from "../shared/load-script";
import type { ListFeatureModules } from "./list-features";

const scriptAddress = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-lists.js");

/** Whether a checklist needs the script. */
export function usesListFeatures({ results, items }: Checklist): boolean {
  return results.length > 0 || [...items.values()].some((item) => item.advice ?? item.default ?? item.evidence_for);
}

/** Loads the script; rejects when it does not load. */
export function loadListFeatures(): Promise<ListFeatureModules> {
  return loadBundle(scriptAddress, () => globalThis.tebikiListFeatures);
}
