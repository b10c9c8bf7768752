const PAUSE_MS = 400;

/** A function that does `work` once it has not been called for a moment: not at every letter that is typed. */
export function afterPause(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE_MS);
  };
}
