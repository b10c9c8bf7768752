"""Where everything has ever stood, and where readers of an old address find it now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items


@dataclass(frozen=True)
class Addresses:
    """All addresses that versions up to the newest had. Pages without language and ending.

    ``pages`` maps each page to its id and the version that first had it; ``ids`` each id of an entry to
    the place where it stood last ("rules/terms#loan"); ``left`` holds the ids that have left a place.
    """

    pages: Mapping[str, tuple[str, str]]
    ids: Mapping[str, str]
    left: frozenset[str]

    def to_json(self) -> bytes:
        """As it is kept on the publishing branch: one entry on a line, so that git stores differences."""
        data = {
            "pages": {path: list(self.pages[path]) for path in sorted(self.pages)},
            "ids": dict(sorted(self.ids.items())),
            "left": sorted(self.left),
        }
        return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


NO_ADDRESSES = Addresses({}, {}, frozenset())


@dataclass(frozen=True)
class Ways:
    """Where the newest version leads what it no longer has: to "rules/terms" or "rules/terms#loan".

    ``pages`` maps pages that are gone, ``ids`` entries that stand elsewhere; ``since`` maps the pages
    that the first version did not have to the version that first had them.
    """

    pages: Mapping[str, str]
    ids: Mapping[str, str]
    since: Mapping[str, str]


def read_addresses(raw: bytes) -> Addresses:
    """The record as ``to_json`` wrote it. Raises ValueError, KeyError or TypeError for anything else."""
    data: Any = json.loads(raw)
    pages = {path: (str(entry[0]), str(entry[1])) for path, entry in data["pages"].items()}
    return Addresses(pages, dict(data["ids"]), frozenset(data["left"]))


def with_version(known: Addresses, handbook: Handbook) -> Addresses:
    """``known``, and where ``handbook``, newer than all of them, has everything."""
    placed = place_items(handbook)
    version = handbook.data["version"]
    pages, ids, left = dict(known.pages), dict(known.ids), set(known.left)
    for thing, path in placed.page_of.items():
        if placed.anchor_of[thing]:
            ids[thing] = f"{path}#{placed.anchor_of[thing]}"
        else:
            pages[path] = (thing, pages.get(path, (thing, version))[1])
    left |= {thing for thing, place in known.ids.items() if place != _place(handbook, thing)}
    return Addresses(pages, ids, frozenset(left))


def ways(known: Addresses, handbook: Handbook, first: str) -> Ways:
    """Where ``handbook``, the newest version, leads the addresses in ``known``; ``first`` is the oldest one.

    An entry that is retired leads to its nearest successor that still stands, a page without any to the
    front page. An entry without a successor leads nowhere: its old page says more than any other.
    """
    placed = place_items(handbook)
    standing = set(placed.page_of.values())
    pages = {
        path: _now(handbook, thing) or "index"
        for path, (thing, _since) in known.pages.items()
        if path not in standing
    }
    ids = {thing: now for thing in sorted(known.left) if (now := _now(handbook, thing))}
    since = {
        path: version
        for path, (_thing, version) in known.pages.items()
        if version != first and path in standing
    }
    return Ways(pages, ids, since)


def _now(handbook: Handbook, thing: str) -> str | None:
    """Where ``thing`` or the nearest of its successors stands now."""
    successors = handbook.retired.get(thing, {}).get("successors", ())
    return next(filter(None, (_place(handbook, one) for one in (thing, *successors))), None)


def _place(handbook: Handbook, thing: str) -> str | None:
    placed = place_items(handbook)
    if thing not in placed.page_of:
        return None
    anchor = placed.anchor_of[thing]
    return placed.page_of[thing] + (f"#{anchor}" if anchor else "")
