"""The words that docs/style.md avoids stand nowhere in the handbook, in the words of the generator and in the guides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from example_handbook import PROJECT, loaded

AVOIDED = yaml.safe_load(Path(__file__).with_name("words_to_avoid.yml").read_text(encoding="utf-8"))
FOLDERS = {
    "ja": (
        "content/**/*.yml",
        "content/**/*.ja.md",
        "generator/tebiki/locales/ja/*.yml",
        "*.ja.md",
        "docs/*.ja.md",
    ),
    "en": (
        "content/**/*.yml",
        "content/**/*.en.md",
        "generator/tebiki/locales/en/*.yml",
        "README.md",
        "docs/*.md",
    ),
}
#: The pages that name the words; what was said in earlier versions.
EXCEPTIONS = ("docs/style.md", "docs/style.ja.md", "content/changes/")
#: Other names that the search finds, and places in documents.
_NOT_TEXT = re.compile(r"^\s*(?:ja|en): \[|^\s*aliases: |^\s*- (?:\[|- )|\bplace: |^\s*#")
_QUOTATION = re.compile(r"「[^」]*」|“[^”]*”")
#: Versions of a checklist that were released stay as they are.
_CHECKLISTS = (
    *(checklist.head.at.file for checklist in loaded(PROJECT).current_checklists),
    "checklists/answer-sets/*.yml",
)


def lines(language: str) -> Iterator[tuple[str, str]]:
    """The place and the text of each line with the one after it, without quotations: a word may go over both."""
    for pattern in (*FOLDERS[language], *_CHECKLISTS):
        for file in sorted(PROJECT.glob(pattern)):
            name = file.relative_to(PROJECT).as_posix()
            if name.startswith(EXCEPTIONS) or (language == "en" and name.endswith(".ja.md")):
                continue
            texts = [
                "" if _NOT_TEXT.search(line) else _QUOTATION.sub("", line).strip()
                for line in without_aliases(file.read_text(encoding="utf-8").splitlines())
            ]
            for number, (line, following) in enumerate(pairwise((*texts, "")), 1):
                yield f"{name}:{number}", f"{line}\n{following}"


def without_aliases(file_lines: list[str]) -> Iterator[str]:
    """The lines of a file; those of other names, which the search finds, are empty."""
    indent = None  # of the key aliases, while its value lasts
    for line in file_lines:
        own_indent = len(line) - len(line.lstrip())
        if indent is not None and own_indent <= indent:
            indent = None
        yield line if indent is None else ""
        if line.strip() == "aliases:":
            indent = own_indent


@pytest.mark.parametrize("language", AVOIDED)
def test_no_word_is_used_that_the_style_avoids(language: str) -> None:
    """What this names is written as ``words_to_avoid.yml`` says."""
    avoided = [
        (re.compile(entry["word"].replace(" ", r"\s+")), entry["write"]) for entry in AVOIDED[language]
    ]
    uses = [
        f"{place} {match[0]}: write {write}"
        for place, line in lines(language)
        for word, write in avoided
        if (match := word.search(line)) and match.start() < len(line.partition("\n")[0])
    ]
    assert uses == []
