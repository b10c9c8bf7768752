"""Records that translations are current: the file ``content/translations.yml``."""

from __future__ import annotations

from pathlib import Path

from tebiki.files import write_files
from tebiki.model.handbook import Handbook
from tebiki.model.translation_units import translation_units
from tebiki.reading.schema import did_you_mean

RECORD = "content/translations.yml"
_SCHEMA = "# yaml-language-server: $schema=../schemas/translations.schema.json"
_HEAD = """\
# Written by: tebiki translations confirm. Each line says which state of the original a translation was made from.
kind: translations
units:
"""


def confirm(handbook: Handbook, root: Path, ids: tuple[str, ...], everything: bool) -> int:
    """Record that the translations of ``ids`` (or of ``everything``) fit the present originals.

    A confirmed id covers the questions of a checklist as well. Units that no longer exist leave
    the record. Returns how many units were recorded; raises ValueError for an id that has no text.
    """
    units = {unit.id: unit for unit in translation_units(handbook) if not unit.at.upstream}
    for wanted in ids:
        if wanted not in units:
            raise ValueError(f"there is no text called {wanted}{did_you_mean(wanted, list(units))}")
    chosen = {one for one in units if everything or one in ids or one.partition("#")[0] in ids}
    lines = []
    for unit_id in sorted(units):
        if unit_id in chosen:
            record = dict.fromkeys(handbook.languages[1:], units[unit_id].fingerprint)
        else:
            record = dict(handbook.translations.get(unit_id, {}))
        if record:
            inside = ", ".join(f'{language}: "{value}"' for language, value in sorted(record.items()))
            lines.append(f"  {unit_id}: {{{inside}}}\n")
    text = _HEAD + "".join(lines) if lines else _HEAD[:-1] + " {}\n"
    comment = _schema_comment(root / RECORD)
    if handbook.overlay and comment == _SCHEMA:  # an institution's own handbook holds no schemas
        comment = ""
    write_files(root, {RECORD: f"{comment}\n{text}".lstrip("\n")})
    return len(chosen)


def _schema_comment(record: Path) -> str:
    """The first line for editors. One that is there stays: it knows where the schemas are."""
    first = record.read_text(encoding="utf-8").partition("\n")[0] if record.exists() else ""
    return first if first.startswith(_SCHEMA.partition("=")[0]) else _SCHEMA
