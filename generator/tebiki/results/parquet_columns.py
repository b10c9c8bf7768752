"""Columns of a table, encoded as pages of a Parquet file have them: a dictionary, and indices into it."""

from __future__ import annotations

import itertools
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tebiki.results.thrift import varint

_DIGITS = bytes.maketrans(b"\0\1", b"01")


class Dictionary:
    """The distinct values of a column, in the order in which they came.

    Attributes:
        values: The values, all of one type.
        indices: For each value that came, its place among the distinct ones.
        width: How many bytes an index has.
        wide: Whether numbers have 64 bits, not 32.
    """

    def __init__(self, values: Iterable[str | int], wide: bool = False) -> None:
        places: dict[str | int, int] = {}
        self.indices = [places.setdefault(value, len(places)) for value in values]
        self.values = list(places)
        self.width = 1 if len(places) <= 1 << 8 else 2 if len(places) <= 1 << 16 else 4
        self.wide = wide

    @cached_property
    def content(self) -> bytes:
        """The values, one after the other."""
        values: Sequence[Any] = self.values
        if self.is_text:
            texts = [value.encode() for value in values]
            return b"".join([len(text).to_bytes(4, "little") + text for text in texts])
        return struct.pack(f"<{len(values)}{'q' if self.wide else 'i'}", *values)

    @cached_property
    def compressed(self) -> bytes:
        """The content, compressed; two columns with the same dictionary do this once."""
        return compress(self.content)

    @property
    def is_text(self) -> bool:
        """Whether the values are texts."""
        return isinstance(self.values[0], str)

    def encode(self, indices: Iterable[int]) -> bytes:
        """Return indices with the width that the dictionary needs."""
        if self.width == 1:
            return bytes(indices)
        values = array("H" if self.width == 2 else "I", indices)
        if sys.byteorder == "big":
            values.byteswap()
        return values.tobytes()


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name.
        rows: The number of values.
        dictionary: The values that occur; None for booleans.
        data: The content of the page of values.
    """

    name: str
    rows: int
    dictionary: Dictionary | None
    data: bytes


class Repetition:
    """How often the values of columns are repeated, one after the other."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.rows = sum(lengths)
        self._lengths = lengths
        self._headers = {length: varint(length << 1) for length in set(lengths)}
        self._of_distinct: dict[int, bytes] = {}  # by width; columns of distinct values share it

    def column(self, name: str, dictionary: Dictionary) -> Column:
        """Return a column from the dictionary of its values, each of them before it is repeated."""
        width = dictionary.width
        if len(dictionary.values) < len(dictionary.indices):
            runs = self._joined(dictionary)
        elif width in self._of_distinct:
            runs = self._of_distinct[width]
        else:
            headers = self._headers
            runs = self._of_distinct[width] = b"".join(
                [
                    headers[length] + index.to_bytes(width, "little")
                    for index, length in enumerate(self._lengths)
                    if length
                ]
            )
        return Column(name, self.rows, dictionary, bytes([8 * width]) + runs)

    def _joined(self, dictionary: Dictionary) -> bytes:
        """Runs of which those with the same value are joined."""
        runs: list[bytes] = []
        pairs = zip(dictionary.indices, self._lengths, strict=True)
        for index, of_index in itertools.groupby(pairs, key=lambda pair: pair[0]):
            if length := sum(length for _index, length in of_index):
                runs.append(varint(length << 1) + index.to_bytes(dictionary.width, "little"))
        return b"".join(runs)


def column_of_values(name: str, dictionary: Dictionary) -> Column:
    """Return a column with each value of a dictionary, as often as it came."""
    return column_of_indices(name, dictionary, dictionary.encode(dictionary.indices))


def column_of_indices(name: str, dictionary: Dictionary, indices: bytes) -> Column:
    """Return a column from the encoded index of every row in its dictionary."""
    rows = len(indices) // dictionary.width
    groups = (rows + 7) // 8
    padding = bytes(groups * 8 * dictionary.width - len(indices))
    return Column(
        name,
        rows,
        dictionary,
        b"".join((bytes([8 * dictionary.width]), varint(groups << 1 | 1), indices, padding)),
    )


def column_of_booleans(name: str, values: bytes) -> Column:
    """Return a column of booleans from a byte for each, 0 or 1."""
    bits = int(values[::-1].translate(_DIGITS) or b"0", 2)
    return Column(name, len(values), None, bits.to_bytes((len(values) + 7) // 8, "little"))


def compress(content: bytes) -> bytes:
    """Compress with gzip, quickly; the time is not recorded."""
    compressor = zlib.compressobj(1, wbits=31)
    return compressor.compress(content) + compressor.flush()
