// The actions of the buttons: ask the person, act, and report the result.
import type { Bar } from "./bar";
import type { Question } from "../shared/dialog";
import { ask } from "../shared/dialog";
import type { FileReaderModules } from "./file-reader";
import { loadFileReader } from "./file-reader-loader";
import { draftOf, overlongTexts } from "../assessment/draft";
import { digestOf, fileState } from "../storage/entry";
import { download } from "../shared/files";
import { migrateDraft } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import { fileName, recordOf, recordText } from "../assessment/record";
import type { Translate } from "../assessment/translate";
import { randomUuid } from "../shared/uuid";
import type { Workspace } from "../storage/workspace";

/** How long a save waits for what reads its file back, in milliseconds: a network may never answer. */
const READ_BACK_MS = 3_000;

export class Controller {
  /** The question about the role, and the id of the assessment that it belongs to. */
  #roleQuestion: { id: string; element: HTMLElement } | undefined;

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

  /** Adds the assessment in a file. It replaces an assessment with the same id only after a question. */
  async open(file: File): Promise<void> {
    const reader = await loadFileReader().catch(() => undefined);
    if (!reader) {
      this.bar.showMessage(this.translate("tools.failed"), "refused");
      return;
    }
    const { record, reason, refusal } = await reader.readFile(file, this.checklist, this.translate);
    if (
      refusal?.code === "other-checklist" &&
      this.checklist.others.some(({ id }) => id === refusal.values["checklist"])
    ) {
      this.openOther(file);
      return;
    }
    if (!record) {
      this.bar.showMessage(`${this.translate("open.refused")}\n${reason}`, "refused");
      return;
    }
    const { draft } = migrateDraft(draftOf(record), this.checklist);
    const savedAt = new Date(file.lastModified).toISOString();
    await this.workspace.refresh(); // another window may hold the same assessment
    const existing = this.workspace.find(draft.id);
    if (existing && digestOf(existing.draft, this.checklist) === digestOf(draft, this.checklist)) {
      await this.workspace.switchTo(draft.id);
      await this.workspace.markSaved(record.digest, savedAt);
      this.bar.showMessage(this.translate("open.same", { name: file.name }));
      return;
    }
    let id = draft.id;
    if (existing) {
      const choice = await this.#ask(reader.duplicateQuestion(existing, draft, this.checklist, this.translate));
      if (choice === "") return;
      if (choice === "both") id = randomUuid();
    }
    // The draft as in the file: the workspace migrates it to the checklist and makes the report.
    const { respondent } = existing?.draft ?? {};
    await this.workspace.add({ ...draftOf(record), id, respondent }, record.digest, savedAt);
    const done = this.translate("open.done", { name: file.name });
    if (!reader.asksForRole(this.workspace.draft)) {
      this.bar.showMessage(done);
      return;
    }
    this.#askForRole(reader);
    this.bar.showMessage(`${done}\n${this.translate("role.hint")}`);
  }

  /** Takes back the question about the role when another assessment has become current. */
  showCurrent(): void {
    if (this.#roleQuestion?.id !== this.workspace.draft.id) this.#closeRoleQuestion();
  }

  #askForRole(reader: FileReaderModules): void {
    const proposal = this.workspace.entries.map(({ draft }) => draft.respondent).find(Boolean) ?? "";
    const element = reader.roleQuestion(proposal, this.translate, (role) => {
      this.workspace.setRespondent(role);
      void this.workspace.flush();
      this.#closeRoleQuestion();
      this.bar.showMessage(this.translate(role.trim() === "" ? "role.off" : "role.on", { role }));
    });
    this.#closeRoleQuestion();
    this.#roleQuestion = { id: this.workspace.draft.id, element };
    this.bar.element.before(element);
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center" });
  }

  #closeRoleQuestion(): void {
    this.#roleQuestion?.element.remove();
    this.#roleQuestion = undefined;
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
