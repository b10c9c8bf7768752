"""The postings of the search index, where the text is large."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest
from support.search_index_file import decode_numbers
from tebiki.site import search_postings
from tebiki.site.builders import BuildError
from tebiki.site.search_postings import SearchedSection, make_postings
from vectors.make_search_parts import SAMPLE


def sections() -> Iterator[SearchedSection]:
    """Those of the sample."""
    for page in json.loads(SAMPLE.read_text(encoding="utf-8"))["pages"]:
        for section in page["sections"]:
            texts = (section.get(key, "") for key in ("text", "notes"))
            yield SearchedSection(section["title"], section.get("names", ()), *texts)


def postings(long_list: int) -> list[bytes]:
    """The entries."""
    return list(make_postings(list(sections()), long_list).entries)


def test_long_lists_are_longer_in_a_large_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """At sixteen times the size eight times as long, so that the text is not divided ever deeper."""
    size = sum(sum(lengths) + len(lengths) for lengths in make_postings(list(sections())).lengths)
    expected = postings(long_list=32)
    monkeypatch.setattr(search_postings, "_LARGE_TEXT", size / 16)
    assert postings(long_list=4) == expected


def test_long_sequences_of_a_large_text_are_those_of_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting them in all of the text would take a tenth of the time of the index."""
    draw = random.Random(1)
    words = ["".join(draw.choices("aeinorstuy", k=draw.randint(2, 9))) for _ in range(300)]
    texts = (" ".join(draw.choices(words, k=200)) for _ in range(300))
    drawn = [SearchedSection("", (), text, "") for text in texts]
    exact = make_postings(drawn, 1000)
    monkeypatch.setattr(search_postings, "_SAMPLE", sum(map(sum, exact.lengths)) // 4)
    sampled = make_postings(drawn, 1000)
    assert 0 < len({*sampled.long} ^ {*exact.long}) < 0.2 * len(exact.long)
    undivided = [lists for _, counts, *lists in map(json.loads, sampled.entries) if not counts]
    assert max(sum(map(occurrences, lists[1::2])) for lists in undivided) < 1.2 * 1000


def occurrences(positions: str) -> int:
    """How many a list of positions has: another field takes a number of its own."""
    numbers = decode_numbers(positions)
    count = 0
    while numbers:
        numbers = numbers[1 + numbers[0] % 2 :]
        count += 1
    return count


@pytest.mark.parametrize("chunk", [0, 100])
def test_lists_do_not_depend_on_what_is_given_at_a_time(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    whole = postings(long_list=4)
    monkeypatch.setattr(search_postings, "_CHUNK", chunk)
    assert postings(long_list=4) == whole


def test_more_text_than_positions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_postings, "MOST_CODES", 100)
    with pytest.raises(BuildError, match="too-much-text"):
        postings(long_list=4)


def test_an_edit_leaves_the_lists_of_what_is_behind_it() -> None:
    """So that versions of a handbook share parts of their indexes."""
    first, *others = sections()
    edited = first._replace(text=f"{first.text} 了")
    before = set(postings(long_list=4))
    after = set(make_postings([edited, *others], 4).entries)
    assert before != after
    assert len(before & after) > 0.95 * len(before)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Policies", "policy"),
        ("research security policy", "research security policies"),
        ("risk-assessments", "risk assessment"),
        ("branches", "branch"),
        ("boxes", "box"),
        ("status", None),
        ("survey", None),
        ("loan", None),
        ("use", None),
        ("研究", None),
    ],
)
def test_english_names_are_counted_in_both_numbers(name: str, other: str | None) -> None:
    """By the rules of query.ts; where these differ, a reader loads more."""
    section = SearchedSection(name, (), "", "")
    words = SearchedSection("abcdefghijklmnopqrstuvwxyz -", (), "", "")
    (entries,) = make_postings([section, words], counted=[0]).names
    strings = [entry[0] for entry in json.loads(entries)]
    assert [string for string in strings if string not in ("", name.lower().replace("-", " "))] == (
        [other] if other else []
    )
