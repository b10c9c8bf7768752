"""tebiki impact, review, translations and new."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from example_handbook import MINIMAL, PROJECT, copy_minimal, rewrite, tebiki
from repository import commit
from tebiki.model.translation_units import translation_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep.new_entry import KINDS


def answer(root: Path, *arguments: str) -> Any:
    result = tebiki(root, *arguments, "--format", "json")
    return json.loads(result.stdout)


def uses(root: Path, one: str) -> set[tuple[str, str]]:
    return {(use["id"], use["how"]) for use in answer(root, "impact", one)["uses"]}


def test_all_that_rests_on_a_source_is_found() -> None:
    found = answer(MINIMAL, "impact", "doc-ordinance-old")
    assert {(use["id"], use["kind"], use["how"]) for use in found["uses"]} == {
        ("visitor-check#stamps-card", "question", "source"), ("doc-ordinance", "source", "supersedes"),
    }  # fmt: skip
    found = answer(MINIMAL, "impact", "doc-ordinance")
    assert "glossary" in found["pages"]
    assert "loan" in found["translations"]


@pytest.mark.parametrize("source", ["doc-ordinance", "doc-ordinance-old", "doc-notice-2026"])
def test_every_place_that_names_a_source_is_among_what_rests_on_it(source: str) -> None:
    """A second opinion: each line of a file that names the source is the line of a use."""
    found = {(use["at"]["file"], use["at"]["line"]) for use in answer(MINIMAL, "impact", source)["uses"]}
    current = {checklist.head.at.file for checklist in load(MINIMAL)[0].current_checklists}
    earlier = {
        path
        for path in MINIMAL.glob("checklists/*/[0-9]*.yml")
        if path.relative_to(MINIMAL).as_posix() not in current
    }
    named = {
        (path.relative_to(MINIMAL).as_posix(), number)
        for path in sorted(MINIMAL.rglob("*"))
        if path.is_file() and path.name != "translations.yml" and path not in earlier
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if source in line.replace(f"{source}-old", "") and f"id: {source}" not in line
    }
    assert named
    assert found == named


def test_what_becomes_outdated_with_a_source() -> None:
    found = answer(MINIMAL, "impact", "doc-notice-2026")
    outdated = {thing: (before, after) for thing, before, after in found["outdated"]}
    assert outdated["reservation"] == ("notice", "superseded")
    assert outdated["def-loan-notice"] == ("notice", "superseded")
    assert outdated["visitor-check"] == ("notice", "superseded")
    assert "loan" not in outdated, "it rests on the ordinance"
    assert "activities" not in outdated, "its page states its own standing"


def test_what_rests_on_an_item() -> None:
    assert uses(MINIMAL, "rule-address-change") == {
        ("borrowing", "shown"), ("visitor-check#address-current", "link"),
    }  # fmt: skip
    assert ("loan", "link") in uses(MINIMAL, "lending-principles")
    assert ("glossary", "compared") in uses(MINIMAL, "loan")
    assert ("visitor-check", "answer_set") in uses(MINIMAL, "done-or-not")
    assert ("how-to-borrow", "actor") in uses(MINIMAL, "role-visitor")
    assert ("home", "link") in uses(MINIMAL, "borrowing")


def test_an_id_that_nothing_has() -> None:
    result = tebiki(MINIMAL, "impact", "doc-ordinence")
    assert result.exit_code == 2
    assert "did you mean doc-ordinance?" in result.stderr


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-09-29", []),
        ("2026-09-30", ["glossary"]),
        ("2026-10-01", ["glossary", "lending-principles"]),
        ("2027-03-31", ["glossary", "lending-principles", "borrowing"]),
    ],
)
def test_what_is_due_on_a_day(day: str, due: list[str]) -> None:
    assert [one["id"] for one in answer(MINIMAL, "review", "--on", day)] == due
    lines = tebiki(MINIMAL, "review", "--on", day).stdout.splitlines()
    assert len(lines) == len(due)
    if due:
        assert lines[0] == (
            "content/pages/rules/terms.ja.md:2:1 page glossary: due 2026-09-30, owner reference-desk,"
            " last reviewed 2026-03-15"
        )


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "", "20260930", "2026-W10-1"])
def test_a_day_that_is_none(day: str) -> None:
    assert tebiki(MINIMAL, "review", "--on", day).exit_code == 2


def test_the_words_that_changed_since_a_translation_was_confirmed(minimal: Path) -> None:
    commit(minimal, "first")
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    commit(minimal, "text changed")
    rewrite(minimal / "content/events.yml", "春に新館が", "春に本館が")
    rewrite(minimal / "content/pages/index.ja.md", "1階", "2階")
    result = tebiki(minimal, "translations")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"en: {len(translation_units(load(MINIMAL)[0])) - 2} current, 2 stale, 0 missing",
        "  stale event-new-building",
        "    text: [-新-]{+春に本+}館が開きます。",
        "  stale home",
        "    body: …---|---|\\n| 案内 | [-1-]{+2+}階 |\\n\\n## 問い合わせ先 {…".replace("\\n", "⏎"),
    ]
    assert tebiki(minimal, "translations", "confirm", "event-new-building", "home").exit_code == 0
    assert tebiki(minimal, "translations").exit_code == 0


def test_a_text_that_was_confirmed_and_changed_in_one_commit(minimal: Path) -> None:
    """The commit that brought the fingerprint does not hold its text: an older one is looked at, none invented."""
    commit(minimal, "first")
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    assert tebiki(minimal, "translations", "confirm", "event-new-building").exit_code == 0
    rewrite(minimal / "content/events.yml", "春に新館が", "夏に新館が")
    commit(minimal, "both at once")
    result = tebiki(minimal, "translations")
    assert "stale event-new-building: the words that changed are not known" in result.stdout
    assert "confirmed without being committed" in result.stdout


def test_without_a_history_stale_ones_are_still_listed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    result = tebiki(minimal, "translations")
    assert result.exit_code == 1
    assert "stale event-new-building: the words that changed are not known" in result.stdout
    assert "is in no git repository" in result.stdout


def test_missing_translations_are_listed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", ", en: The new building opens.", "")
    (minimal / "content/pages/rules/terms.en.md").unlink()
    found = answer(minimal, "translations")
    assert found["en"]["missing"] == ["event-new-building", "glossary"]
    assert found["en"]["stale"] == {}


@pytest.mark.parametrize("handbook", ["minimal", "real"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_new_is_in_order_but_for_the_places_to_fill_in(
    tmp_path: Path, handbook: str, kind: str
) -> None:
    root = copy_minimal(tmp_path / "root") if handbook == "minimal" else copied(tmp_path / "root")
    result = tebiki(root, "new", kind, "brand-new-thing")
    assert result.exit_code == 0, result.stderr
    found, problems = load(root)
    problems = sorted({*problems, *check(found)})
    assert {problem.rule for problem in problems} == {"fill-in"}
    for problem in problems:
        assert str(problem) in result.stdout, "each place is named"
    assert "brand-new-thing" in {
        *(item.id for item in found.items), *(page.id for page in found.pages),
        *(checklist.id for checklist in found.checklists),
    }  # fmt: skip
    for file in [line.partition(":")[0] for line in result.stdout.splitlines() if line.endswith(": written")]:
        assert (root / file).is_file()


def copied(root: Path) -> Path:
    """The handbook of this repository, to be changed."""
    for name in ("content", "checklists"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    return root


@pytest.mark.parametrize(
    ("one", "why"),
    [
        ("loan", "is taken"),
        ("step-card", "is taken"),
        ("visitor-check", "is taken"),
        ("date-slip", "is retired"),
        ("Loan Card", "is no id"),
        ("../escape", "is no id"),
        ("fill-in", "stands for an id"),
        ("a" * 101, "is no id"),
        ("handbook", "is taken"),
    ],
)
def test_an_id_that_cannot_be_used_writes_nothing(minimal: Path, one: str, why: str) -> None:
    before = {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()}
    result = tebiki(minimal, "new", "term", one)
    assert result.exit_code == 2
    assert why in " ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()} == before


def test_a_file_in_the_way_is_not_written_over(minimal: Path) -> None:
    (minimal / "content/terms").mkdir()
    (minimal / "content/terms/card.yml").write_text("# 下書き\nkind: term\nitems: []\n", encoding="utf-8")
    assert tebiki(minimal, "new", "term", "card").exit_code in (1, 2)
    assert (minimal / "content/terms/card.yml").read_text(encoding="utf-8").startswith("# 下書き")


def test_a_navigation_on_one_line_is_not_torn_apart(minimal: Path) -> None:
    text = (minimal / "mkdocs.yml").read_text(encoding="utf-8")
    (minimal / "mkdocs.yml").write_text(text.partition("nav:")[0] + "nav: [index.md]\n", encoding="utf-8")
    result = tebiki(minimal, "new", "page", "opening-hours")
    assert result.exit_code == 2
    assert "does not have each entry on its own line" in " ".join(result.stderr.split())
    assert not (minimal / "content/pages/opening-hours.ja.md").exists()
