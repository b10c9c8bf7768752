// Saves and opens result files, and reports the result.
import type { FileOpener, FileOpenerParts } from "./file-opener";
import { loadFileReader } from "./file-reader-loader";
import { overlongTexts } from "../assessment/draft";
import { download } from "../shared/files";
import { fileName, recordOf, recordText } from "../assessment/record";

/** How long a save waits for what reads its file back, in milliseconds: a network may never answer. */
const READ_BACK_MS = 3_000;

export class Controller {
  /** Created when the first file is opened. */
  #opener: FileOpener | undefined;

  constructor(private readonly parts: FileOpenerParts) {}

  /** Downloads the current assessment as a file, after reading that file back if what reads files can be loaded. */
  async save(): Promise<void> {
    const { checklist, workspace, bar, translate } = this.parts;
    const { draft } = workspace;
    const [tooLong] = overlongTexts(draft);
    if (tooLong) {
      const number = checklist.items.get(tooLong.item)?.number ?? tooLong.item;
      bar.showMessage(translate("save.too-long", { number }), "refused");
      return;
    }
    const record = recordOf(draft, checklist);
    const text = recordText(record);
    const reader = await Promise.race([loadFileReader(), rejectAfter(READ_BACK_MS)]).catch(() => undefined);
    const refusal = reader?.readRecord(new TextEncoder().encode(text), checklist).refusal;
    if (reader && refusal) {
      const reason = reader.refusalText(refusal, translate);
      bar.showMessage(`${translate("save.failed")}\n${reason}`, "refused");
      return;
    }
    const name = fileName(record);
    download(new Blob([text], { type: "application/json" }), name);
    const done = translate("save.done", { name });
    bar.showMessage(reader ? done : `${done}\n${translate("save.unchecked")}`);
    if (workspace.draft.id === draft.id) await workspace.markSaved(record.digest, new Date().toISOString());
  }

  /** Opens a result file. */
  async open(file: File): Promise<void> {
    const reader = await loadFileReader().catch(() => undefined);
    if (!reader) {
      const { bar, translate } = this.parts;
      bar.showMessage(translate("tools.failed"), "refused");
      return;
    }
    this.#opener ??= new reader.FileOpener(this.parts);
    await this.#opener.open(file);
  }

  /** Called when the form has been rendered. */
  showCurrent(): void {
    this.#opener?.showCurrent();
  }
}

function rejectAfter(delay: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), delay);
  });
}
