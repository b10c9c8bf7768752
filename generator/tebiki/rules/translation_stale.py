from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.translation_units import stale_units, translation_units


@rule("translation-stale")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """The original has changed since the translation was last confirmed, or it never was.

    Compare both, correct the translation, then record that it is current with
    ``tebiki translations confirm ID``. This is a warning: the site can be built, the page shows that its translation
    is not current, and ``tebiki check`` ends with 0 unless the handbook requires current translations. Before a handbook has its first change log, it is one line for
    each language.
    """
    for language in handbook.languages[1:]:
        stale = stale_units(handbook, language)
        stale -= {unit.id for unit in translation_units(handbook) if unit.at.upstream}
        if stale and not handbook.change_logs:
            message = Message("rules.translation-stale.all", language=language, count=len(stale))
            yield Diagnostic(handbook.at, "translation-stale", message, "warning")
            continue
        for unit in translation_units(handbook):
            if unit.id in stale:
                message = Message("rules.translation-stale.text", language=language, id=unit.id)
                yield Diagnostic(unit.at, "translation-stale", message, "warning")
