"""Export of a checklist as an OSCAL catalog (NIST, version 1.2): sections are groups, questions are controls.

What OSCAL has no place for stands in properties and parts of this program's namespace, so that an import reads it
again. A catalog has one language.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.history.state import plain_data
from tebiki.interchange.checklist_rows import checklist_table
from tebiki.interchange.columns import COLUMNS
from tebiki.interchange.table import Row
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook
from tebiki.results.oscal import NAMESPACE, OSCAL_VERSION

#: The kinds of rows that a catalog holds.
CATALOG_KINDS = frozenset(("checklist", "section", "question", "field", "advice"))
#: The columns that become parts of a control, as OSCAL calls them; a part for each line of the first two.
STANDARD_PARTS = {"criteria": "assessment-objective", "examples": "example", "text": "guidance"}
_LINES = ("criteria", "examples")
#: Texts for readers that become parts of this program's namespace.
OWN_PARTS = ("office", "wording", "unit", "row-name")
_IDS = uuid.UUID("5d3cf6e0-5f0c-5d3a-9a4a-0f4f6a1c7a52")


def catalog_json(checklist: Checklist, handbook: Handbook, language: str) -> bytes:
    """Return a checklist as an OSCAL catalog in JSON, with its texts in ``language``.

    The same checklist always gives the same identifiers.
    """
    table = checklist_table(plain_data(checklist.head.data), (), handbook.languages)
    rows = iter([row for row in table.rows if row.kind in CATALOG_KINDS])
    head = _OscalRow(next(rows), language)
    catalog: dict[str, Any] = {
        "uuid": str(uuid.uuid5(_IDS, f"{checklist.digest} {language}")),
        "metadata": {
            "title": head.title,
            "last-modified": f"{handbook.data['date']}T00:00:00Z",
            "version": checklist.version,
            "oscal-version": OSCAL_VERSION,
            "props": [
                _prop("digest", checklist.digest),
                *head.props(("version",)),
                _prop("id", checklist.id),
            ],
        },
        "groups": [],
    }
    if head.text:
        catalog["metadata"]["remarks"] = head.text
    questions = {question.id for question in checklist.questions}
    for row in rows:
        entry = _OscalRow(row, language)
        match row.kind:
            case "section":
                catalog["groups"].append(_group(entry, questions))
            case "question":
                catalog["groups"][-1]["controls"].append(_control(entry))
            case _:
                catalog["groups"][-1]["controls"][-1].setdefault("parts", []).append(_inner_part(entry))
    return (json.dumps({"catalog": catalog}, ensure_ascii=False, indent=2) + "\n").encode()


def lost_in_catalog(checklist: Checklist, handbook: Handbook) -> list[str]:
    """Return what the checklist has and a catalog cannot hold: keys of ``lost`` in ``interchange.yml``."""
    data = checklist.head.data
    notes = any("note" in item for section in data["sections"] for item in section["items"])
    lost = {
        "languages": len(handbook.languages) > 1,
        "levels": "levels" in data,
        "results": "results" in data,
        "notes": notes,
        "answers": True,
    }
    return [key for key, is_lost in lost.items() if is_lost]


class _OscalRow:
    """A row of the table in one language."""

    def __init__(self, row: Row, language: str) -> None:
        self.row = row
        cells = dict(row.cells)
        self.id = cells.get("id", "")
        for column in ("title", "text", "group", *_LINES, *OWN_PARTS):
            texts = row.texts(column)
            if texts:
                cells[column] = texts.get(language) or next(iter(texts.values()))
        self.cells: Mapping[str, str] = {
            key: text
            for key, text in cells.items()
            if key not in ("row", "id") and (key in COLUMNS or key.partition(".")[0] not in COLUMNS)
        }

    @property
    def title(self) -> str:
        return self.cells.get("title") or self.id or self.row.kind

    @property
    def text(self) -> str:
        return self.cells.get("text", "")

    def props(self, skip: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
        """The cells that are no texts for readers; a property for each line."""
        for key, text in self.cells.items():
            if key in ("title", "text", *_LINES, *OWN_PARTS, *skip):
                continue
            for line in text.split("\n"):
                if line.strip():
                    yield _prop(key, line.strip())

    def parts(self) -> Iterator[dict[str, Any]]:
        for column, name in STANDARD_PARTS.items():
            text = self.cells.get(column, "")
            for prose in text.split("\n") if column in _LINES else [text]:
                if prose:
                    yield {"name": name, "prose": prose}
        for column in OWN_PARTS:
            if column in self.cells:
                yield {"name": column, "ns": NAMESPACE, "prose": self.cells[column]}


def _group(entry: _OscalRow, questions: set[str]) -> dict[str, Any]:
    token = _token(entry.id, "section")
    token = f"section-{token}" if token in questions else token
    group: dict[str, Any] = {"id": token, "title": entry.title}
    props = [*entry.props(), *([_prop("id", entry.id)] if token != entry.id else [])]
    if props:
        group["props"] = props
    if entry.text:
        group["parts"] = [{"name": "overview", "prose": entry.text}]
    return {**group, "controls": []}


def _control(entry: _OscalRow) -> dict[str, Any]:
    token = _token(entry.id, "item")
    props = [*entry.props(("number", "status"))]
    if "number" in entry.cells:
        props.append({"name": "label", "value": entry.cells["number"]})
    if entry.cells.get("status") == "retired":
        props.append({"name": "status", "value": "withdrawn"})
    if token != entry.id:
        props.append(_prop("id", entry.id))
    control: dict[str, Any] = {"id": token, "title": entry.title, "props": props}
    if parts := list(entry.parts()):
        control["parts"] = parts
    return control


def _inner_part(entry: _OscalRow) -> dict[str, Any]:
    """A field or an advice, which OSCAL does not know."""
    part: dict[str, Any] = {"name": entry.row.kind, "ns": NAMESPACE}
    if "title" in entry.cells:
        part["title"] = entry.title
    props = [*entry.props(), *([_prop("id", entry.id)] if entry.id else [])]
    if props:
        part["props"] = props
    if entry.text:
        part["prose"] = entry.text
    if "unit" in entry.cells:
        part["parts"] = [{"name": "unit", "ns": NAMESPACE, "prose": entry.cells["unit"]}]
    return part


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _token(entry_id: str, prefix: str) -> str:
    """An id as an OSCAL token, which begins with a letter."""
    return entry_id if entry_id[:1].isalpha() else f"{prefix}-{entry_id}"
