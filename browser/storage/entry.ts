// An assessment together with its state in this browser.
import type { Changes } from "../assessment/draft";
import { isBlank, mergeChanges, newDraft } from "../assessment/draft";
import type { Checklist, Draft } from "../assessment/model";
import { recordOf } from "../assessment/record";

export interface Entry {
  draft: Draft;
  /** Whether the browser's storage holds it, in its present or an earlier state. */
  stored: boolean;
  /**
   * How an entry that was not stored yet was created. page: by opening the page; it joins the one that another window
   * has stored since. file: by opening a file; it replaces what the storage holds under its id.
   */
  origin?: "page" | "file" | undefined;
  /** Digest and time of the last file that was saved or opened; empty without one. */
  savedDigest: string;
  savedAt: string;
  /** Time of the last change of the assessment in that file, if known: after another change the digest differs. */
  savedUpdated?: string | undefined;
  /** When it last became the current assessment, in milliseconds since 1970. */
  used: number;
}

// The changes of an entry are listed by item id, partId, and these two. No item has such an id.
/** The saved-to-file state. */
export const SAVED = "#saved";
/** The time of last use. */
export const USED = "#used";

/** Whether a file holds this assessment: its present state (saved), an earlier one (changed), or none (never). */
export type FileState = "never" | "saved" | "changed";

/** A new entry without answers. */
export function blankEntry(checklist: Checklist, id: string, now: Date): Entry {
  const draft = newDraft(checklist, id, now.toISOString());
  return { draft, stored: false, savedDigest: "", savedAt: "", used: now.getTime() };
}

/** The entry of a draft that comes from a file; `savedDigest` and `savedAt` are those of Entry. */
export function entryOfFile(draft: Draft, savedDigest: string, savedAt: string): Entry {
  return { draft, stored: false, origin: "file", savedDigest, savedAt, savedUpdated: draft.updated, used: 0 };
}

const digests = new WeakMap<Draft, string>();

/** Digest of the record of a draft. Drafts are immutable, so each digest is computed once. */
export function digestOf(draft: Draft, checklist: Checklist): string {
  const cached = digests.get(draft);
  if (cached !== undefined) return cached;
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

/** `stored` with the changes that were made in `mine`; see mergeChanges. It keeps the id of `stored`. */
export function mergeEntries(stored: Entry, mine: Entry, changes: Changes): Entry {
  const content = new Map([...changes].filter(([id]) => id !== SAVED && id !== USED));
  const saved = changes.has(SAVED) ? mine : stored;
  return {
    draft: mergeChanges(stored.draft, mine.draft, content),
    stored: true,
    savedDigest: saved.savedDigest,
    savedAt: saved.savedAt,
    savedUpdated: saved.savedUpdated,
    used: Math.max(stored.used, mine.used),
  };
}
