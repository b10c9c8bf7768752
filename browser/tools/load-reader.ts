// Loads what reads result files, for the tools that open them.
import type { FileReaderModules } from "../form/file-reader";
import type { ToolContext } from "./tool";

/** The reader of result files; undefined, with a message to the person, when it does not load. */
export function loadReader({ bar, loadFileReader, translate }: ToolContext): Promise<FileReaderModules | undefined> {
  return loadFileReader().catch(() => {
    bar.showMessage(translate("tools.failed"), "refused");
    return undefined;
  });
}
