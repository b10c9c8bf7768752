// What each tool is given, and what it gives: a part of the page below the panel.
import type { FormContext } from "../form/tools-loader";
import type { Translate } from "../assessment/translate";

/** What all tools work with. */
export interface ToolContext extends FormContext {
  /** Words of the form and of the tools. */
  t: Translate;
  /** Words of reports and tables. */
  r: Translate;
  /** Titles of the kinds of subject, by id, in the handbook's order. */
  kinds: ReadonlyMap<string, string>;
  /** The address of a script beside that of the tools. */
  beside: (name: string) => string;
}

/** A tool that is open. */
export interface ToolView {
  element: HTMLElement;
  /** The assessment has changed, or another one is in front. */
  show?: () => void;
}

/** A tool; `id` names its words (`hub.<id>`) and its button in the tests. */
export interface Tool {
  id: string;
  open: (context: ToolContext) => ToolView;
}
