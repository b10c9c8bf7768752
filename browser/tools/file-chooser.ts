// A button that lets the person choose result files and saved reports.
import { button, el } from "../shared/dom";

/**
 * The button, and the hidden field that it presses.
 *
 * @param name begins their ids for tests: NAME-choose and NAME-files
 */
export function fileChooser(name: string, text: string, read: (files: File[]) => unknown): HTMLElement[] {
  const attributes = { type: "file", accept: ".json,.html", multiple: "", hidden: "", "aria-label": text };
  const input = el("input", { testid: `${name}-files`, attributes });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    read(files);
  });
  return [button(text, { testid: `${name}-choose`, onClick: () => input.click() }), input];
}
