// The parts of the form that everything loaded on demand uses.
import type { Checklist, Strings } from "../assessment/model";
import type { Workspace } from "../storage/workspace";
import type { Bar } from "./bar";

export interface FormParts {
  /** The custom element of the form, where dialogs are placed. */
  root: HTMLElement;
  form: HTMLFormElement;
  checklist: Checklist;
  workspace: Workspace;
  bar: Bar;
  /** The messages of the form. */
  strings: Strings;
  /** Applies a change, which is then written like an answer. */
  change: (apply: () => void) => void;
}
