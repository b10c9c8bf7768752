"""Names of files and folders of a staged tree, of a finished site and of what is published."""

from __future__ import annotations

import re

#: Written into every finished site; only a folder that holds it is replaced by a build.
MARKER = "tebiki.json"
#: The folder of the open data, below the root of the site.
OPEN_DATA_FOLDER = "data/v1"
#: The folder of the print views, below the root of a language.
PRINT_FOLDER = "print"
#: The search index, below the root of a language.
SEARCH_INDEX = "search/index.js"
#: The folders of Material's own search, which the search of a handbook replaces.
MATERIAL_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
#: The feeds of changes, below the root of a language.
ATOM_FEED = "changes.atom"
JSON_FEED = "changes.json"
#: The file beside ``docs/`` of a staged tree with the explanation of each term by its id.
TOOLTIPS_FILE = "tooltips.json"
#: The colours of an institution's own handbook, below the root of a language.
OVERLAY_STYLES = "assets/overlay.css"

#: The list of versions as Material and mike write it, for other programs.
VERSIONS_JSON = "versions.json"
#: The same list with all that a page needs of it, as a script: pages fetch nothing, least of all from disk.
VERSIONS_JS = "versions.js"
#: Where everything has ever stood; read by the next publishing only.
ADDRESSES = "addresses.json"

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def version_order(version: str) -> tuple[int, ...]:
    """Return ``version`` as numbers, to sort by."""
    return tuple(int(number) for number in version.split("."))


def comparison_file_name(comparison: str, language: str) -> str:
    """Return the name of the file with the comparison of that id in ``language``."""
    return f"{comparison}.{language}.csv"
