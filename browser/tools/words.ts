// The words of the tools, as ../../generator/tebiki/compiling/tool_words.py writes them.
import type { Strings } from "../assessment/model";

export interface ToolWords {
  /** Messages of generator/tebiki/locales/<language>/form_tools.yml. */
  tools: Strings;
  /** Messages of result.yml: reports and tables, which the command line makes as well. */
  result: Strings;
  /** Kinds of subject: id and title, in the handbook's order. */
  kinds: [string, string][];
}

declare global {
  // what form-words.js sets
  var tebikiFormWords: ToolWords | undefined;
}
