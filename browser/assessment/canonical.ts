// Whether two pieces of data say the same. Files list the members of an object in any order.
import canonicalize from "canonicalize";

import { isRows } from "./content";
import type { Answer } from "./model";

/** The one form of a piece of JSON (RFC 8785). */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? "";
}

/** What counts of an answer: not who gave it, and not what stands beside one that was chosen. Empty: nothing. */
export function comparableAnswer({ value, content }: Answer): string {
  if (value !== "" || content === undefined) return value;
  return canonicalJson(isRows(content) ? content.map((row) => row.fields) : content);
}
