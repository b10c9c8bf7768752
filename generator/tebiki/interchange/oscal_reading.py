"""Reads an OSCAL catalog as the table of a checklist: groups are sections, controls are questions.

A catalog of another program becomes questions that ask whether each control is met: the title is the question, its
statement and guidance are the help, and its assessment objectives are the criteria.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.interchange.columns import column_keys, is_localized
from tebiki.interchange.headings import MAX_ROWS
from tebiki.interchange.oscal_catalog import CATALOG_KINDS, OWN_PARTS, STANDARD_PARTS
from tebiki.interchange.table import Problem, Row, Table, TableError
from tebiki.interchange.table_ids import as_id
from tebiki.results.oscal import NAMESPACE

_PARAMETER = re.compile(r"\{\{\s*(?:insert:\s*)?(?:param,?\s*)?([A-Za-z0-9_.-]+)\s*\}\}")
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_TEXT_PARTS = ("statement", "guidance", "overview")
_LINE_PARTS = {name: column for column, name in STANDARD_PARTS.items() if column != "text"}
_FOREIGN_KINDS = frozenset(("checklist", "section", "question"))
_METHODS = ("assessment-method", "assessment", "objective")


def read_catalog(raw: bytes, language: str) -> tuple[Table, list[Problem]]:
    """Return the table of a catalog, and what of it cannot be expressed in a checklist.

    Args:
        raw: The content of the JSON file.
        language: The language of its texts.

    Raises:
        TableError: It is no OSCAL catalog.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise TableError("not-json") from error
    catalog = data.get("catalog") if isinstance(data, dict) else None
    if not isinstance(catalog, dict):
        raise TableError("no-catalog")
    try:
        return _Reader(language).read(catalog)
    except RecursionError as error:
        raise TableError("catalog", where="groups") from error


