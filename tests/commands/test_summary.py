"""``tebiki summary``: what a pull request says of a change."""

from __future__ import annotations

from pathlib import Path

from example_handbook import rewrite, tebiki
from repository import commit, git
from tebiki.upkeep.change_summary import MARK, MAX_CHARACTERS


def test_pages_translations_problems_and_words(repository: Path) -> None:
    rewrite(repository / "content/pages/index.ja.md", "1階", "<b>2階</b>")
    result = tebiki(repository, "summary", "v1.2.0", "--preview", "https://preview.example.org/7/")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == MARK
    pages, translations = lines.index("### Pages"), lines.index("### Translations to compare and confirm")
    assert "[en](https://preview.example.org/7/en/index.html)" in "".join(lines[pages:translations])
    assert any(line.startswith("- `home` (en) body: ") for line in lines[translations:])
    assert "<ins>" in result.stdout
    assert "<b>" not in result.stdout
    assert "### Problems" in lines


def test_the_record_of_translations_is_left_out(repository: Path) -> None:
    rewrite(repository / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    assert tebiki(repository, "translations", "confirm", "event-new-building").exit_code == 0
    text = tebiki(repository, "summary", "v1.2.0").stdout
    assert "event-new-building" in text
    assert "translations.yml" not in text
    assert "Translations to compare" not in text


def test_a_file_that_cannot_be_read_is_named(repository: Path) -> None:
    rewrite(repository / "content/events.yml", "items:", "items")
    result = tebiki(repository, "summary", "v1.2.0")
    assert result.exit_code == 0
    assert "Some files cannot be read." in result.stdout
    assert "content/events.yml:" in result.stdout


def test_a_long_change_fits_into_a_comment(repository: Path) -> None:
    page = repository / "content/pages/index.ja.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n\n長い文です。" * 20_000, encoding="utf-8")
    text = tebiki(repository, "summary", "v1.2.0").stdout
    assert len(text) <= MAX_CHARACTERS + 1
    assert text.endswith("</details>\n") or "`tebiki diff` shows it" in text


def test_the_workflow_confirms_what_the_summary_names(repository: Path) -> None:
    """The command of the starter, with ids from outside."""
    rewrite(repository / "content/events.yml", "新館が開きます。", "春に新館が開きます。")
    commit(repository, "edited on the web")
    before = git(repository, "rev-parse", "HEAD")
    refused = tebiki(repository, "translations", "confirm", "--", "--all")
    assert refused.exit_code == 2
    assert git(repository, "rev-parse", "HEAD") == before
    assert tebiki(repository, "translations", "confirm", "--", "event-new-building").exit_code == 0
    assert tebiki(repository, "check").exit_code == 0
