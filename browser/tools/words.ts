// The messages of the tools, as ../../generator/tebiki/compiling/tool_words.py writes them.
import type { Strings } from "../assessment/model";

export interface ToolWords {
  /** Messages of generator/tebiki/locales/<language>/form_tools.yml. */
  tools: Strings;
  /** Messages of result.yml, for reports and tables, which the command line makes as well. */
  result: Strings;
  /** Kinds of institution: id and title, in the order of the handbook. */
  kinds: [string, string][];
  /** The form templates, in the order of the handbook. */
  templates: FormTemplateTitle[];
  /** The ids of the checklists of which the handbook publishes figures. */
  figures: string[];
}

/** A form template, without the form. */
export interface FormTemplateTitle {
  id: string;
  title: string;
  text: string;
  /** The checklist whose answers fill the form. */
  checklist: string;
}

declare global {
  // Set by form-words.js.
  var tebikiFormWords: ToolWords | undefined;
}
