"""The rules that look at the handbook as a whole: one module each.

Rules on the form of single files stand where the files are read: ``load``, ``yaml_reader``,
``schema`` and ``assemble``.
"""

from collections.abc import Callable, Iterator

from generator.diagnostics import Diagnostic
from generator.model import Handbook
from generator.rules import (
    answer_forms,
    conditions,
    decision_paths,
    duplicate_id,
    headings,
    navigation,
    placement,
    replaces,
    translation_missing,
    translation_stale,
    unknown_reference,
)

Check = Callable[[Handbook], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    answer_forms.check,
    decision_paths.check,
    duplicate_id.check,
    unknown_reference.check,
    navigation.check,
    placement.check,
    headings.check,
    translation_missing.check,
    translation_stale.check,
    conditions.check_cycles,
    conditions.check_dead_ends,
    replaces.check,
)
