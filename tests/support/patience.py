"""How long tests wait for something before they fail: long enough for a machine with other work to do."""

from __future__ import annotations

from playwright.sync_api import Page

#: Seconds for a page, an element or a reply; also what Playwright waits for pages and actions by default.
SECONDS = 30
#: Seconds for a build of a site.
BUILD_SECONDS = 10 * SECONDS

_SETTLED = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let quiet = 0; quiet < 2; quiet += 1) {
    await frame();
    const running = document.getAnimations().filter(
      (animation) => animation.playState === 'running' && animation.effect.getComputedTiming().endTime < Infinity
    );
    if (running.length > 0) quiet = -1;
    await Promise.allSettled(running.map((animation) => animation.finished));
  }
}"""


def wait_for_animations(page: Page) -> None:
    """Wait until no animation or transition has run on ``page`` for two frames; endless ones do not count."""
    page.evaluate(_SETTLED)
