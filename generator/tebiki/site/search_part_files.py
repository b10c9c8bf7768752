"""Divides entries of the search index into parts, and writes these: classic scripts, named by their content."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tebiki.files import write_or_link
from tebiki.site.search_postings import encode_numbers, to_json, utf8

_DIGEST_LENGTH = 12
_DECODER = json.JSONDecoder()
#: As many parts with texts have one name, or the list of all would be half names.
BUNCH = 16


#: Of some parts the sequences of their first entries, their names one after another, and how many pieces each has, 0 if it
#: is not in pieces: in columns, which compress better. There are no numbers if no part is in pieces.
Directory = tuple[list[str], str, str]


class PartWriter:
    """Writes parts to a folder, in which no parts of an earlier index stay."""

    def __init__(self, folder: Path, replaced: Path | None) -> None:
        for file in folder.glob("*.js"):
            file.unlink()
        self._folder = folder
        self._replaced = replaced
        self._names: set[str] = set()

    def write_words(self, entries: Sequence[tuple[str, bytes]], size: int) -> Directory:
        """Write parts of about ``size`` bytes of entries, each behind what it is sorted by."""
        parts = parts_of((entry for _, entry in entries), size)
        return _directory([(entries[start][0], self.write(content), 0) for start, content in parts])

    def write_bunches(self, entries: Sequence[bytes], size: int) -> list[tuple[str, str]]:
        """Write parts of about ``size`` bytes.

        Returns:
            The name of each bunch of parts, and how many entries each of its parts has.
        """
        parts = list(parts_of(entries, size))
        starts = [*(start for start, _ in parts), len(entries)]
        bunches = []
        for first in range(0, len(parts), BUNCH):
            contents = [content for _, content in parts[first : first + BUNCH]]
            name = _digest(b"\n".join(contents))
            for number, content in enumerate(contents):
                self._write(f"{name}-{number}", content)
            limits = itertools.pairwise(starts[first : first + BUNCH + 1])
            bunches.append((name, encode_numbers(end - start for start, end in limits)))
        return bunches

    def write_postings(self, entries: Sequence[bytes], size: int, piece: int, listed: int) -> Directory:
        """Write parts of about ``size`` bytes, those of more than ``piece`` characters in pieces of so many.

        Returns:
            Other parts, each of which lists ``listed`` of these.
        """
        parts = [
            (_sequence(entries[start]), *self.write_pieces(content, piece))
            for start, content in parts_of(entries, size)
        ]
        lists = [parts[start : start + listed] for start in range(0, len(parts), listed)]
        return _directory([(some[0][0], self.write(utf8(to_json(_directory(some)))), 0) for some in lists])

    def write_pieces(self, content: bytes, size: int) -> tuple[str, int]:
        """Write a part, in pieces if it has more than ``size`` characters.

        Returns:
            Its name, and the number of its pieces, 0 if it is not in pieces.
        """
        # most parts have fewer bytes already
        if len(content) <= size or len(text := content.decode()) <= size:
            return self.write(content), 0
        name = _digest(content)
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        for number, piece in enumerate(pieces):
            self._write(f"{name}-{number}", utf8(to_json(piece)))
        return name, len(pieces)

    def write(self, content: bytes) -> str:
        """Write a part, and return its name."""
        name = _digest(content)
        self._write(name, content)
        return name

    def _write(self, name: str, content: bytes) -> None:
        """Write a file, which the replaced site may have already."""
        if name not in self._names:  # two parts may hold the same
            self._names.add(name)
            file = f"{name}.js"
            earlier = self._replaced and self._replaced / file
            write_or_link(self._folder / file, script(name, content), earlier)


def parts_of(entries: Iterable[bytes], size: int) -> Iterator[tuple[int, bytes]]:
    """Divide entries in JSON, in their order, into parts of about ``size`` bytes.

    Returns:
        The number of the first entry of each part, and the part as JSON.
    """
    start = 0
    part: list[bytes] = []
    length = 0
    for entry in entries:
        if part and length + len(entry) > size:
            yield start, b"[%b]" % b",".join(part)
            start += len(part)
            part, length = [], 0
        part.append(entry)
        length += len(entry)
    if part:
        yield start, b"[%b]" % b",".join(part)


def _directory(parts: Sequence[tuple[str, str, int]]) -> Directory:
    """List parts: the sequence of the first entry of each, its name, and the number of its pieces."""
    sequences, names, pieces = zip(*parts, strict=True) if parts else ((), (), ())
    return [*sequences], "".join(names), encode_numbers(pieces) if any(pieces) else ""


def _sequence(entry: bytes) -> str:
    """The sequence of an entry of the postings, which has at most ten characters."""
    sequence: str = _DECODER.raw_decode(entry[:100].decode(errors="ignore"), 1)[0]
    return sequence


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]


def script(name: str, content: bytes) -> bytes:
    return b"(globalThis.tebikiSearch??={})[%b]=%b;\n" % (json.dumps(name).encode(), content)
