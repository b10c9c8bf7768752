// Loads the tools for whole assessments (../tools/) on demand.
import { loadScript } from "../shared/load-script";
import type { FileReaderModules } from "./file-reader";
import type { FormParts } from "./form-parts";
import { button, el } from "../shared/dom";
import type { Draft } from "../assessment/model";

/** The parts of the form that the tools use. */
export interface FormContext extends FormParts {
  /** The assessments of another checklist in this browser; none without a storage. */
  listOthers: (checklistId: string) => Promise<Draft[]>;
  /** Loads what reads result files; rejects when it does not load. */
  loadFileReader: () => Promise<FileReaderModules>;
}

/** The loaded tools. */
export interface Tools {
  /** Shows or hides the tools. */
  toggle: () => void;
  /** Shows a tool, and moves the focus to its tab. */
  open: (id: string) => void;
  /** Opens a table that was filled in elsewhere. */
  openTable: (file: File) => void;
  /** Opens what assessments of other checklists offer; with a file, also the assessment in it. */
  openReuse: (file?: File) => void;
}

declare global {
  // Set by ../tools/main.ts.
  var tebikiFormTools: (loader: ToolsLoader) => Promise<Tools>;
}

const scriptAddress = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-tools.js");

/** The element of the tools below the panel: only a button until it is pressed. */
export class ToolsLoader {
  readonly element: HTMLElement;
  /** Called when the assessment has changed; replaced by the loaded tools. */
  show = (): void => undefined;
  #tools: Promise<Tools> | undefined;

  constructor(readonly context: FormContext) {
    const opener = button(context.translate("tools.open"), {
      testid: "tools",
      onClick: () => this.run((tools) => tools.toggle()),
    });
    this.element = el("div", { class: "tf-tools" }, opener);
  }

  /** Runs an action with the tools once they are loaded. */
  run(action: (tools: Tools) => void): void {
    const panel = this.element.closest("details");
    if (panel) panel.open = true;
    this.#tools ??= loadScript(scriptAddress).then(() => tebikiFormTools(this));
    this.#tools.then(action, () => {
      this.#tools = undefined;
      const { bar, translate } = this.context;
      bar.showMessage(translate("tools.failed"), "refused");
    });
  }
}
