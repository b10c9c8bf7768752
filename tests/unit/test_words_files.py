"""The generator's own files of words."""

from __future__ import annotations

from tebiki.locales import read_words
from tebiki.reading.yaml_reader import Document, read_yaml
from tebiki.resources import LOCALES


def test_words_are_read_as_the_files_of_a_handbook_are() -> None:
    """The quick reader would take "no" for false and the last of two equal keys."""
    files = sorted(LOCALES.rglob("*.yml"))
    assert files
    for file in files:
        document = read_yaml(file.read_text(encoding="utf-8"), file.name)
        assert isinstance(document, Document), document
        assert read_words(file.relative_to(LOCALES).as_posix()) == document.data, file
