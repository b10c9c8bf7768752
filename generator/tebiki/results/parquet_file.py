"""Writing of tables as Parquet files, after version 2 of its specification.

A file has one row group. Each column has one page of values and, except for booleans, a page with its dictionary, both
compressed with gzip, which the standard library has. No value is missing in any column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tebiki.results.parquet_columns import Column, compress
from tebiki.results.thrift import Value, binary, i32, i64, sequence, structure

_MAGIC = b"PAR1"
# enumerations of parquet.thrift
_BOOLEAN, _INT32, _INT64, _BYTE_ARRAY = 0, 1, 2, 6
_PLAIN, _RLE, _RLE_DICTIONARY = 0, 3, 8
_DATA_PAGE, _DICTIONARY_PAGE = 0, 2
_REQUIRED, _UTF8, _GZIP = 0, 0, 2


@dataclass(frozen=True)
class _Chunk:
    pages: bytes
    metadata: Value
    uncompressed: int  # bytes of the pages before compression


def parquet_file(columns: Sequence[Column]) -> bytes:
    """Return the content of a Parquet file.

    Args:
        columns: The columns, all with the same number of rows.

    Returns:
        The content; the same columns always give the same content.
    """
    chunks: list[_Chunk] = []
    offset = len(_MAGIC)
    for column in columns:
        chunks.append(_column_chunk(column, offset))
        offset += len(chunks[-1].pages)
    rows = i64(columns[0].rows)
    row_group = {
        1: sequence([structure({2: i64(0), 3: chunk.metadata}) for chunk in chunks]),
        2: i64(sum(chunk.uncompressed for chunk in chunks)),
        3: rows,
    }
    root = structure({4: binary(b"schema"), 5: i32(len(columns))})
    _kind, footer = structure(
        {
            1: i32(1),
            2: sequence([root, *map(_schema_element, columns)]),
            3: rows,
            4: sequence([structure(row_group)]),
            6: binary(b"tebiki"),
        }
    )
    pages = (chunk.pages for chunk in chunks)
    return b"".join((_MAGIC, *pages, footer, len(footer).to_bytes(4, "little"), _MAGIC))


def _physical(column: Column) -> int:
    if column.dictionary is None:
        return _BOOLEAN
    return _BYTE_ARRAY if column.dictionary.is_text else _INT64 if column.dictionary.wide else _INT32


def _schema_element(column: Column) -> Value:
    physical = _physical(column)
    fields = {1: i32(physical), 3: i32(_REQUIRED), 4: binary(column.name.encode())}
    if physical == _BYTE_ARRAY:
        fields |= {6: i32(_UTF8), 10: structure({1: structure({})})}  # LogicalType: STRING
    return structure(fields)


def _column_chunk(column: Column, offset: int) -> _Chunk:
    """The pages of a column that begin at ``offset``."""
    pages: list[_Page] = []
    encoding = _PLAIN
    if column.dictionary:
        encoding = _RLE_DICTIONARY
        header = {7: structure({1: i32(len(column.dictionary.values)), 2: i32(_PLAIN)})}
        size = len(column.dictionary.content)
        pages.append(_page(_DICTIONARY_PAGE, size, column.dictionary.compressed, header))
    header = {5: structure({1: i32(column.rows), 2: i32(encoding), 3: i32(_RLE), 4: i32(_RLE)})}
    pages.append(_page(_DATA_PAGE, len(column.data), compress(column.data), header))
    uncompressed = sum(page.uncompressed for page in pages)
    content = b"".join(page.content for page in pages)
    metadata = {
        1: i32(_physical(column)),
        2: sequence([i32(number) for number in sorted({_PLAIN, _RLE, encoding})]),
        3: sequence([binary(column.name.encode())]),
        4: i32(_GZIP),
        5: i64(column.rows),
        6: i64(uncompressed),
        7: i64(len(content)),
        9: i64(offset + len(content) - len(pages[-1].content)),
    }
    if column.dictionary:
        metadata[11] = i64(offset)
    return _Chunk(content, structure(metadata), uncompressed)


@dataclass(frozen=True)
class _Page:
    content: bytes  # with its header
    uncompressed: int  # bytes before compression, with its header


def _page(kind: int, size: int, compressed: bytes, header: Mapping[int, Value]) -> _Page:
    _kind, start = structure({1: i32(kind), 2: i32(size), 3: i32(len(compressed)), **header})
    return _Page(start + compressed, len(start) + size)