class _Reader:
    def __init__(self, language: str) -> None:
        self._language = language
        self._rows: list[dict[str, str]] = []
        self._names: list[str] = []
        self._lost: Counter[str] = Counter()
        self._parameters: dict[str, str] = {}

    def read(self, catalog: Mapping[str, Any]) -> tuple[Table, list[Problem]]:
        metadata = _mapping(catalog, "metadata")
        cells = self._own_cells(metadata)
        title = _text(metadata, "title")
        self._collect_parameters(catalog)
        is_own = "digest" in cells
        cells.pop("digest", None)
        cells.setdefault("id", as_id(title))
        if _VERSION.fullmatch(_text(metadata, "version")):
            cells["version"] = _text(metadata, "version")
        self._add("checklist", "metadata", cells, title, _text(metadata, "remarks"))
        if _entries(catalog, "controls"):
            self._add("section", "catalog", {}, title, "")
            self._controls(catalog)
        for group in _entries(catalog, "groups"):
            self._group(group, "")
        self._count_lost(catalog)
        rows = tuple(Row(number, row) for number, row in enumerate(self._rows, 1))
        occurring = {key for row in self._rows for key in row}
        columns = {*column_keys([self._language]), *occurring} if is_own else {*occurring, "row"}
        names = dict(enumerate(self._names, 1))
        problems = [
            Problem(0, None, "lost", {"what": what, "count": str(count)})
            for what, count in self._lost.items()
        ]
        return Table(tuple(columns), rows, {}, CATALOG_KINDS if is_own else _FOREIGN_KINDS, names), problems

    def _group(self, group: Mapping[str, Any], before: str) -> None:
        title = f"{before}{_text(group, 'title')}"
        if _entries(group, "controls"):
            overview = "\n\n".join(
                self._prose(part) for part in _entries(group, "parts") if _text(part, "name") == "overview"
            )
            cells = self._own_cells(group)
            cells.setdefault("id", _text(group, "id"))
            self._add("section", f"group {_text(group, 'id')}", cells, title, overview)
            self._controls(group)
        for inner in _entries(group, "groups"):
            self._group(inner, f"{title}: ")

    def _controls(self, holder: Mapping[str, Any]) -> None:
        for control in _entries(holder, "controls"):
            self._control(control)
            self._controls(control)

    def _control(self, control: Mapping[str, Any]) -> None:
        cells = self._own_cells(control)
        cells.setdefault("id", _text(control, "id"))
        for prop in _entries(control, "props"):
            name, value = _text(prop, "name"), _text(prop, "value")
            if name == "label" and "ns" not in prop and "class" not in prop:
                cells["number"] = value
            if name == "status" and value.lower() == "withdrawn":
                cells["status"] = "retired"
        lines: dict[str, list[str]] = {"criteria": [], "examples": []}
        texts, inner = [], []
        for part in _entries(control, "parts"):
            name, is_own = _text(part, "name"), part.get("ns") == NAMESPACE
            if name in _TEXT_PARTS:
                texts.append(self._prose(part))
            elif name in _LINE_PARTS:
                lines[_LINE_PARTS[name]] += self._leaves(part)
            elif is_own and name in OWN_PARTS:
                cells[name] = _text(part, "prose")
            elif is_own and name in ("field", "advice"):
                inner.append(part)
            else:
                self._lost["methods" if name in _METHODS else "properties"] += 1
        cells |= {column: "\n".join(entries) for column, entries in lines.items()}
        if lines["examples"]:
            cells.setdefault("evidence", "none")
        place = f"control {_text(control, 'id')}"
        self._add("question", place, cells, _text(control, "title"), "\n\n".join(filter(None, texts)))
        for part in inner:
            self._inner(part, place)

    def _inner(self, part: Mapping[str, Any], place: str) -> None:
        """A field or an advice that an export has written."""
        cells = self._own_cells(part)
        for unit in _entries(part, "parts"):
            cells["unit"] = _text(unit, "prose")
        self._add(_text(part, "name"), place, cells, _text(part, "title"), _text(part, "prose"))

    def _own_cells(self, holder: Mapping[str, Any]) -> dict[str, str]:
        """The cells that an export has written as properties; a property for each line."""
        cells: dict[str, str] = {}
        for prop in _entries(holder, "props"):
            if prop.get("ns") == NAMESPACE:
                name = _text(prop, "name")
                cells[name] = (
                    f"{cells[name]}\n{_text(prop, 'value')}" if name in cells else _text(prop, "value")
                )
            elif "ns" in prop:
                self._lost["properties"] += 1
        return cells

    def _add(self, kind: str, name: str, cells: Mapping[str, str], title: str, text: str) -> None:
        if len(self._rows) == MAX_ROWS:
            raise TableError("too-many-rows", str(MAX_ROWS), most=str(MAX_ROWS))
        row = {"row": kind}
        for column, value in {**cells, "title": self._filled(title), "text": self._filled(text)}.items():
            key = f"{column}.{self._language}" if is_localized(column) else column
            if value.strip() and column != "row":
                row[key] = value
        self._rows.append(row)
        self._names.append(name)

    def _prose(self, part: Mapping[str, Any], depth: int = 0) -> str:
        """The text of a part, with the parts inside it as a list."""
        label = next(
            (_text(prop, "value") for prop in _entries(part, "props") if _text(prop, "name") == "label"), ""
        )
        own = " ".join(filter(None, (label if depth else "", _text(part, "prose"))))
        inside = (self._prose(inner, depth + 1) for inner in _entries(part, "parts"))
        if depth:
            return "\n".join([f"{'  ' * (depth - 1)}- {own}", *inside])
        items = "\n".join(inside)
        return "\n\n".join(filter(None, (own, items)))

    def _leaves(self, part: Mapping[str, Any]) -> Iterator[str]:
        """The texts inside a part that hold no others, each on one line."""
        inside = _entries(part, "parts")
        if not inside and _text(part, "prose"):
            yield " ".join(self._filled(_text(part, "prose")).split("\n"))
        for inner in inside:
            yield from self._leaves(inner)

    def _collect_parameters(self, holder: Mapping[str, Any]) -> None:
        for parameter in _entries(holder, "params"):
            select = parameter.get("select")
            choices = select.get("choice", []) if isinstance(select, dict) else []
            words = _text(parameter, "label") or " / ".join(filter(None, (str(choice) for choice in choices)))
            self._parameters[_text(parameter, "id")] = words or _text(parameter, "id")
            self._lost["parameters"] += 1
        for key in ("groups", "controls"):
            for inner in _entries(holder, key):
                self._collect_parameters(inner)

    def _filled(self, text: str) -> str:
        return _PARAMETER.sub(lambda match: f"[{self._parameters.get(match[1], match[1])}]", text)

    def _count_lost(self, catalog: Mapping[str, Any]) -> None:
        def links(holder: Mapping[str, Any]) -> int:
            inside = (inner for key in ("groups", "controls", "parts") for inner in _entries(holder, key))
            return len(_entries(holder, "links")) + sum(map(links, inside))

        self._lost["links"] += links(catalog)
        back_matter = catalog.get("back-matter")
        self._lost["resources"] += (
            len(_entries(back_matter, "resources")) if isinstance(back_matter, dict) else 0
        )
        self._lost = +self._lost


def _mapping(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = holder.get(key)
    if not isinstance(value, dict):
        raise TableError("catalog", where=key)
    return value


def _entries(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise TableError("catalog", where=key)
    return value


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key, "")
    if not isinstance(value, str):
        raise TableError("catalog", where=key)
    return value
