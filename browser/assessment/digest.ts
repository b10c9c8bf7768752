// The digest that a result file carries.
import canonicalize from "canonicalize";

import type { AssessmentRecord } from "./model";
import { sha256 } from "./sha256";

/**
 * "sha256:" and the lower-case hexadecimal SHA-256 (FIPS 180-4) of the record's canonical JSON
 * (RFC 8785) in UTF-8, without its member `digest`.
 *
 * Not crypto.subtle: browsers withhold it from pages on plain http, as on many intranets.
 * Throws when a text holds half of a surrogate pair, for which RFC 8785 has no form.
 */
export function recordDigest(record: Omit<AssessmentRecord, "digest"> & { digest?: string }): string {
  const { digest: _, ...content } = record;
  return `sha256:${sha256(new TextEncoder().encode(canonicalize(content)))}`;
}
