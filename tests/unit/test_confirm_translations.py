"""Which translations are current, and how that is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from english import english
from example_handbook import rewrite, tebiki
from tebiki.model.translation_units import translation_units
from tebiki.reading.load import load
from tebiki.rules.translation_stale import check

RECORD = "content/translations.yml"


def stale(root: Path) -> set[str]:
    handbook, problems = load(root)
    assert problems == []
    return {
        english(diagnostic.message).split(" is not ")[0].removeprefix("the en of ")
        for diagnostic in check(handbook)
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "unit"),
    [
        ("content/events.yml", "ja: 新館が開きます。", "ja: 春に新館が開きます。", "event-new-building"),
        ("content/terms.yml", "ja: 貸出中の資料を、", "ja: 貸出中の本を、", "reservation"),
        ("content/pages/index.ja.md", "| 案内 | 1階 |", "| 案内 | 2階 |", "home"),
        ("content/pages/index.ja.md", "title: ひばり", "title: 新ひばり", "home"),
        ("content/handbook.yml", "title: {ja: 職員,", "title: {ja: 図書館の職員,", "handbook"),
        ("checklists/visitor-check/1.0.0.yml", "{ja: 利用のしかたの点検,", "{ja: 点検,", "visitor-check"),
        (
            "checklists/visitor-check/1.0.0.yml",
            "text: {ja: カードについて聞きます。,",
            "text: {ja: カードのことです。,",
            "visitor-check",
        ),
        (
            "checklists/visitor-check/1.0.0.yml",
            "ja: 期限までに返していますか。",
            "ja: 期限内に返していますか。",
            "visitor-check#returns-in-time",
        ),
        ("checklists/answer-sets/done-or-not.yml", "{ja: ときどき,", "{ja: たまに,", "done-or-not"),
    ],
)
def test_a_changed_original_makes_just_its_translation_stale(
    minimal: Path, file: str, old: str, new: str, unit: str
) -> None:
    assert stale(minimal) == set()
    rewrite(minimal / file, old, new)
    assert stale(minimal) == {unit}
    done = tebiki(minimal, "translations", "confirm", unit)
    assert done.exit_code == 0
    assert stale(minimal) == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/events.yml", "en: The new building opens.", "en: The building opens."),
        ("content/pages/index.en.md", "| Information | Ground floor |", "| Information | First floor |"),
        ("content/events.yml", 'date: "2027-03"', 'date: "2027-04"'),
        ("checklists/visitor-check/1.0.0.yml", "minutes: 3", "minutes: 5"),
    ],
)
def test_a_change_of_the_translation_or_of_a_figure_makes_nothing_stale(
    minimal: Path, file: str, old: str, new: str
) -> None:
    rewrite(minimal / file, old, new)
    assert stale(minimal) == set()


def test_confirming_a_checklist_confirms_its_questions(minimal: Path) -> None:
    rewrite(minimal / "checklists/visitor-check/1.0.0.yml", "ja: 期限までに返し", "ja: 期限内に返し")
    assert tebiki(minimal, "translations", "confirm", "visitor-check").exit_code == 0
    assert stale(minimal) == set()


def test_only_what_is_named_is_confirmed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "ja: 新館が開きます。", "ja: 春に新館が開きます。")
    rewrite(minimal / "content/cases.yml", "ja: 夕方にも開いています。", "ja: 夕方にも開きます。")
    done = tebiki(minimal, "translations", "confirm", "event-new-building")
    assert done.stdout == f"{RECORD}: 1 texts confirmed\n"
    assert stale(minimal) == {"case-station-branch"}


def test_what_no_longer_exists_leaves_the_record(minimal: Path) -> None:
    record = minimal / RECORD
    with record.open("a", encoding="utf-8") as stream:
        stream.write('  gone: {en: "0123456789ab"}\n')
    before = record.read_text(encoding="utf-8")
    assert tebiki(minimal, "translations", "confirm", "loan").exit_code == 0
    assert record.read_text(encoding="utf-8") == before.replace('  gone: {en: "0123456789ab"}\n', "")


def test_confirming_all_of_a_confirmed_handbook_changes_nothing(minimal: Path) -> None:
    before = (minimal / RECORD).read_bytes()
    count = len(list(translation_units(load(minimal)[0])))
    assert tebiki(minimal, "translations", "confirm", "--all").stdout.endswith(f" {count} texts confirmed\n")
    assert (minimal / RECORD).read_bytes() == before


def test_a_first_record_is_written(minimal: Path) -> None:
    (minimal / RECORD).unlink()
    assert len(stale(minimal)) == len(list(translation_units(load(minimal)[0])))
    assert tebiki(minimal, "translations", "confirm", "--all").exit_code == 0
    assert stale(minimal) == set()


def test_a_handbook_in_one_language_has_nothing_to_confirm(tmp_path: Path) -> None:
    write_monolingual(tmp_path, "ja")
    assert tebiki(tmp_path, "check").exit_code == 0
    assert tebiki(tmp_path, "translations", "confirm", "--all").exit_code == 0
    assert (tmp_path / RECORD).read_text(encoding="utf-8").endswith("units: {}\n")
    assert tebiki(tmp_path, "check").exit_code == 0


def test_a_language_that_the_theme_does_not_know_is_reported(tmp_path: Path) -> None:
    write_monolingual(tmp_path, "tlh")
    done = tebiki(tmp_path, "check")
    assert done.exit_code == 1
    assert {" ".join(line.split()[:2]) for line in done.stdout.splitlines()} == {
        "content/handbook.yml:8:14 translation-missing"
    }
    assert "tlh is no language that the theme knows" in done.stdout
    assert tebiki(tmp_path, "build", "--out", tmp_path / "site").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["--all", "loan"], ["lone"], ["visitor-check#has-cart"]],
    ids=["nothing", "all and one", "unknown", "unknown question"],
)
def test_confirming_nothing_or_the_unknown_is_wrong_usage(minimal: Path, arguments: list[str]) -> None:
    before = (minimal / RECORD).read_bytes()
    assert tebiki(minimal, "translations", "confirm", *arguments).exit_code == 2
    assert (minimal / RECORD).read_bytes() == before


def test_a_handbook_with_errors_is_not_confirmed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "kind: event", "kind: evnet")
    before = (minimal / RECORD).read_bytes()
    assert tebiki(minimal, "translations", "confirm", "--all").exit_code == 1
    assert (minimal / RECORD).read_bytes() == before


def write_monolingual(root: Path, code: str) -> None:
    """A handbook of one page in one language."""
    (root / "content/pages").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("theme: {name: material}\nnav: [index.md]\n", encoding="utf-8")
    (root / "content/handbook.yml").write_text(
        "kind: handbook\nid: tiny\n"
        f"title: {{{code}: 小}}\ndescription: {{{code}: 小}}\nversion: 1.0.0\n"
        f'date: "2026-04-01"\npublisher: {{{code}: 小}}\nlanguages: [{{code: {code}, name: 小}}]\n'
        f"audiences: [{{id: all, title: {{{code}: 皆}}}}]\n",
        encoding="utf-8",
    )
    (root / f"content/pages/index.{code}.md").write_text(
        "---\nid: home\ntitle: 小\ndescription: 小\naudience: [all]\neditorial: none\n---\n\n小\n",
        encoding="utf-8",
    )
