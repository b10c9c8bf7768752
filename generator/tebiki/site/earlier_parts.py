"""Keeps the parts of the search indexes that a served site had before.

An open page has loaded the list of the parts, which are named by their content. The next build has other parts, and the
page may still ask for those of its list.
"""

from __future__ import annotations

from pathlib import Path

from tebiki.model.site_layout import SEARCH_INDEX

#: Bytes of all parts together, above which the oldest are dropped.
MAX_BYTES = 100_000_000


class EarlierParts:
    """The parts by their addresses ("/en/search/0123456789ab.js").

    Args:
        max_bytes: The size above which the oldest parts are dropped.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._size = 0
        self._parts: dict[str, bytes] = {}

    def keep(self, site: Path) -> None:
        """Keep the parts of a site that is about to be replaced."""
        index = Path(SEARCH_INDEX)
        for file in sorted(site.glob(f"*/{index.parent}/*.js")):
            if file.name != index.name:
                self._keep(f"/{file.relative_to(site).as_posix()}", file.read_bytes())

    def get(self, address: str) -> bytes | None:
        """Return the part at ``address``; None where there was none."""
        return self._parts.get(address)

    def _keep(self, address: str, content: bytes) -> None:
        self._size += len(content) - len(self._parts.pop(address, b""))
        self._parts[address] = content
        while self._size > self._max_bytes:
            self._size -= len(self._parts.pop(next(iter(self._parts))))
