"""tebiki impact, review, translations and new."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from english import english_lines
from example_handbook import MINIMAL, PROJECT, copy_minimal, loaded, rewrite, tebiki
from repository import commit
from tebiki.cli.site import stale_changes
from tebiki.model.translation_units import translation_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.upkeep.new_entry import KINDS


def answer(root: Path, *arguments: str) -> Any:
    result = tebiki(root, *arguments, "--format", "json")
    return json.loads(result.stdout)


def uses(root: Path, target: str) -> set[tuple[str, str]]:
    return {(use["id"], use["how"]) for use in answer(root, "impact", target)["uses"]}


def test_all_uses_of_a_source_are_listed() -> None:
    impact = answer(MINIMAL, "impact", "doc-ordinance-old")
    assert {(use["id"], use["kind"], use["how"]) for use in impact["uses"]} == {
        ("visitor-check#stamps-card", "question", "source"), ("doc-ordinance", "source", "supersedes"),
    }  # fmt: skip
    impact = answer(MINIMAL, "impact", "doc-ordinance")
    assert "glossary" in impact["pages"]
    assert "loan" in impact["translations"]


@pytest.mark.parametrize("source", ["doc-ordinance", "doc-ordinance-old", "doc-notice-2026"])
def test_every_line_that_names_a_source_is_a_use(source: str) -> None:
    lines_of_uses = {
        (use["at"]["file"], use["at"]["line"]) for use in answer(MINIMAL, "impact", source)["uses"]
    }
    current = {checklist.head.at.file for checklist in loaded(MINIMAL).current_checklists}
    earlier = {
        path
        for path in MINIMAL.glob("checklists/*/[0-9]*.yml")
        if path.relative_to(MINIMAL).as_posix() not in current
    }
    lines_with_source = {
        (path.relative_to(MINIMAL).as_posix(), number)
        for path in sorted(MINIMAL.rglob("*"))
        if path.suffix in (".yml", ".md") and path.name != "translations.yml" and path not in earlier
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if source in line.replace(f"{source}-old", "") and f"id: {source}" not in line
    }
    assert lines_with_source
    assert lines_of_uses == lines_with_source


def test_entries_that_become_outdated_with_a_source() -> None:
    impact = answer(MINIMAL, "impact", "doc-notice-2026")
    outdated = {entry: (before, after) for entry, before, after in impact["outdated"]}
    assert outdated["reservation"] == ("notice", "superseded")
    assert outdated["def-loan-notice"] == ("notice", "superseded")
    assert outdated["visitor-check"] == ("notice", "superseded")
    assert "loan" not in outdated, "its source is the ordinance"
    assert outdated["activities"] == ("notice", "superseded"), (
        "a page is as the least firm of what stands on it"
    )
    assert "principle-privacy" not in outdated, "it states its own status"


def test_uses_of_an_item() -> None:
    assert uses(MINIMAL, "rule-address-change") == {
        ("borrowing", "shown"), ("visitor-check#address-current", "link"),
    }  # fmt: skip
    assert ("loan", "link") in uses(MINIMAL, "lending-principles")
    assert ("glossary", "compared") in uses(MINIMAL, "loan")
    assert ("visitor-check", "answer_set") in uses(MINIMAL, "done-or-not")
    assert ("how-to-borrow", "actor") in uses(MINIMAL, "role-visitor")
    assert ("home", "link") in uses(MINIMAL, "borrowing")


def test_an_unknown_id_is_refused_with_a_suggestion() -> None:
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
def test_entries_due_on_a_day(day: str, due: list[str]) -> None:
    assert [entry["id"] for entry in answer(MINIMAL, "review", "--on", day)] == due
    lines = tebiki(MINIMAL, "review", "--on", day).stdout.splitlines()
    assert len(lines) == len(due)
    if due:
        assert lines[0] == (
            "content/pages/rules/terms.ja.md:2:1 page glossary: due 2026-09-30, owner reference-desk,"
            " last reviewed 2026-03-15"
        )


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "", "20260930", "2026-W10-1"])
def test_an_invalid_day_is_refused(day: str) -> None:
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
        f"en: {len(translation_units(loaded(MINIMAL))) - 2} current, 2 stale, 0 missing",
        "  stale event-new-building",
        "    text: [-新-]{+春に本+}館が開きます。",
        "  stale home",
        "    body: …---|---|\\n| 案内 | [-1-]{+2+}階 |\\n\\n## 問い合わせ先 {…".replace("\\n", "⏎"),
    ]
    changes = json.loads(stale_changes(minimal, "ja", threading.Lock()))
    assert changes["en/event-new-building"] == {
        "reason": "",
        "words": [["text", [["-", "新"], ["+", "春に本"], ["=", "館が開きます。"]]]],
    }
    assert tebiki(minimal, "translations", "confirm", "event-new-building", "home").exit_code == 0
    assert tebiki(minimal, "translations").exit_code == 0


def test_a_text_that_was_confirmed_and_changed_in_one_commit(minimal: Path) -> None:
    """The commit that recorded the fingerprint does not contain its text."""
    commit(minimal, "first")
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    assert tebiki(minimal, "translations", "confirm", "event-new-building").exit_code == 0
    rewrite(minimal / "content/events.yml", "春に新館が", "夏に新館が")
    commit(minimal, "both at once")
    result = tebiki(minimal, "translations")
    assert "stale event-new-building: the words that changed are not known" in result.stdout
    assert "confirmed without being committed" in result.stdout


def test_without_a_history_stale_translations_are_still_listed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    result = tebiki(minimal, "translations")
    assert result.exit_code == 1
    assert "stale event-new-building: the words that changed are not known" in result.stdout
    assert "is in no git repository" in result.stdout
    change = json.loads(stale_changes(minimal, "ja", threading.Lock()))["en/event-new-building"]
    assert change["words"] == []
    assert "gitのリポジトリの中にありません" in change["reason"]


def test_missing_translations_are_listed(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", ", en: The new building opens.", "")
    (minimal / "content/pages/rules/terms.en.md").unlink()
    translations = answer(minimal, "translations")
    assert translations["en"]["missing"] == ["event-new-building", "glossary"]
    assert translations["en"]["stale"] == {}


@pytest.mark.parametrize(
    ("kind", "handbook"), [*((kind, "minimal") for kind in sorted(KINDS)), ("page", "real")]
)
def test_a_new_entry_is_valid_except_for_the_placeholders(tmp_path: Path, kind: str, handbook: str) -> None:
    root = copy_minimal(tmp_path / "root") if handbook == "minimal" else copy_project(tmp_path / "root")
    result = tebiki(root, "new", kind, "brand-new-entry")
    assert result.exit_code == 0, result.stderr
    extended, diagnostics = load(root)
    diagnostics = sorted({*diagnostics, *check(extended)})
    assert {diagnostic.rule for diagnostic in diagnostics} == {"fill-in"}
    for diagnostic in diagnostics:
        assert english_lines([diagnostic])[0] in result.stdout, "each placeholder is listed"
    assert "brand-new-entry" in {
        *(item.id for item in extended.items), *(page.id for page in extended.pages),
        *(checklist.id for checklist in extended.checklists),
    }  # fmt: skip
    for file in [line.partition(":")[0] for line in result.stdout.splitlines() if line.endswith(": written")]:
        assert (root / file).is_file()


def copy_project(root: Path) -> Path:
    """Copy the handbook of this repository."""
    for name in ("content", "checklists"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    return root


@pytest.mark.parametrize(
    ("entry_id", "reason"),
    [
        ("loan", "is taken"),
        ("step-card", "is taken"),
        ("visitor-check", "is taken"),
        ("date-slip", "is retired"),
        ("Loan Card", "is no id"),
        ("Loan-Card", "has capitals, which only ids from another list may have: write loan-card"),
        ("../escape", "is no id"),
        ("fill-in", "stands for an id"),
        ("a" * 101, "is no id"),
        ("handbook", "is taken"),
    ],
)
def test_with_an_invalid_id_nothing_is_written(minimal: Path, entry_id: str, reason: str) -> None:
    before = {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()}
    result = tebiki(minimal, "new", "term", entry_id)
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()} == before


def test_an_existing_file_is_not_overwritten(minimal: Path) -> None:
    (minimal / "content/terms").mkdir()
    (minimal / "content/terms/card.yml").write_text("# 下書き\nkind: term\nitems: []\n", encoding="utf-8")
    assert tebiki(minimal, "new", "term", "card").exit_code in (1, 2)
    assert (minimal / "content/terms/card.yml").read_text(encoding="utf-8").startswith("# 下書き")


def test_a_navigation_on_one_line_is_refused(minimal: Path) -> None:
    text = (minimal / "mkdocs.yml").read_text(encoding="utf-8")
    (minimal / "mkdocs.yml").write_text(text.partition("nav:")[0] + "nav: [index.md]\n", encoding="utf-8")
    result = tebiki(minimal, "new", "page", "opening-hours")
    assert result.exit_code == 2
    assert "does not have each entry on its own line" in " ".join(result.stderr.split())
    assert not (minimal / "content/pages/opening-hours.ja.md").exists()
