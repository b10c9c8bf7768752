"""Every folder in examples/mistakes is a mistake that people make in YAML, with what is said of it.

``entry.yml`` is a file of the example handbook, and ``message.LANGUAGE.txt`` what ``tebiki check`` prints on it in each language.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, copy_minimal, tebiki
from tebiki.locales.messages import message_text, message_words
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.diagnostics_output import format_diagnostics
from tebiki.reading.load import load
from tebiki.resources import message_languages
from tebiki.rules import check

MISTAKES = EXAMPLES / "mistakes"
NAMES = sorted(path.name for path in MISTAKES.iterdir())


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Diagnostic]]:
    """The problems of each mistake, by its name: one run, since a mistake in one file says nothing on another."""
    root = copy_minimal(tmp_path_factory.mktemp("mistakes") / "minimal")
    for name in NAMES:
        (root / f"content/{name}.yml").write_bytes((MISTAKES / name / "entry.yml").read_bytes())
    by_name: dict[str, list[Diagnostic]] = {name: [] for name in NAMES}
    handbook, problems = load(root)
    for problem in sorted({*problems, *check(handbook)}):
        name = Path(problem.place.file).stem
        if name in by_name and problem.rule != "translation-stale":
            by_name[name].append(problem)
    return by_name


def message(problems: list[Diagnostic], language: str) -> str:
    """What ``tebiki check`` prints."""
    return format_diagnostics(problems, "text", partial(message_text, language=language)) + "\n"


@pytest.mark.parametrize("language", message_languages())
@pytest.mark.parametrize("name", NAMES)
def test_the_message_names_the_mistake_and_shows_the_line(
    name: str, language: str, problems: dict[str, list[Diagnostic]]
) -> None:
    expected = MISTAKES / name / f"message.{language}.txt"
    if os.environ.get("TEBIKI_WRITE_MESSAGES"):  # after a change of the words; read the difference
        expected.write_text(message(problems[name], language), encoding="utf-8")
    assert message(problems[name], language) == expected.read_text(encoding="utf-8")


def test_there_are_many_mistakes() -> None:
    assert len(NAMES) >= 40


def test_each_mistake_has_an_example(problems: dict[str, list[Diagnostic]]) -> None:
    keys = {problem.message.key for examples in problems.values() for problem in examples}
    assert [name for name in message_words("en", "mistakes") if f"mistakes.{name}" not in keys] == []


def test_what_is_certain_is_corrected(minimal: Path) -> None:
    events = minimal / "content/events.yml"
    others = "tab", "two-mistakes", "date-of-an-era", "quotation-mark-not-closed", "merge-conflict"
    for name in others:
        (minimal / f"content/{name}.yml").write_bytes((MISTAKES / name / "entry.yml").read_bytes())
    written = (MISTAKES / "full-width-colon/entry.yml").read_text(encoding="utf-8")
    events.write_bytes(b"\xef\xbb\xbf" + written.replace("\n", "\r\n").encode())
    before = {path: path.read_bytes() for path in (minimal / "content").rglob("*.yml")}
    result = tebiki(minimal, "check", "--fix")
    changed = sorted(path.stem for path, raw in before.items() if path.read_bytes() != raw)
    assert changed == ["date-of-an-era", "events", "tab", "two-mistakes"]
    assert events.read_bytes() == b"\xef\xbb\xbf" + written.replace("：", ": ").replace("\n", "\r\n").encode()
    assert "--- content/events.yml\n+++ content/events.yml\n@@ -4 +4 @@\n-    title：" in result.stdout
    left = [line.split()[1] for line in result.stdout.splitlines() if re.match(r"content/\S+:\d", line)]
    assert sorted(rule for rule in left if rule != "translation-stale") == ["conflict", "yaml"]
    assert result.exit_code == 1
    assert "@@" not in tebiki(minimal, "check", "--fix").stdout
