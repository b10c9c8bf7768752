// The panel above the questions, closed until it is needed: name and list of assessments; create, open and remove.
import { button, el, setText } from "../shared/dom";
import type { Entry } from "../storage/entry";
import { fileState } from "../storage/entry";
import { isLater } from "../assessment/filter";
import type { MigrationReport } from "../assessment/migrate";
import type { Checklist, Item } from "../assessment/model";
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
  /** Called when an entry is finished: time to write. */
  onCommit: () => void;
}

/** The results of migrating the answers to this version, one line for each kind of result. */
export function reportLines(report: MigrationReport, { items }: Checklist, translate: Translate): string[] {
  const { otherVersion, unanswered, setAside, ...rest } = report;
  const isNew = (id: string): boolean => otherVersion !== "" && isLater(items.get(id)?.since ?? "0.0.0", otherVersion);
  const counts = { ...rest, unanswered, new: unanswered.filter(isNew), "set-aside": setAside };
  return Object.entries(counts)
    .filter(([name, { length }]) => length > 0 || name === "kept")
    .map(([name, { length }]) => translate(`report.${name}`, { count: length }));
}

export class Panel {
  readonly element: HTMLElement;
  readonly #label: HTMLInputElement;
  readonly #list: HTMLSelectElement;
  readonly #respondent: HTMLInputElement;
  readonly #doNotKeep: HTMLInputElement;
  /** The name of the assessment, which opens the panel. */
  readonly #name = el("span", { class: "tf-panel__name", testid: "panel-name" });
  readonly #continueLink = el("a", { testid: "continue", attributes: { hidden: "" } });
  readonly #storageNotice = el("p", { class: "tf-notice tf-notice--warning", testid: "storage-notice" });
  /** Printed only: time and progress. */
  readonly #printLine = el("p", { class: "tf-panel__printed" });
  readonly #reportNotice = el("div", { class: "tf-notice", testid: "report" });
  #shownList = "";
  #shownReport: MigrationReport | undefined;

