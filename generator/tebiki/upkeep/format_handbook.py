"""Writes the files of a handbook in one form of YAML: ``tebiki format``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tebiki.files import write_files
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import translation_states
from tebiki.reading.load import load
from tebiki.upkeep.confirm_translations import confirm
from tebiki.writing.format_files import FormattedFiles, format_files


def format_handbook(root: Path, paths: Collection[Path] = ()) -> FormattedFiles:
    """Bring files of the handbook in ``root`` into the form; for the arguments see ``format_files``.

    The fingerprint of a text depends on the order of its keys. Translations that were current stay current.

    Raises:
        OSError: A file cannot be written; none has been changed.
    """
    result = format_files(root, paths)
    if result.changed:
        before, _problems = load(root)
        write_files(root, result.changed)
        after, _problems = load(root)
        for language in before.languages[1:]:
            if moved := _current(before, language) - _current(after, language):
                confirm(after, root, tuple(sorted(moved)), everything=False, languages=[language])
                after, _problems = load(root)
    return result


def _current(handbook: Handbook, language: str) -> set[str]:
    states = translation_states(handbook, language)
    return {unit_id for unit_id, state in states.items() if state == "current"}
