// The entry of the bundle that reads result files and migrates older answers, which form/file-reader-loader.ts loads.
import { migrateDraft, needsAttention } from "../assessment/migrate";
import { readRecord, refusalText } from "../assessment/read-file";
import { unpackHandover } from "../storage/tab-handover";
import { FileOpener, readFile } from "./file-opener";
import { migrationNotice } from "./migration-notice";

const modules = {
  FileOpener,
  migrateDraft,
  migrationNotice,
  needsAttention,
  readFile,
  readRecord,
  refusalText,
  unpackHandover,
};

export type FileReaderModules = typeof modules;

declare global {
  var tebikiFileReader: FileReaderModules | undefined;
}

globalThis.tebikiFileReader = modules;
