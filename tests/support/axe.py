"""Runs axe-core on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from example_handbook import PROJECT
from patience import wait_for_animations
from playwright.sync_api import Page

Rules = Literal["all", "markup"]
_AXE = (PROJECT / "browser" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
#: Which rules run: all, or those that a text can break; colours, sizes and style sheets take most of the time.
_RULES: dict[Rules, dict[str, Any]] = {
    "all": {},
    "markup": {
        "rules": {
            rule: {"enabled": False}
            for rule in (
                "color-contrast",
                "css-orientation-lock",
                "link-in-text-block",
                "region",
                "target-size",
            )
        }
    },
}
_COLOURS = """classes => axe.run({ include: classes.map((name) => {
    const elements = [...document.getElementsByClassName(name)];
    return elements.find((element) => element.checkVisibility()) ?? elements[0];
  }).filter(Boolean) }, { runOnly: ["color-contrast"], resultTypes: ["violations"] })"""


def violations(page: Page, selector: str = "html", rules: Rules = "all") -> list[str]:
    """Return the accessibility violations within ``selector``, as "rule: target: HTML".

    Waits for animations first, because colours in transition have no stable contrast.

    Args:
        page: The open page.
        selector: The part of the page to check.
        rules: All rules, or those on markup.
    """
    options = {"resultTypes": ["violations"], **_RULES[rules]}
    return _run(page, "([selector, options]) => axe.run(selector, options)", [selector, options])


def colour_violations(page: Page, classes: Iterable[str]) -> list[str]:
    """Return the violations of contrast in the first element that is shown of each of the CSS ``classes``."""
    return _run(page, _COLOURS, sorted(classes))


def _run(page: Page, script: str, arguments: list[Any]) -> list[str]:
    wait_for_animations(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    result = page.evaluate(script, arguments)
    assert result["passes"] or result["incomplete"] or result["inapplicable"], page.url
    return [
        f"{violation['id']}: {node['target']}: {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
