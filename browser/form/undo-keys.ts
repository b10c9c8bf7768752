// The keys for undo and redo.
import type { UndoDirection } from "../assessment/undo";

/** Editable texts, in which the browser has an undo of its own. */
const TEXT_CONTROLS = "textarea, input:not([type=radio], [type=checkbox]), [contenteditable], dialog";

/** Calls `onUndo` for Ctrl+Z (undo), Ctrl+Shift+Z and Ctrl+Y (redo), on a Mac with Command, except in editable texts. */
export function onUndoKeys(onUndo: (direction: UndoDirection) => void, signal: AbortSignal): void {
  addEventListener(
    "keydown",
    (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
      if (event.target instanceof Element && event.target.closest(TEXT_CONTROLS)) return;
      event.preventDefault();
      onUndo(key === "y" || event.shiftKey ? "redo" : "undo");
    },
    { signal },
  );
}
