// Lets the reader choose the rows and columns of a comparison. The table is complete without this script; the page
// has the form with all its words, hidden.
import { AXES, type Axis, readFragment, type Selection, writeFragment } from "./selection";

function start(compare: HTMLElement): void {
  const form = compare.querySelector("form");
  const status = compare.querySelector<HTMLElement>("[data-shown]");
  const copyButton = compare.querySelector<HTMLElement>("[data-clipboard-text]");
  if (!form || !status || !copyButton) return;
  const checkboxes = (axis: Axis): HTMLInputElement[] =>
    [...form.querySelectorAll("input")].filter((checkbox) => checkbox.name === axis);
  const valuesOf = (axis: Axis, checkedOnly: boolean): Set<string> =>
    new Set(
      checkboxes(axis)
        .filter((checkbox) => checkbox.checked || !checkedOnly)
        .map((checkbox) => checkbox.value),
    );
  const all: Selection = { rows: valuesOf("rows", false), columns: valuesOf("columns", false) };

  const apply = (): void => {
    const selection: Selection = { rows: valuesOf("rows", true), columns: valuesOf("columns", true) };
    for (const row of compare.querySelectorAll<HTMLElement>("[data-row]")) {
      row.hidden = !selection.rows.has(row.dataset.row ?? "");
    }
    for (const cell of compare.querySelectorAll<HTMLElement>("[data-column]")) {
      cell.hidden = !selection.columns.has(cell.dataset.column ?? "");
    }
    for (const axis of AXES) {
      // the last row or column stays: an empty table is useless
      for (const checkbox of checkboxes(axis)) checkbox.disabled = checkbox.checked && selection[axis].size === 1;
    }
    status.textContent = (status.dataset.shown ?? "")
      .replace("{rows}", String(selection.rows.size))
      .replace("{columns}", String(selection.columns.size));
    const address = location.href.replace(/#.*$/, "");
    copyButton.dataset.clipboardText = address + (writeFragment(selection, all) || location.hash);
  };

  const select = (selection: Selection): void => {
    for (const axis of AXES)
      for (const checkbox of checkboxes(axis)) checkbox.checked = selection[axis].has(checkbox.value);
    apply();
  };

  const saveInAddress = (): void => {
    apply();
    const selection: Selection = { rows: valuesOf("rows", true), columns: valuesOf("columns", true) };
    // replaced, not added: the back button leads to the previous page, not to the previous selection
    const fragment = writeFragment(selection, all);
    history.replaceState(history.state, "", fragment || location.href.replace(/#.*$/, ""));
  };

  form.addEventListener("change", saveInAddress);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    select(all);
    saveInAddress();
  });
  addEventListener("hashchange", () => select(readFragment(location.hash, all) ?? all));
  // the fragment takes precedence over the checkboxes that the browser restores
  select(readFragment(location.hash, all) ?? all);
  form.hidden = false;
}

for (const compare of document.querySelectorAll<HTMLElement>("[data-tebiki-compare]")) start(compare);
