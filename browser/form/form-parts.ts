// The parts of the form that its views, and everything loaded on demand, use.
import type { Checklist, Strings } from "../assessment/model";
import type { Translate } from "../assessment/translate";
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
  translate: Translate;
  /** Applies a change, which is then written like an answer. */
  change: (apply: () => void) => void;
}
