// A form inside a page of somebody else: that page could cover it, and lead clicks and typing into it.

/** Whether a page of another origin shows `inner` in a frame, directly or further out. */
export function isInForeignFrame(inner: Window): boolean {
  const { origin } = inner.location;
  for (let frame = inner; frame.parent !== frame; frame = frame.parent) {
    try {
      if (frame.parent.location.origin !== origin) return true;
    } catch {
      return true; // the browser lets nobody look into a page of another origin
    }
  }
  return false;
}

/** Shows the notice of the page in place of everything else. */
export function showFrameNotice(root: HTMLElement): void {
  const notice = root.querySelector<HTMLElement>(".tf-framed");
  if (!notice) return;
  notice.hidden = false;
  root.replaceChildren(notice);
}
