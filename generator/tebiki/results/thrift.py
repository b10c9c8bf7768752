"""Values in the compact protocol of Apache Thrift, in which Parquet describes its content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12  # types of the protocol

#: A type and a value of it.
Value = tuple[int, bytes]


def structure(fields: Mapping[int, Value]) -> Value:
    """Return a struct.

    Args:
        fields: The fields by their numbers, in the order of these; no two that follow each other are more than 15 apart.
    """
    parts: list[bytes] = []
    previous = 0
    for number, (kind, value) in fields.items():
        parts += (bytes([(number - previous) << 4 | kind]), value)
        previous = number
    return STRUCT, b"".join((*parts, b"\0"))


def sequence(values: Sequence[Value]) -> Value:
    """Return a list of values of one type, at least one."""
    size, kind = len(values), values[0][0]
    header = bytes([size << 4 | kind]) if size < 15 else bytes([0xF0 | kind]) + varint(size)
    return LIST, header + b"".join(value for _kind, value in values)


def i32(value: int) -> Value:
    """Return a number of 32 bits that is not negative."""
    return I32, varint(value << 1)


def i64(value: int) -> Value:
    """Return a number of 64 bits that is not negative."""
    return I64, varint(value << 1)


def binary(value: bytes) -> Value:
    """Return bytes, or a text in UTF-8."""
    return BINARY, varint(len(value)) + value


def varint(value: int) -> bytes:
    """Return a number that is not negative in base 128, the lowest digits first."""
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)
