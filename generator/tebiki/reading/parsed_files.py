"""Keeps parsed files from one load of a handbook to the next, in a process that loads it again and again."""

from __future__ import annotations

from tebiki.model.diagnostics import Diagnostic
from tebiki.reading.loaded_files import LoadedPage
from tebiki.reading.source_files import parse_file
from tebiki.reading.yaml_reader import Document

#: The name and the content of a file.
_File = tuple[str, bytes]


class ParsedFiles:
    """The files that were in order when they were parsed, by name and content.

    Those with a problem are parsed each time, because later steps take apart what is wrong in them.
    """

    def __init__(self) -> None:
        self._earlier: dict[_File, Document | LoadedPage] = {}
        self._present: dict[_File, Document | LoadedPage] = {}

    def begin(self) -> None:
        """Begin a load: what the one before it did not need is forgotten."""
        self._earlier, self._present = self._present, {}

    def parse(self, raw: bytes, file: str, problems: list[Diagnostic]) -> Document | LoadedPage | None:
        """Return what ``parse_file`` returns."""
        key = file, raw
        content = self._present.get(key) or self._earlier.get(key)
        if content is None:
            file_problems: list[Diagnostic] = []
            content = parse_file(raw, file, file_problems)
            document = content.head if isinstance(content, LoadedPage) else content
            problems += file_problems
            if document is None or document.problems or file_problems:
                return content
            assert content
        self._present[key] = content
        return content
