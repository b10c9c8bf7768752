// Opens result files: adds their assessments, and asks what to do with those that are here already.
import { draftOf } from "../assessment/draft";
import { migrateDraft } from "../assessment/migrate";
import type { AssessmentRecord, Checklist, Draft } from "../assessment/model";
import type { Refusal } from "../assessment/read-file";
import { readRecord, refusalText, refuseSize } from "../assessment/read-file";
import type { Translate } from "../assessment/translate";
import { ask } from "../shared/dialog";
import { randomUuid } from "../shared/uuid";
import { digestOf } from "../storage/entry";
import { duplicateQuestion } from "./duplicate-question";
import type { FormParts } from "./form-parts";
import { asksForRole, roleQuestion } from "./role-question";

type FileResult =
  | { record: AssessmentRecord; reason?: never; refusal?: never }
  | { record?: never; reason: string; refusal?: Refusal };

/** The record in a file, or a message that says why the file is refused. */
export async function readFile(file: File, checklist: Checklist, translate: Translate): Promise<FileResult> {
  const tooLarge = refuseSize(file.size);
  const bytes = tooLarge ? undefined : await file.arrayBuffer().catch(() => undefined);
  const { record, refusal } = tooLarge ?? (bytes ? readRecord(new Uint8Array(bytes), checklist) : {});
  if (record) return { record };
  return refusal ? { refusal, reason: refusalText(refusal, translate) } : { reason: translate("open.unreadable") };
}

/** The parts of the form that opening a file uses. */
export interface FileOpenerParts extends Pick<FormParts, "root" | "checklist" | "workspace" | "bar" | "translate"> {
  /** Opens a file of another checklist, whose answers can be used here. */
  openOther: (file: File) => void;
}

export class FileOpener {
  /** The question about the role, and the id of the assessment that it belongs to. */
  #roleQuestion: { id: string; element: HTMLElement } | undefined;

  constructor(private readonly parts: FileOpenerParts) {}

  /** Adds the assessment in a file. It replaces an assessment with the same id only after a question. */
  async open(file: File): Promise<void> {
    const { checklist, workspace, bar, translate, openOther } = this.parts;
    const { record, reason, refusal } = await readFile(file, checklist, translate);
    const isOther = refusal?.code === "other-checklist";
    if (isOther && checklist.others.some(({ id }) => id === refusal.values["checklist"])) {
      openOther(file);
      return;
    }
    if (!record) {
      bar.showMessage(`${translate("open.refused")}\n${reason}`, "refused");
      return;
    }
    const { draft } = migrateDraft(draftOf(record), checklist);
    const savedAt = new Date(file.lastModified).toISOString();
    await workspace.refresh(); // another window may hold the same assessment
    const existing = workspace.find(draft.id);
    if (existing && digestOf(existing.draft, checklist) === digestOf(draft, checklist)) {
      await workspace.switchTo(draft.id);
      await workspace.markSaved(record.digest, savedAt);
      bar.showMessage(translate("open.same", { name: file.name }));
      return;
    }
    let id = draft.id;
    if (existing) {
      bar.clear(); // no earlier message behind the question
      const choice = await ask(this.parts.root, duplicateQuestion(existing, draft, checklist, translate));
      if (choice === "") return;
      if (choice === "both") id = randomUuid();
    }
    // The draft as in the file: the workspace migrates it to the checklist and makes the report.
    const { respondent } = existing?.draft ?? {};
    await workspace.add({ ...draftOf(record), id, respondent }, record.digest, savedAt);
    const done = translate("open.done", { name: file.name });
    const asks = asksForRole(workspace.draft);
    if (asks) this.#askForRole(workspace.draft);
    bar.showMessage(asks ? `${done}\n${translate("role.hint")}` : done);
  }

  /** Takes back the question about the role when another assessment has become current. */
  showCurrent(): void {
    if (this.#roleQuestion?.id !== this.parts.workspace.draft.id) this.#closeRoleQuestion();
  }

  #askForRole({ id }: Draft): void {
    const { workspace, bar, translate } = this.parts;
    const proposal = workspace.entries.map(({ draft }) => draft.respondent).find(Boolean) ?? "";
    const element = roleQuestion(proposal, translate, (role) => {
      workspace.setRespondent(role);
      void workspace.flush();
      this.#closeRoleQuestion();
      bar.showMessage(translate(role.trim() === "" ? "role.off" : "role.on", { role }));
    });
    this.#closeRoleQuestion();
    this.#roleQuestion = { id, element };
    bar.element.before(element);
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) element.scrollIntoView({ block: "center" });
  }

  #closeRoleQuestion(): void {
    this.#roleQuestion?.element.remove();
    this.#roleQuestion = undefined;
  }
}
