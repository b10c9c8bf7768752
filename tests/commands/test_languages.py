"""Adding a language to a handbook, translating the words of the generator, and removing a language."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from example_handbook import MINIMAL, rewrite, tebiki
from repository import commit, git
from tebiki.locales import english_words, use_words, words
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook, committed in its two languages ("two"), then with a third ("three")."""
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(MINIMAL, folder / "two")
    commit(folder / "two")
    shutil.copytree(folder / "two", folder / "three")
    done = tebiki(folder / "three", "new", "language", "zh")
    assert done.exit_code == 0, done.output
    assert "content/handbook.yml: changed" in done.output
    assert "content/pages/index.zh.md: written" in done.output
    commit(folder / "three")
    return folder


@pytest.fixture
def handbook(states: Path, tmp_path: Path) -> Path:
    return shutil.copytree(states / "two", tmp_path / "handbook")


@pytest.fixture
def in_three_languages(states: Path, tmp_path: Path) -> Path:
    return shutil.copytree(states / "three", tmp_path / "handbook")


def problems(root: Path) -> set[str]:
    """The rules that ``tebiki check`` reports."""
    return {line.split()[1] for line in tebiki(root, "check").stdout.splitlines()}


def test_a_new_language_gets_every_text_to_translate(states: Path) -> None:
    assert problems(states / "three") <= {"translation-stale"}
    listed = tebiki(states / "three", "translations").output
    assert "zh: 0 current" in listed
    assert "missing site.home" in listed


def test_taking_it_out_again_leaves_the_files_as_they_were(in_three_languages: Path) -> None:
    done = tebiki(in_three_languages, "translations", "remove", "zh")
    assert done.exit_code == 0, done.output
    assert "content/words/zh/site.yml: removed" in done.output
    others = ["content", "checklists", ":!content/handbook.yml"]
    assert git(in_three_languages, "diff", "HEAD~1", "--", *others) == ""
    assert problems(in_three_languages) == set()


def test_a_page_that_is_translated_already_is_kept(handbook: Path) -> None:
    page = handbook / "content/pages/index.zh.md"
    page.write_text("---\ntitle: 手册\ndescription: 首页\n---\n", encoding="utf-8")
    tebiki(handbook, "new", "language", "zh")
    assert "手册" in page.read_text(encoding="utf-8")


def test_the_first_language_can_be_taken_out(handbook: Path) -> None:
    done = tebiki(handbook, "translations", "remove", "ja")
    assert done.exit_code == 0, done.output
    assert problems(handbook) == set()
    head = (handbook / "content/pages/index.en.md").read_text(encoding="utf-8")
    assert head.startswith(
        "---\nid: home\ntitle: Using Hibari City Library\ndescription: Where to find what.\naudience"
    )
    assert not list(handbook.glob("content/**/*.ja.*"))


def test_what_was_current_stays_current_under_another_original(in_three_languages: Path) -> None:
    handbook = in_three_languages
    tebiki(handbook, "translations", "confirm", "--all")
    terms = handbook / "content/terms.yml"
    rewrite(
        terms,
        "title: {ja: 予約, en: Reservation, zh: 予約}",
        "title: {ja: 取り置き, en: Reservation, zh: 予約}",
    )
    commit(handbook)
    assert tebiki(handbook, "translations", "remove", "ja").exit_code == 0
    assert stale_units(load(handbook)[0], "zh") == {"reservation"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["translations", "remove", "fr"], "the handbook has no language fr"),
        (["new", "language", "tlh"], "'tlh' is no language that the theme knows"),
        (["new", "language", "en"], "the handbook has en, and files for all words"),
    ],
)
def test_what_cannot_be_done_changes_nothing(handbook: Path, arguments: list[str], message: str) -> None:
    done = tebiki(handbook, *arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert git(handbook, "status", "--porcelain") == ""


def test_texts_are_removed_only_when_history_has_them(handbook: Path) -> None:
    (handbook / "content/pages/index.en.md").write_text(
        "---\ntitle: x\ndescription: x\n---\n", encoding="utf-8"
    )
    done = tebiki(handbook, "translations", "remove", "ja")
    assert done.exit_code == 2
    assert (
        "commit first, so that the texts stay in the history: content/pages/index.en.md differs"
        in done.output
    )


def test_words_that_a_new_version_has_are_added_to_the_file(in_three_languages: Path) -> None:
    file = in_three_languages / "content/words/zh/site.yml"
    complete = file.read_text(encoding="utf-8")
    file.write_text(complete.replace("  # Sources\n  sources:\n", ""), encoding="utf-8")
    rewrite(file, "  # Source\n  source:\n", "  # Source\n  source: 资料\n")
    done = tebiki(in_three_languages, "new", "language", "zh")
    assert done.exit_code == 0, done.output
    assert file.read_text(encoding="utf-8") == complete.replace("  # Source\n  source:\n", "  source: 资料\n")


def write_words(root: Path, text: str, language: str = "en") -> Path:
    file = root / f"content/words/{language}/site.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"kind: words\nlanguage: {language}\nsubject: site\nwords:\n{text}", encoding="utf-8")
    return file


def test_words_of_the_handbook_stand_before_english_ones(in_three_languages: Path) -> None:
    handbook = in_three_languages
    file = handbook / "content/words/zh/site.yml"
    rewrite(file, "  # Sources\n  sources:\n", "  sources: 资料来源\n")
    assert problems(handbook) <= {"translation-stale"}
    use_words(load(handbook)[0].words)
    try:
        assert words("zh", "site") == {**english_words("site"), "sources": "资料来源"}
    finally:
        use_words(())
    listed = json.loads(tebiki(handbook, "translations", "--format", "json").output)
    assert listed["zh"]["words"]
    assert "site.sources" not in listed["zh"]["words"]
    assert listed["en"]["words"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  sourcs: x\n", "sourcs is not a word of the generator; did you mean sources?"),
        ("  sources: {x: y}\n", "sources is not a word of the generator"),
        ("  sources: <b>x</b>\n", "sources holds < >: use other quotation marks, and no HTML"),
        ("  issued: '({issuer.__class__}, {date})'\n", "issued has other placeholders than the English"),
        ("  issued: '{'\n", "issued has other placeholders than the English: {date} {issuer}"),
    ],
)
def test_words_that_cannot_be_used_are_reported_and_left_out(handbook: Path, text: str, message: str) -> None:
    write_words(handbook, text)
    done = tebiki(handbook, "check")
    assert "content/words/en/site.yml:5:3 words" in done.output
    assert message in done.output
    use_words(load(handbook)[0].words)
    try:
        assert words("en", "site") == english_words("site")
    finally:
        use_words(())


def test_words_in_a_language_that_the_handbook_lacks_are_reported(handbook: Path) -> None:
    write_words(handbook, "  sources: x\n", "fr")
    assert "fr is not a language of this handbook" in tebiki(handbook, "check").output
