// The messages of generator/tebiki/locales/<language>/form.yml, as the page carries them.
import type { Strings } from "./model";

/**
 * The message under a dotted key, with {name} replaced by values.name.
 *
 * A missing message shows as its key: seen at once, and nothing breaks.
 */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** A function that looks messages up in `strings`. */
export function translator(strings: Strings): Translate {
  return (key, values = {}) => {
    let found: string | Strings | undefined = strings;
    for (const part of key.split(".")) {
      found = typeof found === "object" && Object.hasOwn(found, part) ? found[part] : undefined;
    }
    if (typeof found !== "string") return key;
    return found.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
  };
}
