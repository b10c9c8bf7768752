// What the reader chose to see, and how it is written in the address of the page, so that it can be passed on:
// #rows=country-us,country-japan&columns=government. A list that is left out means all of it.

export type Axis = "rows" | "columns";
export type View = Record<Axis, ReadonlySet<string>>;

export const AXES: readonly Axis[] = ["rows", "columns"];

/** The view that a fragment names, out of what there is; null when it names none, such as that of a heading. */
export function readFragment(fragment: string, all: View): View | null {
  const named = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!AXES.some((axis) => named.has(axis))) return null;
  const chosen = (axis: Axis): ReadonlySet<string> => {
    const words = named.get(axis)?.split(",") ?? [];
    const known = [...all[axis]].filter((one) => words.includes(one));
    // nothing that is known: rather all than an empty table
    return new Set(known.length > 0 ? known : all[axis]);
  };
  return { rows: chosen("rows"), columns: chosen("columns") };
}

/** The fragment for a view, with its "#"; empty when all is shown. */
export function writeFragment(view: View, all: View): string {
  const parts = AXES.filter((axis) => view[axis].size < all[axis].size).map(
    (axis) => `${axis}=${[...all[axis]].filter((one) => view[axis].has(one)).join(",")}`,
  );
  return parts.length > 0 ? `#${parts.join("&")}` : "";
}
