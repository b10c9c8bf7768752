// The panel above the questions: which assessment is in front, beginning, opening, removing.
import { button, el, setText } from "../shared/dom";
import type { Entry } from "../storage/entry";
import { fileState } from "../storage/entry";
import { isLater } from "../assessment/filter";
import type { MigrationReport } from "../assessment/migrate";
import type { Checklist } from "../assessment/model";
import type { Tally } from "../assessment/progress";
import type { StorageProblem } from "../storage/entries";
import type { Translate } from "../assessment/translate";
import { formatTime } from "../shared/time";

export interface PanelHandlers {
  onRename: (label: string) => void;
  onRespondent: (respondent: string) => void;
  onSwitch: (id: string) => void;
  onCreate: () => void;
  onOpen: (file: File) => void;
  onRemove: () => void;
  onRemoveAll: () => void;
  onKeep: (kept: boolean) => void;
  onDismissReport: () => void;
  /** Called when the label has been left: time to write. */
  onLeave: () => void;
}

/** What became of the answers when they were brought to this version, one line for each thing that happened. */
export function reportLines(report: MigrationReport, { items }: Checklist, t: Translate): string[] {
  const { otherVersion, unanswered, setAside, ...rest } = report;
  const isNew = (id: string): boolean => otherVersion !== "" && isLater(items.get(id)?.since ?? "0.0.0", otherVersion);
  const counts = { ...rest, unanswered, new: unanswered.filter(isNew), "set-aside": setAside };
  return Object.entries(counts)
    .filter(([name, { length }]) => length > 0 || name === "kept")
    .map(([name, { length }]) => t(`report.${name}`, { count: length }));
}

export class Panel {
  readonly element: HTMLElement;
  readonly #label: HTMLInputElement;
  readonly #list: HTMLSelectElement;
  readonly #respondent: HTMLInputElement;
  readonly #keepOff: HTMLInputElement;
  readonly #storage = el("p", { class: "tf-notice tf-notice--warning", testid: "storage-notice" });
  /** For paper only: when and how far. */
  readonly #printed = el("p", { class: "tf-panel__printed" });
  readonly #report = el("div", { class: "tf-notice", testid: "report" });
  #shownList = "";
  #shownReport: MigrationReport | undefined;

