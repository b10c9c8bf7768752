"""Words inside the boxes of figures: where lines break, and how wide they are."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from tebiki.compiling.drawings.text_layout import text_width, wrap


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(st.text(st.sampled_from("研究の、。（）「」ーっ情報 abWm-.,é\n"), max_size=60), st.floats(30, 300))
def test_wrapping_loses_nothing_and_keeps_to_the_room(text: str, room: float) -> None:
    lines = wrap(text, 13, room)
    assert _bare("".join(lines)) == _bare(text)
    assert all(text_width(line, 13) <= room + 0.001 for line in lines)
    assert all(line == line.strip() and line for line in lines)


def test_japanese_breaks_between_phrases_and_where_typesetting_allows() -> None:
    assert wrap("所属する研究者の活動の情報を集める", 10, 90) == ["所属する研究者の", "活動の情報を集める"]
    lines = wrap("経済安全保障上、（重要技術）。", 10, 50)
    assert not any(line[0] in "、。）" or line[-1] in "（" for line in lines)
