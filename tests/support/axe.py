"""Runs axe-core on a page."""

from __future__ import annotations

from typing import Any, Literal

from example_handbook import PROJECT
from patience import wait_for_animations
from playwright.sync_api import Page

Rules = Literal["all", "markup", "contrast"]
_AXE = (PROJECT / "browser" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
#: Which rules run; those on the contrast of colours take nearly half of the time.
_RULES: dict[Rules, dict[str, Any]] = {
    "all": {},
    "markup": {"rules": {"color-contrast": {"enabled": False}}},
    "contrast": {"runOnly": ["color-contrast"]},
}


def violations(page: Page, selector: str = "html", rules: Rules = "all") -> list[str]:
    """Return the accessibility violations within ``selector``, as "rule: target: HTML".

    Waits for animations first, because colours in transition have no stable contrast.

    Args:
        page: The open page.
        selector: The part of the page to check.
        rules: All rules, those on markup, or those on the contrast of colours.
    """
    wait_for_animations(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    options = {"resultTypes": ["violations"], **_RULES[rules]}
    result = page.evaluate("([selector, options]) => axe.run(selector, options)", [selector, options])
    assert result["passes"] or result["incomplete"], page.url
    return [
        f"{violation['id']}: {node['target']}: {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
