// What the buttons do, in full: ask, act, and say what came of it.
import type { Bar } from "./bar";
import { ask } from "../shared/dialog";
import { draftOf, overlongTexts } from "../assessment/draft";
import { digestOf, fileState } from "../storage/entry";
import { download } from "../shared/files";
import { migrateDraft } from "../assessment/migrate";
import type { Checklist, Draft } from "../assessment/model";
import type { Refusal } from "../assessment/read-file";
import { readRecord, refusalText, refuseSize } from "../assessment/read-file";
import { fileName, recordOf, recordText } from "../assessment/record";
import type { Translate } from "../assessment/translate";
import { formatTime } from "../shared/time";
import { randomUuid } from "../shared/uuid";
import type { Workspace } from "../storage/workspace";

export class Controller {
  constructor(
    private readonly root: HTMLElement,
    private readonly checklist: Checklist,
    private readonly workspace: Workspace,
    private readonly bar: Bar,
    private readonly t: Translate,
  ) {}

  /** Offers the assessment in front as a file, after reading that file back. */
  async save(): Promise<void> {
    const { draft } = this.workspace;
    const [tooLong] = overlongTexts(draft);
    if (tooLong) {
      const number = this.checklist.items.get(tooLong.item)?.number ?? tooLong.item;
      this.bar.say(this.t("save.too-long", { number }), "refused");
      return;
    }
    const record = recordOf(draft, this.checklist);
    const text = recordText(record);
    const { refusal } = readRecord(new TextEncoder().encode(text), this.checklist);
    if (refusal) {
      this.bar.say(`${this.t("save.failed")}\n${refusalText(refusal, this.t)}`, "refused");
      return;
    }
    const name = fileName(record);
    download(new Blob([text], { type: "application/json" }), name);
    this.bar.say(this.t("save.done", { name }));
    await this.workspace.markSaved(record.digest, new Date().toISOString());
  }

  /** Adds the assessment of a file to those that are here. Nothing that is here is overwritten unasked. */
  async open(file: File): Promise<void> {
    const tooLarge = refuseSize(file.size);
    if (tooLarge?.refusal) {
      this.#refuse(tooLarge.refusal);
      return;
    }
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      this.bar.say(`${this.t("open.refused")}\n${this.t("open.unreadable")}`, "refused");
      return;
    }
    const { record, refusal } = readRecord(bytes, this.checklist);
    if (refusal) {
      this.#refuse(refusal);
      return;
    }
    const { draft } = migrateDraft(draftOf(record), this.checklist);
    const savedAt = new Date(file.lastModified).toISOString();
    await this.workspace.refresh(); // another window may hold the same assessment
    const known = this.workspace.find(draft.id);
    if (known && digestOf(known.draft, this.checklist) === digestOf(draft, this.checklist)) {
      await this.workspace.switchTo(draft.id);
      await this.workspace.markSaved(record.digest, savedAt);
      this.bar.say(this.t("open.same", { name: file.name }));
      return;
    }
    let id = draft.id;
    if (known) {
      const choice = await this.#askAboutTwin(known.draft, draft);
      if (choice === "") return;
      if (choice === "both") id = randomUuid();
    }
    // As it was in the file: the workspace fits it to the checklist and reports on that.
    await this.workspace.add({ ...draftOf(record), id }, record.digest, savedAt);
    this.bar.say(this.t("open.done", { name: file.name }));
  }

  create(): void {
    this.workspace.create();
    this.bar.say(this.t("panel.created"));
  }

  async remove(): Promise<void> {
    const label = this.#name(this.workspace.draft);
    const unsaved = fileState(this.workspace.entry, this.checklist) !== "saved";
    const choice = await ask(this.root, {
      title: this.t("delete.title"),
      text: this.t(unsaved ? "delete.text-unsaved" : "delete.text", { label }),
      choices: [{ id: "delete", text: this.t("delete.delete"), destructive: true }],
      cancel: this.t("delete.cancel"),
    });
    if (choice === "delete") await this.#try(this.workspace.remove(), "delete.done", { label });
  }

  async removeAll(): Promise<void> {
    const choice = await ask(this.root, {
      title: this.t("delete.all-title"),
      text: this.t("delete.all-text"),
      choices: [{ id: "delete", text: this.t("delete.delete-all"), destructive: true }],
      cancel: this.t("delete.cancel"),
    });
    if (choice === "delete") await this.#try(this.workspace.removeAll(), "delete.all-done");
  }

  async setKept(kept: boolean): Promise<void> {
    await this.#try(this.workspace.setKept(kept), kept ? "keep.on" : "keep.off");
  }

  async #try(work: Promise<void>, done: string, values: Record<string, string> = {}): Promise<void> {
    try {
      await work;
      this.bar.say(this.t(done, values));
    } catch {
      this.bar.say(this.t("delete.failed"), "refused");
    }
  }

  #askAboutTwin(here: Draft, there: Draft): Promise<string> {
    return ask(this.root, {
      title: this.t("twin.title"),
      text: this.t("twin.text", {
        label: this.#name(here),
        here: formatTime(here.updated, this.checklist.lang),
        file: formatTime(there.updated, this.checklist.lang),
      }),
      choices: [
        { id: "both", text: this.t("twin.both") },
        { id: "replace", text: this.t("twin.replace"), destructive: true },
      ],
      cancel: this.t("twin.cancel"),
    });
  }

  #name(draft: Draft): string {
    return draft.label || this.t("panel.no-label");
  }

  #refuse(refusal: Refusal): void {
    this.bar.say(`${this.t("open.refused")}\n${refusalText(refusal, this.t)}`, "refused");
  }
}
