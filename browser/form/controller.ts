// Saves and opens result files, and reports the result.
import type { Bar } from "./bar";
import type { FileOpener } from "./file-opener";
import { loadFileReader } from "./file-reader-loader";
import { overlongTexts } from "../assessment/draft";
import { download } from "../shared/files";
import type { Checklist } from "../assessment/model";
import { fileName, recordOf, recordText } from "../assessment/record";
import type { Translate } from "../assessment/translate";
import type { Workspace } from "../storage/workspace";

/** How long a save waits for what reads its file back, in milliseconds: a network may never answer. */
const READ_BACK_MS = 3_000;

export class Controller {
  /** Created when the first file is opened. */
  #opener: FileOpener | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly checklist: Checklist,
    private readonly workspace: Workspace,
    private readonly bar: Bar,
    private readonly translate: Translate,
    /** Opens a file of another checklist, whose answers can be used here. */
    private readonly openOther: (file: File) => void,
  ) {}

  /** Downloads the current assessment as a file, after reading that file back if what reads files can be loaded. */
  async save(): Promise<void> {
    const { draft } = this.workspace;
    const [tooLong] = overlongTexts(draft);
    if (tooLong) {
      const number = this.checklist.items.get(tooLong.item)?.number ?? tooLong.item;
      this.bar.showMessage(this.translate("save.too-long", { number }), "refused");
      return;
    }
    const record = recordOf(draft, this.checklist);
    const text = recordText(record);
    const reader = await Promise.race([loadFileReader(), rejectAfter(READ_BACK_MS)]).catch(() => undefined);
    const refusal = reader?.readRecord(new TextEncoder().encode(text), this.checklist).refusal;
    if (reader && refusal) {
      const reason = reader.refusalText(refusal, this.translate);
      this.bar.showMessage(`${this.translate("save.failed")}\n${reason}`, "refused");
      return;
    }
    const name = fileName(record);
    download(new Blob([text], { type: "application/json" }), name);
    const done = this.translate("save.done", { name });
    this.bar.showMessage(reader ? done : `${done}\n${this.translate("save.unchecked")}`);
    if (this.workspace.draft.id === draft.id) await this.workspace.markSaved(record.digest, new Date().toISOString());
  }

  /** Opens a result file. */
  async open(file: File): Promise<void> {
    const reader = await loadFileReader().catch(() => undefined);
    if (!reader) {
      this.bar.showMessage(this.translate("tools.failed"), "refused");
      return;
    }
    const { root, checklist, workspace, bar, translate, openOther } = this;
    this.#opener ??= new reader.FileOpener({ root, checklist, workspace, bar, translate, openOther });
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
