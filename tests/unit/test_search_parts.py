"""The search index in parts: all that is in a part, and its name."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from search_index_file import (
    list_names,
    part_names,
    parts_of_kind,
    parts_with_postings,
    read_part,
    read_postings,
)
from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.site.search_part_files import BUNCH, PartWriter, script
from tebiki.site.search_parts import PartSizes, write_index, write_postings
from vectors.make_search_parts import SAMPLE, SIZES, written

INDEX = json.loads(SAMPLE.read_text(encoding="utf-8"))


def parts_of(site: Path, sizes: PartSizes = SIZES, index: dict[str, Any] = INDEX) -> set[str]:
    """Write an index, that of the sample if no other is given, and return the names of its files."""
    (site / SEARCH_INDEX).parent.mkdir(parents=True, exist_ok=True)
    write_index(index, site, sizes)
    return {file.name for file in (site / SEARCH_INDEX).parent.iterdir()}


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_the_parts_that_the_scripts_are_tested_with_are_those_of_today() -> None:
    same = [text == file.read_text(encoding="utf-8") for file, text in written().items()]
    assert all(same), "run tests/vectors/make_search_parts.py"


def test_a_part_is_named_by_its_content(tmp_path: Path) -> None:
    """So that versions share what has not changed, and a cached part is never of another version."""
    sizes = replace(SIZES, texts=1)
    index = {**INDEX, "pages": [*INDEX["pages"], *INDEX["pages"]]}
    names = parts_of(tmp_path, sizes, index)
    bunches: dict[str, dict[int, bytes]] = defaultdict(dict)
    for name in names - {"index.js"}:
        content = (tmp_path / "search" / name).read_bytes().partition(b"]=")[2]
        bunch, _, number = name.removesuffix(".js").partition("-")
        bunches[bunch][int(number or 0)] = content.removesuffix(b";\n")
    assert any(len(contents) == BUNCH for contents in bunches.values())
    in_pieces = {
        name
        for kind in ("postings", "wordPostings")
        for _, name, pieces in parts_with_postings(tmp_path / "search", kind)
        if pieces
    }
    assert in_pieces
    for bunch, contents in bunches.items():
        ordered = [contents[number] for number in range(len(contents))]
        if bunch in in_pieces:
            whole = b"".join(json.loads(piece).encode() for piece in ordered)
        else:
            whole = b"\n".join(ordered)
        assert bunch == hashlib.sha256(whole).hexdigest()[:12]
    assert names == parts_of(tmp_path / "again", sizes, index)


def test_parts_of_an_earlier_index_are_removed(tmp_path: Path) -> None:
    parts_of(tmp_path)
    assert parts_of(tmp_path, PartSizes()) == parts_of(tmp_path / "again", PartSizes())


def test_parts_that_the_replaced_site_has_are_links_to_its_files(tmp_path: Path) -> None:
    names = parts_of(tmp_path / "old")
    old, new = tmp_path / "old" / "search", tmp_path / "new" / "search"
    new.mkdir(parents=True)
    write_index(INDEX, tmp_path / "new", SIZES, replaced=tmp_path / "old")
    assert {file.name for file in new.iterdir()} == names
    for name in names:
        assert (new / name).read_bytes() == (old / name).read_bytes()
        assert (new / name).samefile(old / name) == (name != "index.js")


def test_the_files_of_the_replaced_site_are_left_alone(tmp_path: Path) -> None:
    """Also where two parts hold the same, as those of equal sections do."""
    index = {**INDEX, "pages": [*INDEX["pages"], *INDEX["pages"]]}
    sizes = PartSizes(postings=1, texts=1, names=1, words=1)
    for name in ("old", "new"):
        (tmp_path / name / "search").mkdir(parents=True)
    write_index(index, tmp_path / "old", sizes)
    parts = [file for file in (tmp_path / "old/search").iterdir() if file.name != "index.js"]
    for file in parts:
        os.utime(file, (0, 0))

    write_index(index, tmp_path / "new", sizes, replaced=tmp_path / "old")

    assert {file.stat().st_mtime for file in parts} == {0}


def test_no_part_is_much_larger_than_its_size(tmp_path: Path) -> None:
    """A single entry may be."""
    parts_of(tmp_path)
    index = read_part(tmp_path / "search", "index")
    parts = [(read_part(tmp_path / "search", name), SIZES.names) for name in index["names"]]
    parts += [(read_part(tmp_path / "search", name), SIZES.pages) for name in part_names(index["pages"])]
    parts += [(read_part(tmp_path / "search", name), SIZES.texts) for name in part_names(index["texts"])]
    postings = parts_with_postings(tmp_path / "search", "postings")
    parts += [(read_postings(tmp_path / "search", *part), SIZES.postings) for _, *part in postings]
    files = [tmp_path / "search" / f"{name}.js" for name in parts_of_kind(tmp_path / "search", "postings")]
    assert max(len(read_part(file.parent, file.stem)) for file in files) <= SIZES.piece
    assert max(file.stat().st_size for file in files) <= 2 * SIZES.piece
    lists = [read_part(tmp_path / "search", name) for name in list_names(tmp_path / "search", "postings")]
    assert len(lists) > 2
    assert {len(sequences) for sequences, _names, _pieces in lists[:-1]} == {SIZES.listed}
    assert len(parts) > 20
    for entries, size in parts:
        assert len(entries) == 1 or len(json_text(entries)) <= 1.1 * size + 100
    outlines = [read_part(tmp_path / "search", name) for name in index["outline"]]
    assert len(outlines) > 1
    assert max(len(classes) for _pages, classes, _levels in outlines) <= SIZES.sections


def test_parts_with_postings_are_larger_where_there_are_more(tmp_path: Path) -> None:
    """With the cube root, so that they grow like the list of lists."""
    entries = [f'["{number:06}",0]'.encode() for number in range(8000)]
    sizes = replace(SIZES, postings=1)
    counts = []
    for count in (1000, 8000):
        folder = tmp_path / str(count) / "search"
        folder.mkdir(parents=True)
        listing = write_postings(PartWriter(folder, None), entries[:count], 10, sizes)
        (folder / "index.js").write_bytes(script("en", json_text({"postings": listing}).encode()))
        counts.append(len(parts_with_postings(folder, "postings")))
    assert 3.8 < counts[1] / counts[0] < 4.2


def test_postings_are_sorted_across_parts(tmp_path: Path) -> None:
    """By UTF-16, as scripts compare strings."""
    parts_of(tmp_path)
    sequences = [
        entry[0]
        for _, *part in parts_with_postings(tmp_path / "search", "postings")
        for entry in read_postings(tmp_path / "search", *part)
    ]
    assert sequences == sorted(sequences, key=lambda text: text.encode("utf-16-be", "surrogatepass"))
    assert len(sequences) == len(set(sequences))


def test_the_first_part_with_names_has_those_that_are_asked_for_most(tmp_path: Path) -> None:
    """Those with readings, of pages, and with other names; those of all others are in parts behind them."""
    parts_of(tmp_path)
    sections = [
        (0 if "readings" in section else 1 if index == 0 or "names" in section else 2, section)
        for page in INDEX["pages"]
        for index, section in enumerate(page["sections"])
    ]
    names = read_part(tmp_path / "search", "index")["names"]
    entries = [entry for name in names for entry in read_part(tmp_path / "search", name)]
    order = sorted(range(len(sections)), key=lambda number: sections[number][0])
    assert [number for number, _ in entries] == order
    for number, own in entries:
        section = sections[number][1]
        assert own == {key: section[key] for key in ("title", "names", "readings", "id") if key in section}
    ends = itertools.accumulate(len(read_part(tmp_path / "search", name)) for name in names)
    assert sum(rank < 2 for rank, _ in sections) in ends
