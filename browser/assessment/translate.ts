// Looks up the messages of generator/tebiki/locales/<language>/form.yml in the data of a page.
import type { Strings } from "./model";

/**
 * The message for a dotted key, with {name} replaced by values.name.
 *
 * A missing message appears as its key: this is visible and breaks nothing.
 */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** A function that looks up messages in `strings`. */
export function translator(strings: Strings): Translate {
  return (key, values = {}) => {
    let message: string | Strings | undefined = strings;
    for (const part of key.split(".")) {
      message = typeof message === "object" && Object.hasOwn(message, part) ? message[part] : undefined;
    }
    if (typeof message !== "string") return key;
    return message.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : placeholder,
    );
  };
}
