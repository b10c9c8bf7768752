"""No text of the generator depends on which languages a handbook has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from english import english
from example_handbook import rewrite
from tebiki.compiling.item_context import ItemContexts
from tebiki.locales import leaves, subjects, words
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load
from tebiki.rules import translation_stale


@pytest.mark.parametrize("subject", subjects())
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_names_a_language(language: str, subject: str) -> None:
    names = ("Japanese", "English", "日本語", "英語", "和文", "英文")
    texts = [f"{path}: {text}" for path, text in leaves(words(language, subject)) if isinstance(text, str)]
    assert [text for text in texts if any(name in text for name in names)] == []


def test_the_place_of_a_source_may_be_by_language(minimal: Path) -> None:
    file = minimal / "content/contacts.yml"
    rewrite(file, "place: 裏表紙", "place: {ja: 裏表紙, en: back cover}")
    handbook, problems = load(minimal)
    assert problems == []
    contact = next(item for item in handbook.items if item.kind == "contact")
    for language, place in (("ja", "裏表紙"), ("en", "back cover")):
        (source,) = ItemContexts(handbook, language, frozenset()).sources(contact.sources)
        assert (source["places"], source["places_language"]) == ([place], language)
    rewrite(file, "en: back cover}", "fr: dos}")
    assert [problem.rule for problem in load(minimal)[1]] == []  # the rule translation-missing says so


def test_unconfirmed_translations_are_one_line_before_the_first_change_log(minimal: Path) -> None:
    shutil.rmtree(minimal / "content/changes")
    (minimal / "content/translations.yml").unlink()
    handbook, _problems = load(minimal)
    (warning,) = translation_stale.check(handbook)
    count = len(stale_units(handbook, "en"))
    assert count > 10
    assert f"the en of {count} texts is not confirmed" in english(warning.message)
