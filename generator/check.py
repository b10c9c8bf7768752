"""check: the Handbook → every problem that only shows when its files are seen together."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.model import Handbook
from generator.rules import CHECKS


def check(handbook: Handbook) -> list[Diagnostic]:
    """Run every rule; returns all diagnostics in the order of the files.

    Without the handbook's languages no text can be judged, and ``load`` has said what is wrong.
    """
    if not handbook.languages:
        return []
    return sorted({diagnostic for rule in CHECKS for diagnostic in rule(handbook)})
