/** Opens every details element of the form while it is printed, and closes them again after. */
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
