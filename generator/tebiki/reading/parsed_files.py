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
        # each with the number of the last load that needed it
        self._files: dict[_File, tuple[Document | LoadedPage, int]] = {}
        self._load = 0

    def begin(self) -> None:
        """Begin a load: what the last loads did not need is forgotten."""
        self._load += 1
        oldest = self._load - _LOADS
        self._files = {key: (content, load) for key, (content, load) in self._files.items() if load >= oldest}

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()

    def parse(self, raw: bytes, file: str, problems: list[Diagnostic]) -> Document | LoadedPage | None:
        """Return what ``parse_file`` returns."""
        key = file, raw
        if key in self._files:
            content, _load = self._files[key]
        else:
            file_problems: list[Diagnostic] = []
            parsed = parse_file(raw, file, file_problems)
            document = parsed.head if isinstance(parsed, LoadedPage) else parsed
            problems += file_problems
            if parsed is None or document is None or document.problems or file_problems:
                return parsed
            content = parsed
        self._files[key] = content, self._load
        return content
