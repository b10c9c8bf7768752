"""Loading again with the files of an earlier load: what is new is read, and problems stay problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import rewrite
from tebiki.model.handbook import Handbook
from tebiki.reading import load as load_module
from tebiki.reading.load import load
from tebiki.reading.parsed_files import ParsedFiles


def load_afresh(root: Path) -> Handbook:
    """Load the handbook as a new process does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load_module, "_PARSED", ParsedFiles())
        return load(root)[0]


def test_only_what_has_changed_is_parsed(minimal: Path) -> None:
    first, _problems = load(minimal)
    rewrite(minimal / "content/terms.yml", "本や雑誌を2週間、", "本や雑誌を3週間、")
    second, _problems = load(minimal)
    again = {item.id: item.data for item in first.items}
    new = [item.at.file for item in second.items if item.data is not again[item.id]]
    assert set(new) == {"content/terms.yml"}
    assert second.items == load_afresh(minimal).items


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/handbook.yml", "version: 1.2.0", "version: [1.2.0]"),
        ("content/terms.yml", "kind: term", "kind: trem"),
        ("content/terms.yml", "items:", "items:\n  - id: 3"),
    ],
)
def test_a_mistake_is_reported_each_time_until_it_is_mended(
    minimal: Path, file: str, old: str, new: str
) -> None:
    before = load(minimal)[1]
    original = (minimal / file).read_text(encoding="utf-8")
    (minimal / file).write_text(original.replace(old, new, 1), encoding="utf-8")
    wrong = load(minimal)[1]
    assert wrong != before
    assert load(minimal)[1] == wrong
    assert load(minimal)[1] == wrong
    (minimal / file).write_text(original, encoding="utf-8")
    handbook, problems = load(minimal)
    assert problems == before
    assert handbook.data == load_afresh(minimal).data


def test_what_several_loads_did_not_need_is_forgotten(minimal: Path) -> None:
    parsed = ParsedFiles()
    raw = (minimal / "content/terms.yml").read_bytes()
    parsed.begin()
    first = parsed.parse(raw, "content/terms.yml", [])
    for _load in range(4):
        parsed.begin()
    assert parsed.parse(raw, "content/terms.yml", []) is first
    for _load in range(5):
        parsed.begin()
    assert parsed.parse(raw, "content/terms.yml", []) is not first
