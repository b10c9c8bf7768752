// Compares data regardless of the order of the members of objects.
import canonicalize from "canonicalize";

import { isRows } from "./content";
import type { Answer } from "./model";

/** The canonical form of a JSON value (RFC 8785); empty for undefined. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? "";
}

/**
 * A text that is equal for equal answers: without respondents and texts, and without the content beside a chosen
 * answer. Empty when nothing was answered.
 */
export function comparableAnswer({ value, content }: Answer): string {
  if (value !== "" || content === undefined) return value;
  return canonicalJson(isRows(content) ? content.map((row) => row.fields) : content);
}
