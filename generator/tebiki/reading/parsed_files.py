"""Keeps parsed files from one load to the next: states of one handbook have most of their files in common."""

from __future__ import annotations

from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.loaded_files import LoadedPage
from tebiki.reading.source_files import parse_file
from tebiki.reading.yaml_reader import Document

#: The name and the content of a file.
_File = tuple[str, bytes]
#: How many loads a file outlives that do not need it: a comparison of two overlays loads four handbooks.
_LOADS = 4


class ParsedFiles:
    """The files that were in order when they were parsed, by name and content.

    Those with a problem are parsed each time, because later steps take apart what is wrong in them.
    """

    def __init__(self) -> None:
        self._contents: dict[_File, Document | LoadedPage] = {}
        self._last_load: dict[_File, int] = {}
        self._load = 0

    def begin(self) -> None:
        """Begin a load: what the last loads did not need is forgotten."""
        self._load += 1
        for key in [key for key, load in self._last_load.items() if load < self._load - _LOADS]:
            del self._contents[key], self._last_load[key]

    def parse(self, raw: bytes, file: str, problems: list[Diagnostic]) -> Document | LoadedPage | None:
        """Return what ``parse_file`` returns."""
        key = file, raw
        content = self._contents.get(key)
        if content is None:
            file_problems: list[Diagnostic] = []
            content = parse_file(raw, file, file_problems)
            document = content.head if isinstance(content, LoadedPage) else content
            problems += file_problems
            if document is None or document.problems or file_problems:
                return content
            assert content
            self._contents[key] = content
        self._last_load[key] = self._load
        return content
