// The rows of the object store "assessments".
//
// The forms of all published versions share the store. Rows that an earlier form does not know have no draft, so that
// it skips them.
import type { Changes } from "../assessment/draft";
import type { Draft } from "../assessment/model";
import { randomUuid } from "../shared/uuid";
import type { Entry } from "./entry";
import { mergeEntries } from "./entry";

interface AssessmentRow {
  id: string;
  checklist: string;
  draft: Draft;
  savedDigest: string;
  savedAt: string;
  savedUpdated?: string | undefined;
  used: number;
}

/** An entry with its unwritten changes. */
export interface PendingEntry {
  entry: Entry;
  changes: Changes;
}

/** Changes by a page that was being unloaded, and could not read the assessment to merge them into it. */
interface PendingRow extends PendingEntry {
  id: string;
  checklist: string;
}

export type StoredRow = AssessmentRow | PendingRow;

// Rows without an assessment, by which a window tells the others what somebody chose last.
export const KEPT = "#kept";
export const NOT_KEPT = "#not-kept";

/** The first of the keys after those two: ids of assessments begin with a hexadecimal digit. */
export const FIRST_ID = "$";

export function rowOf({ draft, savedDigest, savedAt, savedUpdated, used }: Entry): AssessmentRow {
  return { id: draft.id, checklist: draft.checklist.id, draft, savedDigest, savedAt, savedUpdated, used };
}

function entryOf({ draft, savedDigest, savedAt, savedUpdated, used }: AssessmentRow): Entry {
  return { draft, stored: true, savedDigest, savedAt, savedUpdated, used };
}

/** The keys of an assessment and of its pending rows, the oldest first. */
export function rangeOf(id: string): [string, string] {
  return [id, `${id} \uffff`];
}

export function pendingRow({ entry, changes }: PendingEntry, now: string): PendingRow {
  const { id, checklist } = entry.draft;
  return { id: `${id} ${now} ${randomUuid()}`, checklist: checklist.id, entry, changes };
}

export function isPending(row: StoredRow): row is PendingRow {
  return "entry" in row && row.changes instanceof Map;
}

/** Whether a row is an assessment that can be read. A damaged one is left in the storage and must not stop the form. */
function isAssessment(row: StoredRow): row is AssessmentRow {
  return "draft" in row && row.draft?.answers instanceof Map && row.draft.orphans instanceof Map;
}

/** The most recently used entry. */
export function latestOf(entries: Iterable<Entry>): Entry | undefined {
  return [...entries].sort((a, b) => b.used - a.used)[0];
}

/** The entries by id, with the pending changes, and the ids of those that have been merged. */
export function mergeRows(rows: readonly StoredRow[]): { entries: Map<string, Entry>; mergedIds: Set<string> } {
  const entries = new Map(rows.filter(isAssessment).map((row) => [row.id, entryOf(row)]));
  const mergedIds = new Set<string>();
  for (const { entry, changes } of rows.filter(isPending)) {
    const { id } = entry.draft;
    const stored = entries.get(id) ?? (entry.origin === "page" ? latestOf(entries.values()) : undefined);
    if (!stored && entry.stored) continue; // the assessment has been removed since
    const merged =
      stored && entry.origin !== "file" ? mergeEntries(stored, entry, changes) : { ...entry, stored: true };
    entries.set(merged.draft.id, merged);
    mergedIds.add(merged.draft.id);
  }
  return { entries, mergedIds };
}
