"""Lists of sources: the date by era as the document writes it, and the place also in plain characters."""

from __future__ import annotations

from typing import Any, cast

import pytest
from example_handbook import PROJECT, loaded
from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.item_context import ItemContexts
from tebiki.compiling.page_text import PageText

HANDBOOK = loaded(PROJECT)


class _Addresses:
    """Stands for the texts of a page, of which a list of sources needs the addresses."""

    def href(self, target: str) -> str:
        return f"#{target}"


def source_list(language: str, item_id: str) -> str:
    contexts: Any = ItemContexts(HANDBOOK, language, frozenset())
    item = next(item for item in HANDBOOK.items if item.id == item_id)
    return HtmlParts(HANDBOOK, language, cast(PageText, _Addresses())).source_list(
        contexts.sources(item.sources)
    )


@pytest.mark.parametrize(
    ("language", "date"), [("ja", "2026年1月16日（令和8年1月16日）"), ("en", "16 January 2026")]
)
def test_a_source_is_dated_as_its_document_is(language: str, date: str) -> None:
    assert date in source_list(language, "notice-asks")
    assert ("令和8年" in source_list(language, "notice-asks")) is (language == "ja")


def test_a_place_is_found_by_plain_characters() -> None:
    listed = source_list("ja", "timeline-2021-09-28-cybersecurity-strategy")
    assert "Ⅱ－４（４）④ 情報セキュリティ対策の徹底" in listed
    assert "<span hidden> II－４（４）(4) 情報セキュリティ対策の徹底" in listed
