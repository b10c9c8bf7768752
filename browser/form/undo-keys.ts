// The keys for taking steps back and forth.
import type { UndoDirection } from "../assessment/undo";

/** Where the browser has steps of its own: in every text that can be written. */
const TEXTS = "textarea, input:not([type=radio], [type=checkbox]), [contenteditable], dialog";

/** Ctrl+Z (on a Mac Command+Z), and with Shift, or Ctrl+Y, forth again. Inside texts they stay the browser's. */
export function onUndoKeys(step: (way: UndoDirection) => void, signal: AbortSignal): void {
  addEventListener(
    "keydown",
    (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      if (event.target instanceof Element && event.target.closest(TEXTS)) return;
      event.preventDefault();
      step(key === "y" || event.shiftKey ? "redo" : "undo");
    },
    { signal },
  );
}
