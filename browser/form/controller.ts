// The actions of the buttons: ask the person, act, and report the result.
import type { Bar } from "./bar";
import type { Question } from "../shared/dialog";
import { ask } from "../shared/dialog";
import type { FileOpener } from "./file-opener";
import { loadFileReader } from "./file-reader-loader";
import { overlongTexts } from "../assessment/draft";
import { fileState } from "../storage/entry";
import { download } from "../shared/files";
import type { Checklist, Draft } from "../assessment/model";
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
    const { checklist, workspace, bar, translate, openOther } = this;
    const ask = (question: Question): Promise<string> => this.#ask(question);
    this.#opener ??= new reader.FileOpener({ checklist, workspace, bar, translate, ask, openOther });
    await this.#opener.open(file);
  }

  /** Called when the form has been rendered. */
  showCurrent(): void {
    this.#opener?.showCurrent();
  }

  create(): void {
    this.workspace.create();
    this.bar.showMessage(this.translate("panel.created"));
  }

  async remove(): Promise<void> {
    const label = this.#labelOf(this.workspace.draft);
    const unsaved = fileState(this.workspace.entry, this.checklist) !== "saved";
    const choice = await this.#ask({
      title: this.translate("delete.title"),
      text: this.translate(unsaved ? "delete.text-unsaved" : "delete.text", { label }),
      choices: [{ id: "delete", text: this.translate("delete.delete"), kind: "destructive" }],
      cancel: this.translate("delete.cancel"),
    });
    if (choice === "delete") await this.#attempt(this.workspace.remove(), "delete.done", { label });
  }

  async removeAll(): Promise<void> {
    const choice = await this.#ask({
      title: this.translate("delete.all-title"),
      text: this.translate("delete.all-text"),
      choices: [{ id: "delete", text: this.translate("delete.delete-all"), kind: "destructive" }],
      cancel: this.translate("delete.cancel"),
    });
    if (choice === "delete") await this.#attempt(this.workspace.removeAll(), "delete.all-done");
  }

  async setKept(kept: boolean): Promise<void> {
    await this.#attempt(this.workspace.setKept(kept), kept ? "keep.on" : "keep.off");
  }

  async #attempt(work: Promise<void>, doneKey: string, values: Record<string, string> = {}): Promise<void> {
    try {
      await work;
      this.bar.showMessage(this.translate(doneKey, values));
    } catch {
      this.bar.showMessage(this.translate("delete.failed"), "refused");
    }
  }

  /** Asks a question, without an earlier message behind it. */
  #ask(question: Question): Promise<string> {
    this.bar.clear();
    return ask(this.root, question);
  }

  #labelOf(draft: Draft): string {
    return draft.label || this.translate("panel.no-label");
  }
}

function rejectAfter(delay: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("no answer in time")), delay);
  });
}
