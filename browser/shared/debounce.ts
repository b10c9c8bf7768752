const PAUSE_MS = 400;

/** A function that calls `work` once it has not been called itself for PAUSE_MS: not for each letter typed. */
export function debounce(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, PAUSE_MS);
  };
}
