"""Recording that translations are current, in ``content/translations.yml``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tebiki.files import write_files
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message, MessageError
from tebiki.model.translation_units import translation_units
from tebiki.reading.schema import suggestion
from tebiki.writing.yaml_form import yaml_text

RECORD = "content/translations.yml"
_COMMENT = "# Written by: tebiki translations confirm. Each line says which state of the original a translation was made from.\n"


def confirm(
    handbook: Handbook,
    root: Path,
    ids: tuple[str, ...],
    everything: bool,
    languages: Sequence[str] | None = None,
) -> int:
    """Record that translations match the present originals.

    Units that no longer exist are removed from the record.

    Args:
        handbook: The handbook.
        root: The folder of the handbook.
        ids: The ids of texts; that of a checklist includes its questions.
        everything: Record all texts instead of ``ids``.
        languages: The languages to record; all of them if not given.

    Returns:
        The number of units that were recorded.

    Raises:
        MessageError: An id has no text.
    """
    units = {unit.id: unit for unit in translation_units(handbook) if not unit.at.upstream}
    for text_id in ids:
        if text_id not in units:
            message = Message("upkeep.texts.unknown", id=text_id, suggestion=suggestion(text_id, units))
            raise MessageError(message)
    chosen = {
        unit_id for unit_id in units if everything or unit_id in ids or unit_id.partition("#")[0] in ids
    }
    recorded = [code for code in handbook.languages[1:] if languages is None or code in languages]
    units_by_id: dict[str, dict[str, str]] = {}
    for unit_id in sorted(units):
        earlier = handbook.translations.get(unit_id, {})
        record = {code: value for code, value in earlier.items() if code in handbook.languages[1:]}
        if unit_id in chosen:
            record |= dict.fromkeys(recorded, units[unit_id].fingerprint)
        if record:
            units_by_id[unit_id] = record
    text = yaml_text({"kind": "translations", "units": units_by_id}, "translations", handbook.languages)
    write_files(root, {RECORD: _COMMENT + text})
    return len(chosen)
