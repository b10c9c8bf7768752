// One assessment together with what this browser knows about it.
import { isBlank, mergeChanges } from "../assessment/draft";
import type { Checklist, Draft } from "../assessment/model";
import { recordOf } from "../assessment/record";

export interface Entry {
  draft: Draft;
  /** Whether it may be kept in this browser: false under "do not keep on this computer". */
  kept: boolean;
  /** Whether the browser's storage holds it, in this state or an older one. */
  stored: boolean;
  /** Digest and time of the last file, saved or opened; empty when there was none. */
  savedDigest: string;
  savedAt: string;
  /** When the assessment in that file was last changed, if known: another time cannot have its digest. */
  savedUpdated?: string | undefined;
  /** When it was last in front, in milliseconds since 1970. */
  used: number;
}

// What can change in an entry is listed by item id, partId, and these two. No item has such an id.
/** The saved-to-file state. */
export const SAVED = "#saved";
/** The time of last use. */
export const USED = "#used";

/** Whether a file holds this assessment as it is, an older state of it, or nothing of it. */
export type FileState = "never" | "saved" | "changed";

const digests = new WeakMap<Draft, string>();

/** Digest of the record of a draft. Drafts never change, so each is worked out once. */
export function digestOf(draft: Draft, checklist: Checklist): string {
  const known = digests.get(draft);
  if (known !== undefined) return known;
  const { digest } = recordOf(draft, checklist);
  digests.set(draft, digest);
  return digest;
}

/** See FileState. */
export function fileState(entry: Entry, checklist: Checklist): FileState {
  if (entry.savedDigest === "") return "never";
  if (entry.savedUpdated !== undefined && entry.savedUpdated !== entry.draft.updated) return "changed";
  return digestOf(entry.draft, checklist) === entry.savedDigest ? "saved" : "changed";
}

/** Whether there is anything to keep. */
export function hasContent(entry: Entry): boolean {
  return entry.stored || !isBlank(entry.draft);
}

/** `stored` with the changes that were made in `mine`; see mergeChanges. */
export function mergeEntries(stored: Entry, mine: Entry, changed: ReadonlySet<string>): Entry {
  const content = new Set([...changed].filter((id) => id !== SAVED && id !== USED));
  const saved = changed.has(SAVED) ? mine : stored;
  return {
    draft: mergeChanges(stored.draft, mine.draft, content),
    kept: mine.kept,
    stored: true,
    savedDigest: saved.savedDigest,
    savedAt: saved.savedAt,
    savedUpdated: saved.savedUpdated,
    used: Math.max(stored.used, mine.used),
  };
}
