"""Runs axe-core on a page."""

from __future__ import annotations

from example_handbook import PROJECT
from patience import wait_for_animations
from playwright.sync_api import Page

_AXE = PROJECT / "browser" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, selector: str = "html", *, contrast: bool = True) -> list[str]:
    """Return the accessibility violations within ``selector``, as "rule: target: HTML".

    Waits for animations first, because colours in transition have no stable contrast.

    Args:
        page: The open page.
        selector: The part of the page to check.
        contrast: Whether to check the contrast of colours, which takes two thirds of the time.
    """
    wait_for_animations(page)
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        """([selector, enabled]) =>
        axe.run(selector, {resultTypes: ['violations'], rules: {'color-contrast': {enabled}}})""",
        [selector, contrast],
    )
    assert result["passes"], page.url
    return [
        f"{violation['id']}: {node['target']}: {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
