// Material's search box: the elements of it that are worked with, and what it lacks.

/** The elements of the search box of this page. */
export interface Box {
  dialog: HTMLElement;
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Checked while the box is open. */
  toggle: HTMLInputElement;
  /** What scrolls: the results stand in it. */
  scroll: HTMLElement;
  result: HTMLElement;
}

/** Finds the box; undefined on a page without one. */
export function findBox(): Box | undefined {
  const dialog = document.querySelector<HTMLElement>("[data-md-component=search]");
  const form = dialog?.querySelector("form");
  const input = dialog?.querySelector<HTMLInputElement>("[data-md-component=search-query]");
  const result = dialog?.querySelector<HTMLElement>("[data-md-component=search-result]");
  const toggle = document.querySelector<HTMLInputElement>("[data-md-toggle=search]");
  const scroll = result?.parentElement;
  if (!dialog || !form || !input || !result || !toggle || !scroll) return undefined;
  return { dialog, form, input, toggle, scroll, result };
}

/** Makes the box fit for input methods, for the Tab key and for those who cannot see it. */
export function prepareBox({ dialog, form, input, toggle, result }: Box): void {
  // by this name Material finds that there is a search, and would fetch an index for it
  form.removeAttribute("name");
  result.firstElementChild?.setAttribute("role", "status");

  // Material looks at the box when a key is released; a finished composition, a paste or a
  // dictated word releases none
  const look = (): void => void input.dispatchEvent(new Event("keyup"));
  input.addEventListener("input", look);
  input.addEventListener("compositionend", () => setTimeout(look));

  window.addEventListener(
    "keydown",
    (event) => {
      // the Enter that ends a composition chooses no result
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
      // Material closes the box at Tab, and takes the Shift before it for the query: what can be
      // chosen in the box could not be reached
      if ((event.key === "Tab" || event.key === "Shift") && dialog.contains(document.activeElement))
        event.stopImmediatePropagation();
    },
    { capture: true },
  );
  dialog.addEventListener("focusout", ({ relatedTarget }) => {
    const left = relatedTarget instanceof Node && !dialog.contains(relatedTarget) && relatedTarget !== toggle;
    if (left && toggle.checked) toggle.click();
  });
}

/** Calls `open` whenever a person is about to search. */
export function whenOpened({ input, toggle }: Box, open: () => void): void {
  input.addEventListener("focus", open);
  toggle.addEventListener("change", () => toggle.checked && open());
  if (toggle.checked || document.activeElement === input) open();
}
