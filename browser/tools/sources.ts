// The assessments that a tool can use: those in the browser, and files that are opened for the tool only.
import { el } from "../shared/dom";
import { draftOf } from "../assessment/draft";
import { hasContent } from "../storage/entry";
import { latestCredibleTime } from "../assessment/merge";
import { migrateDraft } from "../assessment/migrate";
import type { Draft } from "../assessment/model";
import { formatTime } from "../shared/time";
import { fileChooser } from "./file-chooser";
import { loadReader } from "./load-reader";
import type { ToolContext } from "./tool";

export interface Source {
  /** Unique among the sources; an assessment and an older file of it have the same id. */
  key: string;
  draft: Draft;
  /** The draft as in the file, before its migration to this version of the checklist. */
  original: Draft;
  /** Its title in lists. */
  title: string;
}

export class Sources {
  readonly element: HTMLElement;
  readonly #files: Source[] = [];

  /** `onAdded` is called when files have been read. */
  constructor(
    private readonly context: ToolContext,
    private readonly onAdded: () => void,
  ) {
    const { translate } = context;
    const chooser = fileChooser("source", translate("sources.choose"), (files) => void this.#readFiles(files));
    this.element = el("div", { class: "tf-panel__buttons" }, ...chooser);
  }

  /** All sources in a stable order: the assessments in the browser, then the files. */
  get all(): Source[] {
    const { workspace, checklist, translate } = this.context;
    const stored = workspace.entries.filter(hasContent).map(({ draft }) => draft);
    // The last is preset as the latest: a time in the future must not displace it.
    const now = latestCredibleTime();
    const order = ({ updated }: Draft): string => (updated > now ? "" : updated);
    stored.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const title = ({ label, updated }: Draft): string =>
      translate("sources.entry", {
        label: isolate(label || translate("panel.no-label")),
        time: formatTime(updated, checklist.lang),
      });
    return [...stored.map((draft) => ({ key: draft.id, draft, original: draft, title: title(draft) })), ...this.#files];
  }

  async #readFiles(files: readonly File[]): Promise<void> {
    const { bar, checklist, translate } = this.context;
    const reader = await loadReader(this.context);
    if (!reader) return;
    const refused: string[] = [];
    for (const file of files) {
      const { record, reason } = await reader.readFile(file, checklist, translate);
      if (!record) {
        refused.push(`${file.name}: ${reason}`);
        continue;
      }
      const original = draftOf(record);
      const { draft } = migrateDraft(original, checklist);
      this.#files.push({
        key: `file-${this.#files.length}`,
        draft,
        original,
        title: translate("sources.file", {
          name: file.name,
          label: isolate(draft.label || translate("panel.no-label")),
        }),
      });
    }
    if (refused.length > 0) bar.showMessage([translate("sources.refused"), ...refused].join("\n"), "refused");
    else bar.showMessage(translate("sources.read", { count: files.length }));
    this.onAdded();
  }
}

/** A name for the middle of a sentence, isolated from its direction (FSI and PDI of the Unicode bidirectional algorithm). */
function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
