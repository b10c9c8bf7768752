from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tebiki.model.checklist import Checklist
from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of


@rule("section-group")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """Sections of one ``group`` are apart, so that the outline of the form would have the same heading twice.

    The outline has a heading for each row of sections with the same group. Put the sections of the group one
    after the other, or write the group with the same words in all of them, in every language.
    """
    for checklist in handbook.checklists:
        repeated = {
            place: group
            for language in handbook.languages
            for place, group in _repeated_groups(checklist, language)
        }
        for place, group in repeated.items():
            message = Message("rules.section-group.apart", group=group)
            yield Diagnostic(place, "section-group", message)


def _repeated_groups(checklist: Checklist, language: str) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for group, sections in groupby(
        checklist.sections, key=lambda section: section.data.get("group", {}).get(language)
    ):
        if group in seen:
            yield place_of(next(sections).data, "group", checklist.head.at.file), group
        if group:
            seen.add(group)
