// Whether two pieces of data say the same. Files list the members of an object in any order.
import canonicalize from "canonicalize";

/** The one form of a piece of JSON (RFC 8785). */
export function canonical(value: unknown): string {
  return canonicalize(value) ?? "";
}
