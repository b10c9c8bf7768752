// Handing a file over, after it was read back.
import { download } from "../shared/files";
import type { Draft } from "../assessment/model";
import { fileName, recordOf } from "../assessment/record";
import type { ToolContext } from "./tool";
import type { AssessmentView } from "../assessment/assessment-view";
import { viewOf } from "../assessment/assessment-view";

/** A file to be saved; `reads` tells from its bytes whether they say what they should. */
export interface MadeFile {
  /** The ending of its name, which says what it is. */
  ending: "csv" | "md" | "html" | "xlsx";
  bytes: Uint8Array<ArrayBuffer>;
  reads: (bytes: Uint8Array<ArrayBuffer>) => boolean;
}

const TYPES = {
  csv: "text/csv",
  md: "text/markdown",
  html: "text/html",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Why a file cannot be made, in words. */
export class ProblemWithFile extends Error {}

/** A file of text in UTF-8. `reads` is given the text as it comes back. */
export function textFile(ending: MadeFile["ending"], text: string, reads: (text: string) => boolean): MadeFile {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return { ending, bytes: new TextEncoder().encode(text), reads: (bytes) => reads(decoder.decode(bytes)) };
}

/**
 * Makes a file, reads it back, and only then hands it to the browser and says so; says what is wrong otherwise.
 * `suffix` tells files of one assessment apart.
 */
export async function save(context: ToolContext, make: () => MadeFile | Promise<MadeFile>, suffix = ""): Promise<void> {
  const { bar, t, workspace, checklist } = context;
  try {
    const { ending, bytes, reads } = await make();
    const blob = new Blob([bytes], { type: TYPES[ending] });
    if (!reads(new Uint8Array(await blob.arrayBuffer()))) throw new Error("the file does not read back");
    const name = fileName(recordOf(workspace.draft, checklist)).replace(/\.json$/, `${suffix}.${ending}`);
    download(blob, name);
    bar.showMessage(t("saving.done", { name }));
  } catch (error) {
    const why = error instanceof ProblemWithFile ? `\n${error.message}` : "";
    bar.showMessage(t("saving.failed") + why, "refused");
  }
}

/** The assessment in front, in the words of the page. */
export function viewIn(context: ToolContext): AssessmentView {
  return viewOfDraft(context, context.workspace.draft);
}

/** A draft, which has to be fitted to the checklist, in the words of the page. */
export function viewOfDraft({ checklist, form, r, kinds }: ToolContext, draft: Draft): AssessmentView {
  return viewOf(draft, checklist, { translate: r, kinds, officeOf: (item) => officeIn(form, item) });
}

/** The office that the page names for an item; empty when it names none. */
export function officeIn(form: HTMLElement, item: string): string {
  return form.querySelector(`#${CSS.escape(item)} [data-office]`)?.textContent?.trim() ?? "";
}
