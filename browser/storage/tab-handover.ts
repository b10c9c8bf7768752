// Hands an assessment over to the page in another language when nothing may be kept in the browser.
//
// It is passed in window.name, which survives a change of page inside a tab and is visible to no other tab and no
// server. It is set at the click, and read and cleared at the start of the next page.
import { draftOf, overlongTexts } from "../assessment/draft";
import type { AssessmentRecord, Checklist } from "../assessment/model";
import { MAX_RESULT_BYTES } from "../build/shared-constants";
import type { ReadResult } from "../assessment/read-file";
import { recordText } from "../assessment/record";

const PREFIX = "tebiki-handover-1:";

/** How long a handover is valid, in milliseconds. An older one comes from a click that led elsewhere. */
export const HANDOVER_MS = 60_000;

export interface Handover {
  record: AssessmentRecord;
  /** false: "do not keep on this computer" is on. true: it should be kept, but could not be. */
  kept: boolean;
  /** Digest and time of the last saved file; empty without one. */
  savedDigest: string;
  savedAt: string;
}

/**
 * The text for window.name, or null when the other page would refuse the record, which has a text over its limit or is
 * too large. `now` is in milliseconds.
 */
export function packHandover(handover: Handover, now: number): string | null {
  const record = recordText(handover.record);
  const isTooLarge = new TextEncoder().encode(record).length > MAX_RESULT_BYTES;
  if (isTooLarge || overlongTexts(draftOf(handover.record)).length > 0) return null;
  const { kept, savedDigest, savedAt } = handover;
  return PREFIX + JSON.stringify({ at: now, kept, savedDigest, savedAt, record });
}

/** Whether a window.name is a handover, valid or not: then it must be cleared. */
export function isHandover(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * Reads a handover; null when the text is none, too old, too large, or holds no record for this checklist.
 *
 * Any page can write to window.name, so it is checked in the same way as a file.
 *
 * @param readRecord Reads the record; see ../assessment/read-file.ts
 */
export function unpackHandover(
  name: string,
  checklist: Checklist,
  now: number,
  readRecord: (bytes: Uint8Array, checklist: Checklist) => ReadResult,
): Handover | null {
  if (!isHandover(name) || name.length > 2 * MAX_RESULT_BYTES) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(name.slice(PREFIX.length));
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const { at, kept, savedDigest, savedAt, record } = parsed as Record<string, unknown>;
  const age = now - Number(at);
  if (!(age >= 0 && age <= HANDOVER_MS)) return null;
  if (typeof kept !== "boolean" || typeof savedDigest !== "string" || typeof savedAt !== "string") return null;
  if (typeof record !== "string") return null;
  const reading = readRecord(new TextEncoder().encode(record), checklist);
  return reading.record ? { record: reading.record, kept, savedDigest, savedAt } : null;
}
