// The selected rows and columns of a comparison, and their form in the fragment of the address:
// #rows=country-us,country-japan&columns=government. A missing list means all rows or columns.

export type Axis = "rows" | "columns";
export type Selection = Record<Axis, ReadonlySet<string>>;

export const AXES: readonly Axis[] = ["rows", "columns"];

/**
 * The selection in a fragment; null when the fragment has none, such as the anchor of a heading.
 *
 * @param all All rows and columns; unknown names are ignored
 */
export function readFragment(fragment: string, all: Selection): Selection | null {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!AXES.some((axis) => parameters.has(axis))) return null;
  const chosen = (axis: Axis): ReadonlySet<string> => {
    const chosenValues = parameters.get(axis)?.split(",") ?? [];
    const knownValues = [...all[axis]].filter((value) => chosenValues.includes(value));
    // all instead of an empty table when no name is known
    return new Set(knownValues.length > 0 ? knownValues : all[axis]);
  };
  return { rows: chosen("rows"), columns: chosen("columns") };
}

/** The fragment of a selection, with "#"; empty when everything is selected. */
export function writeFragment(selection: Selection, all: Selection): string {
  const parts = AXES.filter((axis) => selection[axis].size < all[axis].size).map(
    (axis) => `${axis}=${[...all[axis]].filter((value) => selection[axis].has(value)).join(",")}`,
  );
  return parts.length > 0 ? `#${parts.join("&")}` : "";
}