  constructor(
    private readonly checklist: Checklist,
    private readonly translate: Translate,
    private readonly handlers: PanelHandlers,
    fromDisk: boolean,
    parts: readonly HTMLElement[],
  ) {
    this.#label = this.#createInput("label", "500", handlers.onRename);
    this.#respondent = this.#createInput("respondent", "200", handlers.onRespondent);
    this.#list = el("select", {
      class: "tf-input",
      testid: "assessment-list",
      attributes: { id: "tebiki-list", autocomplete: "off", "aria-describedby": "tebiki-list-hint" },
    });
    this.#list.addEventListener("change", () => handlers.onSwitch(this.#list.value));
    this.#doNotKeep = el("input", {
      testid: "keep-off",
      attributes: {
        type: "checkbox",
        id: "tebiki-keep-off",
        autocomplete: "off",
        "aria-describedby": "tebiki-keep-off-hint",
      },
    });
    this.#doNotKeep.addEventListener("change", () => handlers.onKeep(!this.#doNotKeep.checked));
    const details = el(
      "details",
      { class: "tf-details tf-panel", testid: "panel" },
      el("summary", {}, this.#name, el("span", { class: "tf-panel__title" }, translate("panel.title"))),
      el("p", { class: "tf-panel__privacy" }, translate("panel.privacy")),
      el(
        "div",
        { class: "tf-panel__fields" },
        this.#createField(this.#label, "label"),
        this.#createField(this.#list, "list"),
        this.#createField(this.#respondent, "respondent"),
      ),
      this.#createButtons(),
      el(
        "div",
        { class: "tf-check" },
        this.#doNotKeep,
        el("label", { attributes: { for: this.#doNotKeep.id } }, translate("panel.keep-off")),
        el(
          "div",
          { class: "tf-field__hint", attributes: { id: "tebiki-keep-off-hint" } },
          ...(fromDisk ? [el("p", { testid: "keep-off-disk" }, translate("panel.keep-off-disk"))] : []),
          el("p", {}, translate("panel.keep-off-hint")),
          el("p", { testid: "keep-off-limit" }, translate("panel.keep-off-limit")),
        ),
      ),
      ...parts,
    );
    this.element = el(
      "div",
      { class: "tf-manage" },
      this.#storageNotice,
      this.#reportNotice,
      el("div", { class: "tf-manage__line" }, details, this.#continueLink),
      this.#printLine,
    );
  }

  show(
    current: Entry,
    entries: Entry[],
    kept: boolean,
    problem: StorageProblem,
    report: MigrationReport | undefined,
    total: Tally,
  ): void {
    const { answered, asked } = total;
    const time = formatTime(current.draft.updated, this.checklist.lang);
    setText(
      this.#printLine,
      this.translate("panel.printed", { progress: this.translate("progress.count", { answered, asked }), time }),
    );
    setText(this.#name, current.draft.label || this.translate("panel.no-label"));
    if (this.#label.value !== current.draft.label) this.#label.value = current.draft.label;
    const respondent = current.draft.respondent ?? "";
    // A trailing space is not stored, but must not vanish while somebody is typing.
    if (this.#respondent.value.trim() !== respondent) this.#respondent.value = respondent;
    this.#doNotKeep.checked = !kept;
    this.#storageNotice.hidden = problem === "none";
    setText(this.#storageNotice, problem === "none" ? "" : this.translate(`storage.${problem}`));
    this.#showList(current, entries);
    this.#showReport(report);
  }

  /** Offers the way to the question where somebody who comes back goes on, or none. */
  showContinue(item: Item | undefined): void {
    this.#continueLink.hidden = !item;
    this.#continueLink.href = `#${item?.id ?? ""}`;
    setText(this.#continueLink, item ? this.translate("panel.continue", { number: item.number }) : "");
  }

  #createInput(name: string, maxlength: string, onInput: (text: string) => void): HTMLInputElement {
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
    input.addEventListener("blur", this.handlers.onCommit);
    return input;
  }

  #createField(control: HTMLElement, name: string): HTMLElement {
    return el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: control.id } }, this.translate(`panel.${name}`)),
      control,
      el(
        "p",
        { class: "tf-field__hint", attributes: { id: `${control.id}-hint` } },
        this.translate(`panel.${name}-hint`),
      ),
    );
  }

  #createButtons(): HTMLElement {
    const { translate, handlers } = this;
    const input = el("input", {
      testid: "file-input",
      attributes: {
        type: "file",
        accept: ".json,application/json,.html,.csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods",
        hidden: "",
        "aria-label": translate("panel.open"),
      },
    });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) handlers.onOpen(file);
      input.value = ""; // otherwise choosing the same file again would be no change
    });
    return el(
      "div",
      { class: "tf-panel__buttons" },
      button(translate("panel.new"), { testid: "new", onClick: handlers.onCreate }),
      button(translate("panel.open"), { testid: "open-file", onClick: () => input.click() }),
      input,
      button(translate("panel.delete"), { testid: "delete", class: "tf-button--quiet", onClick: handlers.onRemove }),
      button(translate("panel.delete-all"), {
        testid: "delete-all",
        class: "tf-button--quiet",
        onClick: handlers.onRemoveAll,
      }),
    );
  }

  #showList(current: Entry, entries: Entry[]): void {
    const texts = entries.map((entry) => {
      const { label, updated } = entry.draft;
      return this.translate("panel.entry", {
        label: label || this.translate("panel.no-label"),
        time: formatTime(updated, this.checklist.lang),
        file: this.translate(`panel.file-${fileState(entry, this.checklist)}`),
      });
    });
    const shown = JSON.stringify([current.draft.id, entries.map((entry) => entry.draft.id), texts]);
    if (shown === this.#shownList) return; // an open list must not change while it is in use
    this.#shownList = shown;
    this.#list.replaceChildren(
      ...entries.map((entry, index) => el("option", { attributes: { value: entry.draft.id } }, texts[index] ?? "")),
    );
    this.#list.value = current.draft.id;
  }

  #showReport(report: MigrationReport | undefined): void {
    this.#reportNotice.hidden = !report;
    if (report === this.#shownReport) return;
    this.#shownReport = report;
    if (!report) {
      this.#reportNotice.replaceChildren();
      return;
    }
    const { otherVersion } = report;
    const lines = reportLines(report, this.checklist, this.translate);
    const version = this.checklist.version;
    this.#reportNotice.replaceChildren(
      el(
        "p",
        {},
        otherVersion
          ? this.translate(otherVersion === version ? "report.version-unknown" : "report.version", {
              from: otherVersion,
              to: version,
            })
          : this.translate("report.title"),
      ),
      el("ul", {}, ...lines.map((line) => el("li", {}, line))),
      button(this.translate("report.close"), {
        testid: "report-close",
        class: "tf-button--quiet",
        onClick: this.handlers.onDismissReport,
      }),
    );
  }
}
