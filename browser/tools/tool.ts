// The interface of the tools below the panel.
import type { FormContext } from "../form/tools-loader";
import type { Translate } from "../assessment/translate";

/** The parts of the form and the messages that all tools use. */
export interface ToolContext extends FormContext {
  /** Translates the messages of the form and of the tools. */
  translate: Translate;
  /** Translates the messages of reports and tables. */
  translateResult: Translate;
  /** Titles of the kinds of institution by id, in the order of the handbook. */
  kinds: ReadonlyMap<string, string>;
  /** The URL of a script in the folder of the tools bundle. */
  scriptUrl: (name: string) => string;
}

/** An open tool. */
export interface ToolView {
  element: HTMLElement;
  /** Called when the assessment has changed, or another one has become current. */
  show?: () => void;
}

/** A tool; `id` is the key of its messages (`hub.<id>`) and part of its test id. */
export interface Tool {
  id: string;
  open: (context: ToolContext) => ToolView;
}
