// The digest that a result file carries.
import { _SHA256 as Sha256 } from "@noble/hashes/sha2.js"; // the class alone: sha256() around it adds 0.3 kB to every form page
import canonicalize from "canonicalize";

import type { AssessmentRecord } from "./model";

/**
 * "sha256:" and the lower-case hexadecimal SHA-256 (FIPS 180-4) of the record's canonical JSON
 * (RFC 8785) in UTF-8, without its member `digest`.
 *
 * Not crypto.subtle: browsers withhold it from pages on plain http, as on many intranets.
 * Throws when a text holds half of a surrogate pair, for which RFC 8785 has no form.
 */
export function recordDigest(record: Omit<AssessmentRecord, "digest"> & { digest?: string }): string {
  const { digest: _, ...content } = record;
  const hash = new Sha256().update(new TextEncoder().encode(canonicalize(content))).digest();
  return `sha256:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
