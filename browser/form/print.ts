/**
 * Opens the details elements of the form for printing, and closes them again afterwards.
 *
 * The panel stays closed: an open report in it is printed in place of the form.
 */
export function openForPrint(root: HTMLElement, signal: AbortSignal): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener(
    "beforeprint",
    () => {
      opened = [...root.querySelectorAll<HTMLDetailsElement>("details:not([open], .tf-panel)")];
      for (const details of opened) details.open = true;
    },
    { signal },
  );
  addEventListener(
    "afterprint",
    () => {
      for (const details of opened) details.open = false;
    },
    { signal },
  );
}
