// The actions of the panel that ask the person before they remove something.
import { ask } from "../shared/dialog";
import type { Choice } from "../shared/dialog";
import type { PanelContext } from "./panel-loader";

export class PanelActions {
  constructor(private readonly context: PanelContext) {}

  create(): void {
    const { workspace, bar, translate } = this.context;
    workspace.create();
    bar.showMessage(translate("panel.created"));
  }

  async remove(): Promise<void> {
    const { workspace, translate, fileStateOf } = this.context;
    const label = workspace.draft.label || translate("panel.no-label");
    const isSaved = fileStateOf(workspace.entry) === "saved";
    const text = translate(isSaved ? "delete.text" : "delete.text-unsaved", { label });
    if (await this.#isConfirmed("title", text, "delete"))
      await this.#attempt(workspace.remove(), "delete.done", { label });
  }

  async removeAll(): Promise<void> {
    const { workspace, translate } = this.context;
    if (await this.#isConfirmed("all-title", translate("delete.all-text"), "delete-all"))
      await this.#attempt(workspace.removeAll(), "delete.all-done");
  }

  async setKept(kept: boolean): Promise<void> {
    await this.#attempt(this.context.workspace.setKept(kept), kept ? "keep.on" : "keep.off");
  }

  async #isConfirmed(title: string, text: string, action: string): Promise<boolean> {
    const { root, bar, translate } = this.context;
    const choice: Choice = { id: "delete", text: translate(`delete.${action}`), kind: "destructive" };
    bar.clear(); // no earlier message behind the question
    const cancel = translate("delete.cancel");
    return (await ask(root, { title: translate(`delete.${title}`), text, choices: [choice], cancel })) === "delete";
  }

  async #attempt(work: Promise<void>, doneKey: string, values: Record<string, string> = {}): Promise<void> {
    const { bar, translate } = this.context;
    try {
      await work;
      bar.showMessage(translate(doneKey, values));
    } catch {
      bar.showMessage(translate("delete.failed"), "refused");
    }
  }
}
