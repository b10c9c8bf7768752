// Defers work until the browser has painted: https://web.dev/articles/optimize-inp

/** Calls `then` after the next paint; in a hidden tab, once it becomes visible. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}