  constructor(
    private readonly checklist: Checklist,
    private readonly t: Translate,
    private readonly handlers: PanelHandlers,
  ) {
    this.#label = this.#input("label", "500", handlers.onRename);
    this.#respondent = this.#input("respondent", "200", handlers.onRespondent);
    this.#list = el("select", {
      class: "tf-input",
      testid: "assessment-list",
      attributes: { id: "tebiki-list", autocomplete: "off", "aria-describedby": "tebiki-list-hint" },
    });
    this.#list.addEventListener("change", () => handlers.onSwitch(this.#list.value));
    this.#keepOff = el("input", {
      testid: "keep-off",
      attributes: {
        type: "checkbox",
        id: "tebiki-keep-off",
        autocomplete: "off",
        "aria-describedby": "tebiki-keep-off-hint",
      },
    });
    this.#keepOff.addEventListener("change", () => handlers.onKeep(!this.#keepOff.checked));
    this.element = el(
      "section",
      { class: "tf-panel", attributes: { "aria-labelledby": "tebiki-panel-title" } },
      el("h2", { class: "tf-panel__title", attributes: { id: "tebiki-panel-title" } }, t("panel.title")),
      el("p", { class: "tf-panel__privacy" }, t("panel.privacy")),
      this.#storage,
      this.#report,
      el(
        "div",
        { class: "tf-panel__fields" },
        this.#field(this.#label, "label"),
        this.#field(this.#list, "list"),
        this.#field(this.#respondent, "respondent"),
      ),
      this.#printed,
      this.#buttons(),
      el(
        "div",
        { class: "tf-check" },
        this.#keepOff,
        el("label", { attributes: { for: this.#keepOff.id } }, t("panel.keep-off")),
        el("p", { class: "tf-field__hint", attributes: { id: "tebiki-keep-off-hint" } }, t("panel.keep-off-hint")),
      ),
    );
  }

  show(
    front: Entry,
    entries: Entry[],
    problem: StorageProblem,
    report: MigrationReport | undefined,
    total: Tally,
  ): void {
    const { answered, asked } = total;
    const time = formatTime(front.draft.updated, this.checklist.lang);
    setText(this.#printed, this.t("panel.printed", { progress: this.t("progress.count", { answered, asked }), time }));
    if (this.#label.value !== front.draft.label) this.#label.value = front.draft.label;
    const respondent = front.draft.respondent ?? "";
    // A space at its end is not kept, but must not go while somebody is typing.
    if (this.#respondent.value.trim() !== respondent) this.#respondent.value = respondent;
    this.#keepOff.checked = !front.kept;
    this.#storage.hidden = problem === "none";
    setText(this.#storage, problem === "none" ? "" : this.t(`storage.${problem}`));
    this.#showList(front, entries);
    this.#showReport(report);
  }

  #input(name: string, maxlength: string, onInput: (text: string) => void): HTMLInputElement {
    const id = `tebiki-${name}`;
    const attributes = {
      type: "text",
      id,
      maxlength,
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${id}-hint`,
    };
    const input = el("input", { class: "tf-input", testid: name, attributes });
    input.addEventListener("input", () => onInput(input.value));
    input.addEventListener("blur", this.handlers.onLeave);
    return input;
  }

  #field(control: HTMLElement, name: string): HTMLElement {
    return el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: control.id } }, this.t(`panel.${name}`)),
      control,
      el("p", { class: "tf-field__hint", attributes: { id: `${control.id}-hint` } }, this.t(`panel.${name}-hint`)),
    );
  }

  #buttons(): HTMLElement {
    const { t, handlers } = this;
    const input = el("input", {
      testid: "file-input",
      attributes: {
        type: "file",
        accept: ".json,application/json,.csv,.xlsx",
        hidden: "",
        "aria-label": t("panel.open"),
      },
    });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) handlers.onOpen(file);
      input.value = ""; // so that choosing the same file again is a change
    });
    return el(
      "div",
      { class: "tf-panel__buttons" },
      button(t("panel.new"), { testid: "new", onClick: handlers.onCreate }),
      button(t("panel.open"), { testid: "open-file", onClick: () => input.click() }),
      input,
      button(t("panel.delete"), { testid: "delete", class: "tf-button--quiet", onClick: handlers.onRemove }),
      button(t("panel.delete-all"), { testid: "delete-all", class: "tf-button--quiet", onClick: handlers.onRemoveAll }),
    );
  }

  #showList(front: Entry, entries: Entry[]): void {
    const texts = entries.map((entry) => {
      const { label, updated } = entry.draft;
      return this.t("panel.entry", {
        label: label || this.t("panel.no-label"),
        time: formatTime(updated, this.checklist.lang),
        file: this.t(`panel.file-${fileState(entry, this.checklist)}`),
      });
    });
    const shown = JSON.stringify([front.draft.id, entries.map((entry) => entry.draft.id), texts]);
    if (shown === this.#shownList) return; // an open list must not change under the pointer
    this.#shownList = shown;
    this.#list.replaceChildren(
      ...entries.map((entry, index) => el("option", { attributes: { value: entry.draft.id } }, texts[index] ?? "")),
    );
    this.#list.value = front.draft.id;
  }

  #showReport(report: MigrationReport | undefined): void {
    this.#report.hidden = !report;
    if (report === this.#shownReport) return;
    this.#shownReport = report;
    if (!report) {
      this.#report.replaceChildren();
      return;
    }
    const { otherVersion } = report;
    const lines = reportLines(report, this.checklist, this.t);
    const version = this.checklist.version;
    this.#report.replaceChildren(
      el(
        "p",
        {},
        otherVersion ? this.t("report.version", { from: otherVersion, to: version }) : this.t("report.title"),
      ),
      el("ul", {}, ...lines.map((line) => el("li", {}, line))),
      button(this.t("report.close"), {
        testid: "report-close",
        class: "tf-button--quiet",
        onClick: this.handlers.onDismissReport,
      }),
    );
  }
}
