// Downloads files after reading them back.
import { download } from "../shared/files";
import type { Draft } from "../assessment/model";
import { fileName, recordOf } from "../assessment/record";
import type { ToolContext } from "./tool";
import type { AssessmentView } from "../assessment/assessment-view";
import { viewOf } from "../assessment/assessment-view";

/** A file to be saved. */
export interface ExportFile {
  /** The extension of its name. */
  extension: keyof typeof MEDIA_TYPES;
  bytes: Uint8Array<ArrayBuffer>;
  /** Whether the bytes read back contain what was written. */
  verify: (bytes: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>;
}

const MEDIA_TYPES = {
  csv: "text/csv",
  md: "text/markdown",
  html: "text/html",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  zip: "application/zip",
};

/** An error whose message tells the person why the file cannot be created. */
export class ExportError extends Error {}

/** A text file in UTF-8; `verify` receives the text as it is read back. */
export function textFile(
  extension: ExportFile["extension"],
  text: string,
  verify: (text: string) => boolean,
): ExportFile {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return { extension, bytes: new TextEncoder().encode(text), verify: (bytes) => verify(decoder.decode(bytes)) };
}

/**
 * Downloads a file after reading it back, and reports the result in a message.
 *
 * @param createFile Creates the file; an ExportError tells the person why it cannot
 * @param suffix Distinguishes the files of an assessment by name
 */
export async function saveFile(
  context: ToolContext,
  createFile: () => ExportFile | Promise<ExportFile>,
  suffix = "",
): Promise<void> {
  const { bar, translate, workspace, checklist } = context;
  try {
    const { extension, bytes, verify } = await createFile();
    const blob = new Blob([bytes], { type: MEDIA_TYPES[extension] });
    if (!(await verify(new Uint8Array(await blob.arrayBuffer())))) throw new Error("the file does not read back");
    const name = fileName(recordOf(workspace.draft, checklist)).replace(/\.json$/, `${suffix}.${extension}`);
    download(blob, name);
    bar.showMessage(translate("saving.done", { name }));
  } catch (error) {
    const reason = error instanceof ExportError ? `\n${error.message}` : "";
    bar.showMessage(translate("saving.failed") + reason, "refused");
  }
}

/** The current assessment as text in the language of the page. */
export function currentView(context: ToolContext): AssessmentView {
  return viewOfDraft(context, context.workspace.draft);
}

/** A draft that is migrated to the checklist, as text in the language of the page. */
export function viewOfDraft({ checklist, form, translateResult, kinds }: ToolContext, draft: Draft): AssessmentView {
  return viewOf(draft, checklist, { translate: translateResult, kinds, officeOf: (item) => officeOf(form, item) });
}

/** The office that the page names for an item; empty if it names none. */
export function officeOf(form: HTMLElement, item: string): string {
  return form.querySelector(`#${CSS.escape(item)} [data-office]`)?.textContent?.trim() ?? "";
}
