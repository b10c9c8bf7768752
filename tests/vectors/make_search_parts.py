"""Writes the parts of search indexes as a built site has them: of tests/search/sample.json, and of homonyms.

Run it after a change of the sample or of the index. The files test Python (tests/unit/test_search_parts.py) and
TypeScript (browser/tests/search-*.test.ts). The parts are small, so that there are many.
"""

from __future__ import annotations

import copy
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
HOMONYMS = FILE.with_name("search-homonyms.json")
TIMES = 8
SAMPLE = Path(__file__).resolve().parents[1] / "search" / "sample.json"
SIZES = PartSizes(
    sections=5,
    pages=100,
    postings=250,
    piece=240,
    texts=300,
    names=700,
    counts=300,
    words=60,
    postings_growth=0,
    words_growth=0,
    listed=5,
    long_list=4,
)


def homonyms() -> dict[str, Any]:
    """The index of the sample with its terms several times over: with the same names, and titles of their own."""
    index: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for number in range(1, TIMES):
        page = copy.deepcopy(index["pages"][0])
        for section in page["sections"]:
            section["title"] += f"、{number}版"
        index["pages"].append({**page, "path": f"{number}/{page['path']}"})
    return index


def parts(index: dict[str, Any]) -> dict[str, Any]:
    """The parts of an index by their names."""
    with tempfile.TemporaryDirectory() as site:
        folder = (Path(site) / SEARCH_INDEX).parent
        folder.mkdir()
        write_index(index, Path(site), SIZES)
        return {file.stem: read_part(folder, file.stem) for file in sorted(folder.iterdir())}


def written() -> dict[Path, str]:
    """The texts of the files."""
    indexes = {FILE: json.loads(SAMPLE.read_text(encoding="utf-8")), HOMONYMS: homonyms()}
    return {file: json.dumps(parts(index), separators=(",", ":")) + "\n" for file, index in indexes.items()}


if __name__ == "__main__":
    for file, text in written().items():
        file.write_text(text, encoding="utf-8")
