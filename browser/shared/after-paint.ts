// What a person did is painted before what follows from it is worked out: https://web.dev/articles/optimize-inp

/** Calls `then` when the page as it stands now has been painted; in a tab out of sight, once it is seen again. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}
