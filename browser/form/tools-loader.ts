// Loads what is done with assessments as a whole (../tools/) when somebody asks for it.
import { loadScript } from "../shared/load-script";
import type { Bar } from "./bar";
import { button, el } from "../shared/dom";
import type { Checklist, Strings } from "../assessment/model";
import type { Translate } from "../assessment/translate";
import type { Workspace } from "../storage/workspace";

/** What the tools work with. */
export interface ToolParts {
  /** The element of the form: where dialogs go. */
  root: HTMLElement;
  form: HTMLFormElement;
  checklist: Checklist;
  workspace: Workspace;
  bar: Bar;
  /** The words of the form in the page. */
  strings: Strings;
  /** Takes one change, which is then written like an answer. */
  change: (apply: () => void) => void;
}

/** The tools that run. */
export interface Tools {
  /** Shows or hides them. */
  toggle: () => void;
  /** Opens a table that was filled in elsewhere. */
  openTable: (file: File) => void;
}

declare global {
  // what ../tools/main.ts sets
  var tebikiFormTools: (place: ToolsPlace) => Promise<Tools>;
}

const address = (document.currentScript as HTMLScriptElement).src.replace(/\.js$/, "-tools.js");

/** The place of the tools below the panel: a button, until it is pressed. */
export class ToolsPlace {
  readonly element: HTMLElement;
  /** Called when the assessment has changed; the tools put their own here. */
  show = (): void => undefined;
  #tools: Promise<Tools> | undefined;

  constructor(
    readonly parts: ToolParts,
    private readonly t: Translate,
  ) {
    const opener = button(t("tools.open"), { testid: "tools", onClick: () => this.use((tools) => tools.toggle()) });
    this.element = el("div", { class: "tf-tools" }, opener);
  }

  /** Does something with the tools, once they are here. */
  use(act: (tools: Tools) => void): void {
    this.#tools ??= loadScript(address).then(() => tebikiFormTools(this));
    this.#tools.then(act, () => {
      this.#tools = undefined;
      this.parts.bar.say(this.t("tools.failed"), "refused");
    });
  }
}
