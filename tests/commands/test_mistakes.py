"""Every folder in examples/mistakes is a mistake that people make in YAML, with what is said of it.

``entry.yml`` is a file of the example handbook, and ``message.en.txt`` what ``tebiki check`` prints on it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from example_handbook import EXAMPLES, copy_minimal, tebiki
from tebiki.reading.mistake_words import MISTAKE_WORDS

MISTAKES = EXAMPLES / "mistakes"
NAMES = sorted(path.name for path in MISTAKES.iterdir())


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is printed on each mistake, by its name: one run, since a mistake in one file says nothing on another."""
    root = copy_minimal(tmp_path_factory.mktemp("mistakes") / "minimal")
    for name in NAMES:
        (root / f"content/{name}.yml").write_bytes((MISTAKES / name / "entry.yml").read_bytes())
    by_name: dict[str, list[str]] = {name: [] for name in NAMES}
    name = ""
    for line in tebiki(root, "check").stdout.splitlines():
        if not line.startswith("  "):
            name = Path(line.split(":")[0]).stem
        if "translation-stale" not in line and name in by_name:
            by_name[name].append(line)
    return {name: "\n".join(lines) + "\n" for name, lines in by_name.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_message_names_the_mistake_and_shows_the_line(name: str, messages: dict[str, str]) -> None:
    expected = MISTAKES / name / "message.en.txt"
    if os.environ.get("TEBIKI_WRITE_MESSAGES"):  # after a change of the words; read the difference
        expected.write_text(messages[name], encoding="utf-8")
    assert messages[name] == expected.read_text(encoding="utf-8")


def test_there_are_many_mistakes() -> None:
    assert len(NAMES) >= 40


def test_each_mistake_has_an_example(messages: dict[str, str]) -> None:
    everything = "".join(messages.values())
    blank: dict[str, str] = defaultdict(lambda: "\0")
    patterns = {
        name: re.escape(words.format_map(blank)).replace("\0", ".+") for name, words in MISTAKE_WORDS.items()
    }
    assert [name for name, pattern in patterns.items() if not re.search(pattern, everything)] == []


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
