// The entry of the bundle that reads result files, which form/file-reader-loader.ts loads.
import type { AssessmentRecord, Checklist } from "../assessment/model";
import type { Refusal } from "../assessment/read-file";
import { readRecord, refusalText, refuseSize } from "../assessment/read-file";
import type { Translate } from "../assessment/translate";
import { duplicateQuestion } from "./duplicate-question";
import { asksForRole, roleQuestion } from "./role-question";

type FileResult =
  | { record: AssessmentRecord; reason?: never; refusal?: never }
  | { record?: never; reason: string; refusal?: Refusal };

/** The record in a file, or a message that says why the file is refused. */
async function readFile(file: File, checklist: Checklist, translate: Translate): Promise<FileResult> {
  const tooLarge = refuseSize(file.size);
  const bytes = tooLarge ? undefined : await file.arrayBuffer().catch(() => undefined);
  const { record, refusal } = tooLarge ?? (bytes ? readRecord(new Uint8Array(bytes), checklist) : {});
  if (record) return { record };
  return refusal ? { refusal, reason: refusalText(refusal, translate) } : { reason: translate("open.unreadable") };
}

const modules = { asksForRole, duplicateQuestion, roleQuestion, readFile, readRecord, refusalText };

export type FileReaderModules = typeof modules;

declare global {
  var tebikiFileReader: FileReaderModules | undefined;
}

globalThis.tebikiFileReader = modules;
