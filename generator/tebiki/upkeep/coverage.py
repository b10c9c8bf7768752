"""Coverage of source documents: comparison of an inventory of their statements with the handbook."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tebiki.model import traverse
from tebiki.model.diagnostics_output import TextOf, text_columns
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message, MessageError


class InventoryError(MessageError):
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
                    raise InventoryError(Message("upkeep.coverage.no-column", file=str(path), column=column))
            for row in reader:
                texts = {name: row[name] for name in ("en", "ja") if row.get(name)}
                fact = Fact(row["id"], row["kind"] or "", row["source"] or "", reader.line_num, texts)
                if fact.id in facts:
                    first = facts[fact.id].line
                    raise InventoryError(
                        Message(
                            "upkeep.coverage.same-id",
                            file=str(path),
                            line=fact.line,
                            id=fact.id,
                            first=first,
                        )
                    )
                facts[fact.id] = fact
    except (UnicodeDecodeError, csv.Error) as error:
        message = Message("upkeep.coverage.unreadable", file=str(path), reason=str(error))
        raise InventoryError(message) from error
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


def coverage_table(coverage: Coverage, text_of: TextOf) -> Iterator[str]:
    """Yield the lines of a table of the counts by source and kind, then every missing id.

    Args:
        coverage: The facts.
        text_of: Makes text of messages.
    """
    groups = (coverage.carried, coverage.omitted, coverage.missing)
    counts = [Counter((fact.source, fact.kind) for fact in facts) for facts in groups]
    headings = [
        text_of(Message("upkeep.coverage.source")),
        text_of(Message("upkeep.coverage.kind")),
        text_of(Message("upkeep.coverage.carried")),
        text_of(Message("upkeep.coverage.omitted")),
        text_of(Message("upkeep.coverage.missing")),
    ]
    rows = [
        [source, kind, *(str(count[source, kind]) for count in counts)]
        for source, kind in sorted(set().union(*counts))
    ]
    total = [text_of(Message("upkeep.coverage.total")), "", *(str(len(facts)) for facts in groups)]
    widths = [max(text_columns(row[column]) for row in (headings, *rows, total)) for column in (0, 1)]
    for row in (headings, *rows, total):
        names = [name + " " * (width - text_columns(name)) for name, width in zip(row, widths, strict=False)]
        yield " ".join([*names, *(" " * (8 - text_columns(number)) + number for number in row[2:])])
    for fact in coverage.missing:
        yield text_of(
            Message(
                "upkeep.coverage.missing-fact",
                id=fact.id,
                kind=fact.kind,
                source=fact.source,
                line=fact.line,
            )
        )
    for unknown in coverage.unknown:
        yield text_of(Message("upkeep.coverage.not-listed", id=unknown))


def _carried(handbook: Handbook) -> Iterator[str]:
    for item in handbook.items:
        yield item.id
        yield from (part.id for part in item.parts)
    for _file, values in traverse.all_values(handbook):
        for _position, key, value in values:
            if key == "covers" and isinstance(value, str):
                yield value
