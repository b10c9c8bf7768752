// Material's search box: its elements, and additions to its behaviour.

/** The elements of the search box. */
export interface Box {
  dialog: HTMLElement;
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Checked while the box is open. */
  toggle: HTMLInputElement;
  result: HTMLElement;
}

/** Finds the box; undefined on a page without one. */
export function findBox(): Box | undefined {
  const dialog = document.querySelector<HTMLElement>("[data-md-component=search]");
  const form = dialog?.querySelector("form");
  const input = dialog?.querySelector<HTMLInputElement>("[data-md-component=search-query]");
  const result = dialog?.querySelector<HTMLElement>("[data-md-component=search-result]");
  const toggle = document.querySelector<HTMLInputElement>("#__search");
  if (!dialog || !form || !input || !result || !toggle) return undefined;
  return { dialog, form, input, toggle, result };
}

/** Adds support for the Tab key and screen readers. */
export function prepareBox({ dialog, form, toggle, result }: Box): void {
  // Material recognizes the search by this name, and would then fetch its own index
  form.removeAttribute("name");
  result.firstElementChild?.setAttribute("role", "status");

  window.addEventListener(
    "keydown",
    (event) => {
      // Material closes the box at Tab and moves the focus to the input at Shift, so that the controls in the box
      // could not be reached
      if (/^(Tab|Shift)$/.test(event.key) && dialog.contains(document.activeElement)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    const hasLeft = relatedTarget instanceof Node && !dialog.contains(relatedTarget) && relatedTarget !== toggle;
    if (hasLeft && toggle.checked) toggle.click();
  });
}

/** Calls `onOpen` whenever the search box opens. */
export function whenOpened({ input, toggle }: Box, onOpen: () => void): void {
  input.addEventListener("focus", onOpen);
  toggle.addEventListener("change", () => toggle.checked && onOpen());
  if (toggle.checked || document.activeElement === input) onOpen();
}
