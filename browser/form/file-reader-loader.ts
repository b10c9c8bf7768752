// Loads what reads result files on demand: most people who answer never open a file.
import { loadBundle } from "../shared/load-script";
import type { FileReaderModules } from "./file-reader";

const scriptAddress = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-files.js");

/** Loads the reader of result files; rejects when its script does not load. */
export function loadFileReader(): Promise<FileReaderModules> {
  return loadBundle(scriptAddress, () => globalThis.tebikiFileReader);
}
