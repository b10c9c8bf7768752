"""Coverage of source documents: comparison of an inventory of their statements with the handbook."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tebiki.model import traverse
from tebiki.model.handbook import Handbook


class InventoryError(Exception):
    """The inventory cannot be read; the message says where and what to do."""


@dataclass(frozen=True)
class Fact:
    """A line of the inventory: a statement of a source document.

    Attributes:
        id: The id of the statement.
        kind: The kind of the statement.
        source: The document that contains it.
        line: The number of the line in the inventory.
        texts: What it says, by language, where the inventory has a column named after a language (en, ja).
    """

    id: str
    kind: str
    source: str
    line: int
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """The facts of an inventory by their place in the handbook.

    Attributes:
        carried: Facts that the handbook contains.
        omitted: Facts that the handbook omits and says so.
        missing: All other facts.
        unknown: Ids that the handbook omits and the inventory does not have.
    """

    carried: tuple[Fact, ...]
    omitted: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    unknown: tuple[str, ...]


def read_inventory(path: Path) -> list[Fact]:
    """Read an inventory.

    Args:
        path: A CSV file with the columns id, kind and source. Columns en and ja hold the statement itself;
            other columns are ignored.

    Returns:
        The facts in the order of the file.

    Raises:
        InventoryError: The file is not UTF-8, lacks a column, or has an id twice.
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
                texts = {name: row[name] for name in ("en", "ja") if row.get(name)}
                fact = Fact(row["id"], row["kind"] or "", row["source"] or "", reader.line_num, texts)
                if fact.id in facts:
                    raise InventoryError(
                        f"{path}:{fact.line}: {fact.id} stands in line {facts[fact.id].line} already"
                    )
                facts[fact.id] = fact
    except (UnicodeDecodeError, csv.Error) as error:
        raise InventoryError(f"{path}: {error}: save it as CSV in UTF-8") from error
    return list(facts.values())


def coverage(handbook: Handbook, facts: list[Fact]) -> Coverage:
    """Sort facts by whether the handbook contains them, as an id or under ``covers``."""
    carried = set(_carried(handbook))
    omitted = set(handbook.omissions)
    known = {fact.id for fact in facts}
    return Coverage(
        tuple(fact for fact in facts if fact.id in carried),
        tuple(fact for fact in facts if fact.id in omitted - carried),
        tuple(fact for fact in facts if fact.id not in omitted | carried),
        tuple(sorted(omitted - known)),
    )


def coverage_table(coverage: Coverage) -> Iterator[str]:
    """Yield the lines of a table of the counts by source and kind, then every missing id."""
    groups = {"carried": coverage.carried, "omitted": coverage.omitted, "missing": coverage.missing}
    counts = {name: Counter((fact.source, fact.kind) for fact in facts) for name, facts in groups.items()}
    rows = sorted(set().union(*counts.values()))
    kind_width = max((len(kind) for _source, kind in rows), default=4)
    source_width = max((len(source) for source, _kind in rows), default=6)
    yield f"{'source':{source_width}} {'kind':{kind_width}} {'carried':>8} {'omitted':>8} {'missing':>8}"
    for source, kind in rows:
        numbers = " ".join(f"{counts[name][source, kind]:8}" for name in groups)
        yield f"{source:{source_width}} {kind:{kind_width}} {numbers}"
    totals = " ".join(f"{len(facts):8}" for facts in groups.values())
    yield f"{'total':{source_width}} {'':{kind_width}} {totals}"
    for fact in coverage.missing:
        yield f"missing: {fact.id} ({fact.kind}, {fact.source}, line {fact.line} of the list)"
    for unknown in coverage.unknown:
        yield f"omitted, but not in the list: {unknown}"


def _carried(handbook: Handbook) -> Iterator[str]:
    for item in handbook.items:
        yield item.id
        yield from (part.id for part in item.parts)
    for _file, values in traverse.all_values(handbook):
        for _position, key, value in values:
            if key == "covers" and isinstance(value, str):
                yield value
