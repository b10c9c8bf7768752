"""The names that stand at the root of what is published."""

from __future__ import annotations

import re

#: The folder that always holds the newest version: the address to link to.
LATEST = "latest"
#: The list of versions as Material and mike write it, for other programs.
VERSIONS_JSON = "versions.json"
#: The same list with all that a page needs of it, as a script: pages fetch nothing, least of all from disk.
VERSIONS_JS = "versions.js"
#: Where everything has ever stood; read by the next publishing only.
ADDRESSES = "addresses.json"

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def order(version: str) -> tuple[int, ...]:
    """``version`` as numbers, to sort by."""
    return tuple(int(number) for number in version.split("."))
