// Assessments to choose from: those in the browser, and files that are opened only to be looked at here.
import { button, el } from "../shared/dom";
import { draftOf } from "../assessment/draft";
import { hasContent } from "../storage/entry";
import { migrateDraft } from "../assessment/migrate";
import type { Draft } from "../assessment/model";
import { readRecord, refusalText, refuseSize } from "../assessment/read-file";
import { formatTime } from "../shared/time";
import type { ToolContext } from "./tool";

export interface Source {
  /** Tells it from the others; an assessment and an older file of it have one id. */
  key: string;
  draft: Draft;
  /** The same before it was brought to this version of the checklist, as it stands in the file. */
  found: Draft;
  /** What it is called in a list. */
  text: string;
}

export class Sources {
  readonly element: HTMLElement;
  readonly #files: Source[] = [];

  /** `onAdded` is called when files have been read. */
  constructor(
    private readonly context: ToolContext,
    private readonly onAdded: () => void,
  ) {
    const { t } = context;
    const input = el("input", {
      testid: "source-files",
      attributes: { type: "file", accept: ".json", multiple: "", hidden: "", "aria-label": t("sources.choose") },
    });
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      void this.#read(files);
    });
    const choose = button(t("sources.choose"), { testid: "source-choose", onClick: () => input.click() });
    this.element = el("div", { class: "tf-panel__buttons" }, choose, input);
  }

  /** Everything that can be chosen, in an order that stays: the files after what is in the browser. */
  get all(): Source[] {
    const { workspace, checklist, t } = this.context;
    const here = workspace.entries.filter(hasContent).map(({ draft }) => draft);
    here.sort((a, b) => (a.updated < b.updated ? -1 : 1));
    const text = ({ label, updated }: Draft): string =>
      t("sources.entry", { label: isolated(label || t("panel.no-label")), time: formatTime(updated, checklist.lang) });
    return [...here.map((draft) => ({ key: draft.id, draft, found: draft, text: text(draft) })), ...this.#files];
  }

  async #read(files: readonly File[]): Promise<void> {
    const { bar, checklist, t } = this.context;
    const refused: string[] = [];
    for (const file of files) {
      const tooLarge = refuseSize(file.size);
      const bytes = tooLarge ? undefined : await file.arrayBuffer().catch(() => undefined);
      const reading = tooLarge ?? (bytes ? readRecord(new Uint8Array(bytes), checklist) : undefined);
      if (!reading?.record) {
        refused.push(`${file.name}: ${reading?.refusal ? refusalText(reading.refusal, t) : t("open.unreadable")}`);
        continue;
      }
      const found = draftOf(reading.record);
      const { draft } = migrateDraft(found, checklist);
      this.#files.push({
        key: `file-${this.#files.length}`,
        draft,
        found,
        text: t("sources.file", { name: file.name, label: isolated(draft.label || t("panel.no-label")) }),
      });
    }
    if (refused.length > 0) bar.showMessage([t("sources.refused"), ...refused].join("\n"), "refused");
    else bar.showMessage(t("sources.read", { count: files.length }));
    this.onAdded();
  }
}

/** A name in the middle of a sentence, whichever way it is written (FSI and PDI of the Unicode bidirectional algorithm). */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
