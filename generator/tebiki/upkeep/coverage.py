"""Compares a list of what a source document says with what the handbook carries."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tebiki.model import traverse
from tebiki.model.handbook import Handbook


class InventoryError(Exception):
    """The list cannot be read; the text says where and what to do."""


@dataclass(frozen=True)
class Fact:
    """One line of the list: an id, the kind of statement it is, and the document it stands in."""

    id: str
    kind: str
    source: str
    line: int


@dataclass(frozen=True)
class Coverage:
    """The facts of a list by what became of them."""

    carried: tuple[Fact, ...]
    omitted: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    unknown: tuple[str, ...]  # ids that the handbook omits and the list does not have


def read_inventory(path: Path) -> list[Fact]:
    """Read a CSV file with the columns id, kind and source; other columns are not looked at.

    Raises InventoryError for a file that is not UTF-8, lacks a column, or has an id twice.
    """
    facts: dict[str, Fact] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            for column in ("id", "kind", "source"):
                if column not in (reader.fieldnames or []):
                    raise InventoryError(
                        f"{path}:1: there is no column {column}: name the columns in the first line"
                    )
            for row in reader:
                fact = Fact(row["id"], row["kind"] or "", row["source"] or "", reader.line_num)
                if fact.id in facts:
                    raise InventoryError(
                        f"{path}:{fact.line}: {fact.id} stands in line {facts[fact.id].line} already"
                    )
                facts[fact.id] = fact
    except (UnicodeDecodeError, csv.Error) as error:
        raise InventoryError(f"{path}: {error}: save it as CSV in UTF-8") from error
    return list(facts.values())


def coverage(handbook: Handbook, facts: list[Fact]) -> Coverage:
    """Sort ``facts`` by whether the handbook carries them, as an id or under ``covers``."""
    carried = set(_carried(handbook))
    omitted = set(handbook.omissions)
    known = {fact.id for fact in facts}
    return Coverage(
        tuple(fact for fact in facts if fact.id in carried),
        tuple(fact for fact in facts if fact.id in omitted - carried),
        tuple(fact for fact in facts if fact.id not in omitted | carried),
        tuple(sorted(omitted - known)),
    )


def coverage_table(found: Coverage) -> Iterator[str]:
    """The lines of a table by source and kind: carried, omitted, missing; then every missing id."""
    groups = {"carried": found.carried, "omitted": found.omitted, "missing": found.missing}
    counts = {name: Counter((fact.source, fact.kind) for fact in facts) for name, facts in groups.items()}
    rows = sorted(set().union(*counts.values()))
    width = max((len(kind) for _source, kind in rows), default=4)
    wide = max((len(source) for source, _kind in rows), default=6)
    yield f"{'source':{wide}} {'kind':{width}} {'carried':>8} {'omitted':>8} {'missing':>8}"
    for source, kind in rows:
        numbers = " ".join(f"{counts[name][source, kind]:8}" for name in groups)
        yield f"{source:{wide}} {kind:{width}} {numbers}"
    totals = " ".join(f"{len(facts):8}" for facts in groups.values())
    yield f"{'total':{wide}} {'':{width}} {totals}"
    for fact in found.missing:
        yield f"missing: {fact.id} ({fact.kind}, {fact.source}, line {fact.line} of the list)"
    for unknown in found.unknown:
        yield f"omitted, but not in the list: {unknown}"


def _carried(handbook: Handbook) -> Iterator[str]:
    for item in handbook.items:
        yield item.id
        yield from (part.id for part in item.parts)
    for _file, values in traverse.all_values(handbook):
        for _position, key, value in values:
            if key == "covers" and isinstance(value, str):
                yield value
