// Loads what reads result files on demand: most people who answer never open a file.
import { loadScript } from "../shared/load-script";
import type { FileReaderModules } from "./file-reader";

const scriptAddress = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-files.js");

/** Loads the reader of result files; rejects when its script does not load. */
export async function loadFileReader(): Promise<FileReaderModules> {
  if (!globalThis.tebikiFileReader) await loadScript(scriptAddress);
  if (!globalThis.tebikiFileReader) throw new Error(`${scriptAddress} is something else`);
  return globalThis.tebikiFileReader;
}
