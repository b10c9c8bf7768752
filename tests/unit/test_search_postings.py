"""The postings of the search index, where the text is large."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tebiki.site import search_postings
from tebiki.site.search_postings import Entry, SearchedSection, make_postings
from vectors.make_search_parts import SAMPLE


def sections() -> Iterator[SearchedSection]:
    """Those of the sample."""
    for page in json.loads(SAMPLE.read_text(encoding="utf-8"))["pages"]:
        for section in page["sections"]:
            texts = (section.get(key, "") for key in ("text", "notes"))
            yield SearchedSection(section["title"], section.get("names", ()), *texts)


def postings(long_list: int) -> list[Entry]:
    """The entries, each with its variants in one order."""
    entries = make_postings(sections(), long_list).entries
    return [
        [*entry[:2], *sorted(zip(entry[2::2], entry[3::2], strict=True))]  # type: ignore[list-item]
        for entry in entries
    ]


@pytest.mark.parametrize("block", [1, 100, 1000])
def test_lists_do_not_depend_on_what_is_made_together(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Those that become long in a later block are divided as those that are in the first."""
    whole = postings(long_list=4)
    assert any(len(sequence) > 4 for sequence, *_ in whole)  # type: ignore[arg-type]
    monkeypatch.setattr(search_postings, "_BLOCK", block)
    assert postings(long_list=4) == whole


def test_long_lists_are_longer_in_a_large_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """At sixteen times the size eight times as long, so that the text is not divided ever deeper."""
    size = sum(sum(lengths) + len(lengths) for lengths in make_postings(sections()).lengths)
    expected = postings(long_list=32)
    monkeypatch.setattr(search_postings, "_LARGE_TEXT", size / 16)
    assert postings(long_list=4) == expected
