// Loads what the panel contains when it is opened: a first visit does not need it.
import { loadBundle } from "../shared/load-script";
import type { Entry, FileState } from "../storage/entry";
import type { FormParts } from "./form-parts";
import type { createPanelContent } from "./panel-content";

/** The parts of the form that the panel uses. */
export interface PanelContext extends FormParts {
  /** Makes another assessment current. */
  switchTo: (id: string) => void;
  open: (file: File) => void;
  /** Called when a filter has been switched. */
  onFiltered: () => void;
  /** Whether a file holds an assessment. */
  fileStateOf: (entry: Entry) => FileState;
  /** Whether the page was opened from disk. */
  isFromDisk: boolean;
  /** Aborted when the element is removed from the page. */
  signal: AbortSignal;
}

const { src } = document.currentScript as HTMLScriptElement;

/** Loads the content of the panel and its words; rejects when they do not load. */
export async function loadPanelContent(): Promise<typeof createPanelContent> {
  const [create] = await Promise.all([
    loadBundle(src.replace(/\.js$/, "-panel.js"), () => globalThis.tebikiPanelContent),
    loadBundle(src && new URL("../form-words.js", src).href, () => globalThis.tebikiFormWords),
  ]);
  return create;
}
