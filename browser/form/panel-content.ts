// The entry of the bundle with what the panel contains, which panel-loader.ts loads: name and list of assessments,
// details of the assessment, create, open and remove, and the filters.
import { translator } from "../assessment/translate";
import type { Progress } from "../assessment/progress";
import { button, el } from "../shared/dom";
import { formatTime } from "../shared/time";
import { FilterView } from "./filter-view";
import { PanelActions } from "./panel-actions";
import type { PanelContext } from "./panel-loader";
import { SubjectFields } from "./subject-fields";

/** The loaded content of the panel. */
export interface PanelContent {
  elements: readonly HTMLElement[];
  /** Called when the form has been rendered. */
  show: (progress: Progress) => void;
  /** Shows a question that a filter hides. */
  reveal: (id: string) => void;
}

class Content implements PanelContent {
  readonly elements: readonly HTMLElement[];
  readonly #label: HTMLInputElement;
  readonly #list: HTMLSelectElement;
  readonly #respondent: HTMLInputElement;
  readonly #doNotKeep: HTMLInputElement;
  readonly #subject: SubjectFields;
  readonly #filter: FilterView;
  readonly #actions: PanelActions;
  #shownList = "";

  constructor(private readonly context: PanelContext) {
    const { translate, workspace, change, form, checklist, bar } = context;
    this.#actions = new PanelActions(context);
    this.#label = this.#createInput("label", "500", (label) => change(() => workspace.setPart("label", label)));
    this.#respondent = this.#createInput("respondent", "200", (respondent) =>
      change(() => workspace.setRespondent(respondent)),
    );
    this.#list = el("select", {
      class: "tf-input",
      testid: "assessment-list",
      attributes: { id: "tebiki-list", autocomplete: "off", "aria-describedby": "tebiki-list-hint" },
    });
    this.#list.addEventListener("change", () => context.switchTo(this.#list.value));
    this.#doNotKeep = el("input", {
      testid: "keep-off",
      attributes: {
        type: "checkbox",
        id: "tebiki-keep-off",
        autocomplete: "off",
        "aria-describedby": "tebiki-keep-off-hint",
      },
    });
    this.#doNotKeep.addEventListener("change", () => void this.#actions.setKept(!this.#doNotKeep.checked));
    const words = globalThis.tebikiFormWords;
    this.#subject = new SubjectFields({
      checklist,
      workspace,
      change,
      kinds: new Map(words?.kinds),
      translate: translator({ ...context.strings, ...words?.tools }),
    });
    this.#filter = new FilterView(form, checklist, translate, (text) => bar.showMessage(text, "aside"));
    this.#filter.onSwitched = context.onFiltered;
    this.elements = [
      el("p", { class: "tf-panel__privacy" }, translate("panel.privacy")),
      el(
        "div",
        { class: "tf-panel__fields" },
        this.#createField(this.#label, "label"),
        this.#createField(this.#list, "list"),
        this.#createField(this.#respondent, "respondent"),
        ...this.#subject.elements,
      ),
      this.#createButtons(),
      this.#createChoiceToKeep(),
      this.#filter.element,
    ];
  }

  show(progress: Progress): void {
    const { draft, kept } = this.context.workspace;
    if (this.#label.value !== draft.label) this.#label.value = draft.label;
    const respondent = draft.respondent ?? "";
    // A trailing space is not stored, but must not vanish while somebody is typing.
    if (this.#respondent.value.trim() !== respondent) this.#respondent.value = respondent;
    this.#doNotKeep.checked = !kept;
    this.#subject.show(draft);
    this.#filter.show(draft, progress);
    this.#showList();
  }

  reveal(id: string): void {
    this.#filter.reveal(id);
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
    input.addEventListener("blur", () => void this.context.workspace.flush());
    return input;
  }

  #createField(control: HTMLElement, name: string): HTMLElement {
    const { translate } = this.context;
    return el(
      "div",
      { class: "tf-field" },
      el("label", { attributes: { for: control.id } }, translate(`panel.${name}`)),
      control,
      el("p", { class: "tf-field__hint", attributes: { id: `${control.id}-hint` } }, translate(`panel.${name}-hint`)),
    );
  }

  #createChoiceToKeep(): HTMLElement {
    const { translate, isFromDisk } = this.context;
    return el(
      "div",
      { class: "tf-check" },
      this.#doNotKeep,
      el("label", { attributes: { for: this.#doNotKeep.id } }, translate("panel.keep-off")),
      el(
        "div",
        { class: "tf-field__hint", attributes: { id: "tebiki-keep-off-hint" } },
        ...(isFromDisk ? [el("p", { testid: "keep-off-disk" }, translate("panel.keep-off-disk"))] : []),
        el("p", {}, translate("panel.keep-off-hint")),
        el("p", { testid: "keep-off-limit" }, translate("panel.keep-off-limit")),
      ),
    );
  }

  #createButtons(): HTMLElement {
    const { translate, open } = this.context;
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
      if (file) open(file);
      input.value = ""; // otherwise choosing the same file again would be no change
    });
    const quiet = (name: string, onClick: () => void): HTMLElement =>
      button(translate(`panel.${name}`), { testid: name, class: "tf-button--quiet", onClick });
    return el(
      "div",
      { class: "tf-panel__buttons" },
      button(translate("panel.new"), { testid: "new", onClick: () => this.#actions.create() }),
      button(translate("panel.open"), { testid: "open-file", onClick: () => input.click() }),
      input,
      quiet("delete", () => void this.#actions.remove()),
      quiet("delete-all", () => void this.#actions.removeAll()),
    );
  }

  #showList(): void {
    const { checklist, translate, workspace, fileStateOf } = this.context;
    const { draft, entries } = workspace;
    const texts = entries.map((entry) => {
      const { label, updated } = entry.draft;
      return translate("panel.entry", {
        label: label || translate("panel.no-label"),
        time: formatTime(updated, checklist.lang),
        file: translate(`panel.file-${fileStateOf(entry)}`),
      });
    });
    const shown = JSON.stringify([draft.id, entries.map((entry) => entry.draft.id), texts]);
    if (shown === this.#shownList) return; // an open list must not change while it is in use
    this.#shownList = shown;
    this.#list.replaceChildren(
      ...entries.map((entry, index) => el("option", { attributes: { value: entry.draft.id } }, texts[index] ?? "")),
    );
    this.#list.value = draft.id;
  }
}

export const createPanelContent = (context: PanelContext): PanelContent => new Content(context);

declare global {
  var tebikiPanelContent: typeof createPanelContent | undefined;
}

globalThis.tebikiPanelContent = createPanelContent;
