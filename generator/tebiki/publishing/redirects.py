"""The addresses that versions have had, and the present address for each that is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.handbook import Handbook
from tebiki.model.placement import place_items


@dataclass(frozen=True)
class Addresses:
    """All addresses that versions up to the newest have had.

    An address is a path without language and ending ("rules/terms"), with a fragment for an entry in a
    page ("rules/terms#loan").

    Attributes:
        pages: Path of each page → its id and the version that first had it.
        ids: Id of each entry → its last address.
        left: The ids whose address has changed or is gone.
    """

    pages: Mapping[str, tuple[str, str]]
    ids: Mapping[str, str]
    left: frozenset[str]

    def to_json(self) -> bytes:
        """The content of the file on the publishing branch: one entry on a line, so that git stores differences."""
        data = {
            "pages": {path: list(self.pages[path]) for path in sorted(self.pages)},
            "ids": dict(sorted(self.ids.items())),
            "left": sorted(self.left),
        }
        return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


NO_ADDRESSES = Addresses({}, {}, frozenset())


@dataclass(frozen=True)
class Redirects:
    """The present addresses of what the newest version has elsewhere or no longer has.

    Attributes:
        pages: Path of each page that is gone → the address to open instead.
        ids: Id of each entry that is elsewhere or gone → the address to open instead.
        since: Path of each page that the first version did not have → the version that first had it.
    """

    pages: Mapping[str, str]
    ids: Mapping[str, str]
    since: Mapping[str, str]


def read_addresses(content: bytes) -> Addresses:
    """Read what ``Addresses.to_json`` wrote.

    Raises:
        ValueError, KeyError, TypeError: ``content`` is something else.
    """
    data: Any = json.loads(content)
    pages = {path: (str(entry[0]), str(entry[1])) for path, entry in data["pages"].items()}
    return Addresses(pages, dict(data["ids"]), frozenset(data["left"]))


def add_version(addresses: Addresses, handbook: Handbook) -> Addresses:
    """Add the addresses of a new version.

    Args:
        addresses: Those of all earlier versions.
        handbook: A version newer than all of them.
    """
    placement = place_items(handbook)
    version = handbook.data["version"]
    pages, ids, left = dict(addresses.pages), dict(addresses.ids), set(addresses.left)
    for entry_id, path in placement.page_of.items():
        if placement.anchor_of[entry_id]:
            ids[entry_id] = f"{path}#{placement.anchor_of[entry_id]}"
        else:
            pages[path] = (entry_id, pages.get(path, (entry_id, version))[1])
    left |= {
        entry_id for entry_id, address in addresses.ids.items() if address != _address(handbook, entry_id)
    }
    return Addresses(pages, ids, frozenset(left))


def find_redirects(addresses: Addresses, handbook: Handbook, first_version: str) -> Redirects:
    """Find where the addresses of earlier versions lead in the newest one.

    A retired entry leads to its nearest successor that still exists; a page without one leads to the
    front page. An entry without a successor leads nowhere: its old page says more than any other.

    Args:
        addresses: Those of all versions, the newest included.
        handbook: The newest version.
        first_version: The oldest version.
    """
    present_pages = set(place_items(handbook).page_of.values())
    pages = {
        path: _present_address(handbook, page_id) or "index"
        for path, (page_id, _version) in addresses.pages.items()
        if path not in present_pages
    }
    ids = {
        entry_id: address
        for entry_id in sorted(addresses.left)
        if (address := _present_address(handbook, entry_id))
    }
    since = {
        path: version
        for path, (_page_id, version) in addresses.pages.items()
        if version != first_version and path in present_pages
    }
    return Redirects(pages, ids, since)


def _present_address(handbook: Handbook, entry_id: str) -> str | None:
    """The address of an entry or of the nearest of its successors."""
    successors = handbook.retired.get(entry_id, {}).get("successors", ())
    candidates = (_address(handbook, candidate) for candidate in (entry_id, *successors))
    return next(filter(None, candidates), None)


def _address(handbook: Handbook, entry_id: str) -> str | None:
    placement = place_items(handbook)
    if entry_id not in placement.page_of:
        return None
    anchor = placement.anchor_of[entry_id]
    return placement.page_of[entry_id] + (f"#{anchor}" if anchor else "")
