// The page lifecycle: writing before unload, warnings, other windows, and the language switch.
import { draftOf } from "../assessment/draft";
import type { FileReaderModules } from "./file-reader";
import type { Entry } from "../storage/entry";
import { hasContent } from "../storage/entry";
import { isHandover, packHandover } from "../storage/tab-handover";
import type { Checklist } from "../assessment/model";
import { recordOf } from "../assessment/record";
import type { Workspace } from "../storage/workspace";

/** Whether the page was opened from disk: other HTML files on that disk may read what it keeps. */
export function isFromDisk(): boolean {
  return location.protocol === "file:";
}

/** Where another page has left a text for this tab: `window`. */
interface Tab {
  name: string;
}

/**
 * Takes the assessment that the page in the other language handed over, if any.
 *
 * It stays in window.name when what reads it cannot be loaded, for a page that is loaded again.
 *
 * @param loadReader Loads what reads it
 * @returns The assessment, and whether that page kept assessments
 * @throws When what reads it cannot be loaded
 */
export async function takeHandover(
  tab: Tab,
  checklist: Checklist,
  loadReader: () => Promise<Pick<FileReaderModules, "readRecord" | "unpackHandover">>,
): Promise<{ entry: Entry; kept: boolean } | undefined> {
  const { name } = tab;
  if (!isHandover(name)) return undefined;
  const now = Date.now();
  const { readRecord, unpackHandover } = await loadReader();
  tab.name = "";
  const handover = unpackHandover(name, checklist, now, readRecord);
  if (!handover) return undefined;
  const { record, kept, savedDigest, savedAt } = handover;
  return { entry: { draft: draftOf(record), stored: false, origin: "file", savedDigest, savedAt, used: 0 }, kept };
}

/**
 * Connects the windows of this site.
 *
 * @param onStorageChange Called when another window has changed the storage
 * @returns A function that notifies the other windows of a change of the storage
 */
export function connectWindows(onStorageChange: () => void, signal: AbortSignal): () => void {
  if (!("BroadcastChannel" in window)) return () => undefined;
  const channel = new BroadcastChannel("tebiki");
  channel.addEventListener("message", onStorageChange);
  signal.addEventListener("abort", () => channel.close());
  return () => channel.postMessage("stored");
}

// A handover that is still here after this time was not picked up: the navigation was cancelled.
const HANDOVER_TIMEOUT_MS = 10_000;

/** Whether two paths are the same page in two languages: they end in the same name. */
export function isSamePage(path: string, otherPath: string): boolean {
  const name = (address: string): string | undefined =>
    address
      .split("/")
      .filter((part) => part !== "" && part !== "index.html")
      .at(-1);
  return name(path) !== undefined && name(path) === name(otherPath);
}

/** Writes, refreshes and hands over the workspace with the events of the page lifecycle. */
export function watchPage(workspace: Workspace, checklist: Checklist, signal: AbortSignal): void {
  let isHandedOver = false;

  function forgetHandover(): void {
    isHandedOver = false;
    if (isHandover(window.name)) window.name = "";
  }

  function handOver(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[hreflang]") : null;
    const opensElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || opensElsewhere || link.target === "_blank") return;
    // Only a page with this form clears the handover again.
    if (link.origin !== location.origin || !isSamePage(link.pathname, location.pathname)) return;
    const { entry, willKeep: kept, problem } = workspace;
    // Some browsers give every page opened from disk a storage of its own.
    const isShared = kept && problem === "none" && !isFromDisk();
    if (isShared || !hasContent(entry)) return;
    const { savedDigest, savedAt } = entry;
    const record = recordOf(entry.draft, checklist);
    const packed = packHandover({ record, kept, savedDigest, savedAt }, Date.now());
    if (packed === null) return; // the warning before unload remains
    window.name = packed;
    isHandedOver = true;
    setTimeout(forgetHandover, HANDOVER_TIMEOUT_MS);
  }

  // Before all other listeners, since one of them may navigate immediately.
  document.addEventListener("click", handOver, { signal, capture: true });
  addEventListener(
    "beforeunload",
    (event) => {
      if (workspace.isAtRisk && !isHandedOver) event.preventDefault();
      // The next page is still being fetched, so there is time for an ordinary, more reliable write. A busy browser
      // sometimes drops writes that pagehide starts.
      void workspace.flush();
    },
    { signal },
  );
  addEventListener("pagehide", () => workspace.flushNow(), { signal });
  addEventListener(
    "pageshow",
    (event) => {
      if (!event.persisted) return;
      forgetHandover();
      void workspace.refresh();
    },
    { signal },
  );
  addEventListener("focus", () => void workspace.refresh(), { signal });
  document.addEventListener(
    "visibilitychange",
    () => void (document.hidden ? workspace.flush() : workspace.refresh()),
    { signal },
  );
}
