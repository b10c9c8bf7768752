// Coming to the page and leaving it: last writes, warnings, other windows, and the language switch.
import { draftOf } from "../assessment/draft";
import type { Entry } from "../storage/entry";
import { hasContent } from "../storage/entry";
import { isHandover, packHandover, unpackHandover } from "../storage/tab-handover";
import type { Checklist } from "../assessment/model";
import { recordOf } from "../assessment/record";
import type { Workspace } from "../storage/workspace";

/** The assessment that the page in the other language handed over, if any. It is taken only once. */
export function takeHandover(checklist: Checklist): Entry | undefined {
  const { name } = window;
  if (isHandover(name)) window.name = "";
  const handover = unpackHandover(name, checklist, Date.now());
  if (!handover) return undefined;
  const { record, kept, savedDigest, savedAt } = handover;
  return { draft: draftOf(record), kept, stored: false, savedDigest, savedAt, used: 0 };
}

/** Tells the other windows of this site that the storage has changed; calls `onNews` when they do. */
export function otherWindows(onNews: () => void, signal: AbortSignal): () => void {
  if (!("BroadcastChannel" in window)) return () => undefined;
  const channel = new BroadcastChannel("tebiki");
  channel.addEventListener("message", onNews);
  signal.addEventListener("abort", () => channel.close());
  return () => channel.postMessage("stored");
}

// A handover that is still here after this time went nowhere: the click was taken back.
const FORGET_MS = 10_000;

/** Whether two addresses are the same page in two languages: they end in the same name. */
export function isSamePage(path: string, other: string): boolean {
  const name = (address: string): string | undefined =>
    address
      .split("/")
      .filter((part) => part !== "" && part !== "index.html")
      .at(-1);
  return name(path) !== undefined && name(path) === name(other);
}

/** Connects a workspace with the coming and going of its page. */
export function watchPage(workspace: Workspace, checklist: Checklist, signal: AbortSignal): void {
  let handedOver = false;

  function forgetHandover(): void {
    handedOver = false;
    if (isHandover(window.name)) window.name = "";
  }

  function handOver(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[hreflang]") : null;
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || link.target === "_blank") return;
    // A page without this form would not clear it again.
    if (link.origin !== location.origin || !isSamePage(link.pathname, location.pathname)) return;
    const { entry, problem } = workspace;
    // From files on a disk, some browsers give every page a storage of its own.
    const shared = entry.kept && problem === "none" && location.protocol !== "file:";
    if (shared || !hasContent(entry)) return;
    const { kept, savedDigest, savedAt } = entry;
    const record = recordOf(entry.draft, checklist);
    const packed = packHandover({ record, kept, savedDigest, savedAt }, checklist, Date.now());
    if (packed === null) return; // the warning on leaving stands
    window.name = packed;
    handedOver = true;
    setTimeout(forgetHandover, FORGET_MS);
  }

  // Before any other listener, since one of them may leave the page at once.
  document.addEventListener("click", handOver, { signal, capture: true });
  addEventListener(
    "beforeunload",
    (event) => {
      if (workspace.isAtRisk && !handedOver) event.preventDefault();
      // The next page is still being fetched: time to write in the ordinary, surer way. What
      // pagehide starts is now and then dropped by a busy browser.
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
