"""Writes search-parts.json: the parts of the search index of tests/search/sample.json, as a built site has them.

Run it after a change of the sample or of the index. The file tests Python (tests/unit/test_search_parts.py) and
TypeScript (browser/tests/search-*.test.ts). Its parts are small, so that there are many.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from search_index_file import read_part
from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.search_parts import PartSizes, write_index

FILE = Path(__file__).resolve().parent / "search-parts.json"
SAMPLE = Path(__file__).resolve().parents[1] / "search" / "sample.json"
SIZES = PartSizes(
    sections=5, pages=100, postings=300, piece=400, texts=300, names=700, counts=300, words=60, long_list=4
)


def parts() -> dict[str, Any]:
    """The parts by their names."""
    with tempfile.TemporaryDirectory() as site:
        folder = (Path(site) / SEARCH_INDEX).parent
        folder.mkdir()
        write_index(json.loads(SAMPLE.read_text(encoding="utf-8")), Path(site), SIZES)
        return {file.stem: read_part(folder, file.stem) for file in sorted(folder.iterdir())}


def written() -> str:
    """The text of the file."""
    return json.dumps(parts(), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
