"""A packed search index: nothing is lost, and what repeats is said once."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from random_seeds import examples
from search_index_file import unpack
from tebiki.site.packed_index import pack_index

LINES = st.sampled_from(["", "short", "a line that is long", "another long line", "0", "1"])
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
SECTIONS = st.fixed_dictionaries(
    {"title": st.text(max_size=5)},
    optional={"id": st.from_regex(r"[a-z]{1,5}", fullmatch=True), "text": TEXTS, "notes": TEXTS.filter(bool)},
)
PAGES = st.lists(st.fixed_dictionaries({"path": st.just("a.html"), "sections": st.lists(SECTIONS)}))


@examples(20)
@given(PAGES)
def test_nothing_is_lost(pages: list[dict[str, Any]]) -> None:
    index = {"language": "en", "pages": pages}
    before = json.dumps(index, sort_keys=True)
    assert json.dumps(unpack(pack_index(index)), sort_keys=True) == before
    assert json.dumps(index, sort_keys=True) == before


def test_what_repeats_is_said_once() -> None:
    sections = [
        {"title": "A", "text": "the very same line\nonly here"},
        {"title": "B", "notes": "the very same line"},
    ]
    index = pack_index({"pages": [{"sections": sections}]})
    assert json.dumps(index).count("the very same line") == 1
    assert index["lines"] == ["the very same line"]
