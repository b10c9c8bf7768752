/** Opens all details elements of the form for printing, and closes them again afterwards. */
export function openForPrint(root: HTMLElement, signal: AbortSignal): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener(
    "beforeprint",
    () => {
      opened = [...root.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
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
