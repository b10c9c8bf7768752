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
    found = {diagnostic for rule in CHECKS for diagnostic in rule(handbook)}
    # a stale translation of the handbook that an institution's own is made from is not the institution's to mend
    return sorted(one for one in found if one.severity == "error" or not one.place.upstream)
