// Lets the reader choose the rows and columns of a comparison. The table is complete without this script;
// the form is in the page already, hidden, with all its words.
import { AXES, type Axis, readFragment, type View, writeFragment } from "./view";

function start(compare: HTMLElement): void {
  const form = compare.querySelector("form");
  const said = compare.querySelector<HTMLElement>("[data-shown]");
  const copy = compare.querySelector<HTMLElement>("[data-clipboard-text]");
  if (!form || !said || !copy) return;
  const boxes = (axis: Axis): HTMLInputElement[] =>
    [...form.querySelectorAll("input")].filter((box) => box.name === axis);
  const values = (axis: Axis, chosen: boolean): Set<string> =>
    new Set(
      boxes(axis)
        .filter((box) => box.checked || !chosen)
        .map((box) => box.value),
    );
  const all: View = { rows: values("rows", false), columns: values("columns", false) };

  const show = (): void => {
    const view: View = { rows: values("rows", true), columns: values("columns", true) };
    for (const row of compare.querySelectorAll<HTMLElement>("[data-row]")) {
      row.hidden = !view.rows.has(row.dataset.row ?? "");
    }
    for (const cell of compare.querySelectorAll<HTMLElement>("[data-column]")) {
      cell.hidden = !view.columns.has(cell.dataset.column ?? "");
    }
    for (const axis of AXES) {
      // the last one stays: an empty table compares nothing
      for (const box of boxes(axis)) box.disabled = box.checked && view[axis].size === 1;
    }
    said.textContent = (said.dataset.shown ?? "")
      .replace("{rows}", String(view.rows.size))
      .replace("{columns}", String(view.columns.size));
    const address = location.href.replace(/#.*$/, "");
    copy.dataset.clipboardText = address + (writeFragment(view, all) || location.hash);
  };

  const choose = (view: View): void => {
    for (const axis of AXES) for (const box of boxes(axis)) box.checked = view[axis].has(box.value);
    show();
  };

  const remember = (): void => {
    show();
    const view: View = { rows: values("rows", true), columns: values("columns", true) };
    // replaced, not added: the way back leads to the page before, not through every choice
    const fragment = writeFragment(view, all);
    history.replaceState(history.state, "", fragment || location.href.replace(/#.*$/, ""));
  };

  form.addEventListener("change", remember);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose(all);
    remember();
  });
  addEventListener("hashchange", () => choose(readFragment(location.hash, all) ?? all));
  // the fragment decides, not what the browser remembers of the boxes
  choose(readFragment(location.hash, all) ?? all);
  form.hidden = false;
}

for (const compare of document.querySelectorAll<HTMLElement>("[data-tebiki-compare]")) start(compare);
