"""``tebiki format``: the files of a handbook in one form of YAML, and nothing else in it changes."""

from __future__ import annotations

from pathlib import Path

from example_handbook import rewrite, tebiki
from tebiki.model.translation_units import translation_states
from tebiki.model.traverse import entries
from tebiki.reading.load import load
from tebiki.upkeep.new_entry import create_entry
from tebiki.writing.format_files import format_files

TERMS = "content/terms.yml"
PAGE = "content/pages/index.ja.md"


def test_a_handbook_is_the_same_afterwards(minimal: Path) -> None:
    before = load(minimal)[0]
    first = tebiki(minimal, "format")
    assert first.exit_code == 0
    assert TERMS in first.stdout.splitlines()
    after = load(minimal)[0]
    assert [data for _file, data in entries(after)] == [data for _file, data in entries(before)]
    assert [page.body for page in after.pages] == [page.body for page in before.pages]
    assert [checklist.digest for checklist in after.checklists] == [
        checklist.digest for checklist in before.checklists
    ]
    assert translation_states(after, "en") == translation_states(before, "en")
    assert tebiki(minimal, "check").exit_code == 0
    second = tebiki(minimal, "format", "--check")
    assert (second.exit_code, second.stdout) == (0, "")


def test_check_writes_nothing(minimal: Path) -> None:
    before = (minimal / TERMS).read_bytes()
    result = tebiki(minimal, "format", "--check", minimal / TERMS)
    assert result.exit_code == 1
    assert result.stdout == f"{TERMS}: not in the form: run tebiki format\n"
    assert result.stderr == "1 of 1 files to format\n"
    assert (minimal / TERMS).read_bytes() == before


def test_mistakes_are_mended_first(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "kind: event", "kind: event\n\titems: []")
    result = tebiki(minimal, "format", minimal / "content/events.yml")
    assert result.exit_code == 1
    assert "content/events.yml: stays as it is, since it has mistakes" in result.stderr


def test_a_digest_never_changes(minimal: Path) -> None:
    file = minimal / "checklists/visitor-check/1.0.0.yml"
    rewrite(file, '  ja: "[[loan]]のしかたを振り返ります。"\n', "  ja: >\n    本を\n    貸す。\n\n      行\n")
    result = tebiki(minimal, "format", file)
    assert result.exit_code == 1
    assert "since its digest would change" in result.stderr


def test_a_page_on_windows(minimal: Path) -> None:
    page = minimal / PAGE
    text = page.read_text(encoding="utf-8")
    page.write_bytes(
        b"\xef\xbb\xbf" + f"{text}\n\n".replace("---\n\n", "---\n").replace("\n", "\r\n").encode()
    )
    assert tebiki(minimal, "format", page).stdout == f"{PAGE}\n"
    formed = page.read_bytes()
    assert b"\r" not in formed
    assert formed.startswith(b"---\nid: ")
    assert b"\n---\n\n" in formed
    assert formed.endswith(text.rstrip().encode()[-9:] + b"\n")


def test_translations_stay_current_when_keys_move(minimal: Path) -> None:
    rewrite(minimal / TERMS, "kind: term\nitems:\n", "kind: term\nitems:\n" + _ENTRY)
    tebiki(minimal, "translations", "confirm", "late-fee")
    assert tebiki(minimal, "format", minimal / TERMS).exit_code == 0
    handbook, _problems = load(minimal)
    assert translation_states(handbook, "en")["late-fee"] == "current"


_ENTRY = """\
  - text: {ja: 遅れたときに払います。, en: Paid for a late return.}
    id: late-fee
    title: {ja: 延滞料, en: Late fee}
    sources: [{source: doc-ordinance, place: "3"}]
"""


def test_new_entries_are_in_the_form(minimal: Path) -> None:
    for kind in ("comparison-row", "checklist"):
        files = [minimal / name for name in create_entry(minimal, load(minimal)[0], kind, f"new-{kind}")]
        assert format_files(minimal, files).changed == {}
