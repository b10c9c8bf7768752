"""Runs the indexer of the search, WebAssembly that ``browser/indexer/`` has the source of."""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Sequence
from typing import Any

from tebiki.model.message import Message
from tebiki.resources import SEARCH_INDEXER
from tebiki.site.builders import BuildError

try:
    import wasmtime
except (ImportError, RuntimeError) as error:  # it is not for this system
    _missing = str(error)
else:
    _missing = ""

_ADDRESS = (1 << 32) - 1
#: As many bytes before an array in the memory of AssemblyScript say how many bytes it has.
_HEADER = 4


class Indexer:
    """An instance of the indexer, which makes the lists of one text. ``browser/indexer/main.ts`` says in which order."""

    def __init__(self) -> None:
        engine, module = compiled_indexer()
        self._store = wasmtime.Store(engine)
        self._exports = wasmtime.Instance(self._store, module, []).exports(self._store)
        memory = self._exports["memory"]
        assert isinstance(memory, wasmtime.Memory)
        self._memory = memory

    def call(self, name: str, *arguments: int) -> int:
        """Call an exported function.

        Args:
            name: Its name.
            arguments: Numbers, and addresses of arrays.

        Returns:
            The number or the address that it returns; 0 if it returns nothing.
        """
        function: Any = self._exports[name]
        return (function(self._store, *arguments) or 0) & _ADDRESS

    def call_for_bytes(self, name: str, *arguments: int) -> bytes:
        """Call an exported function that returns the address and the size of what it has written, and read that."""
        function: Any = self._exports[name]
        span = function(self._store, *arguments)
        return bytes(self.read(span >> 32 & _ADDRESS, span & _ADDRESS))

    def put_bytes(self, content: bytes) -> int:
        """Put bytes into an array in the memory, and return its address."""
        address = self.new_bytes(len(content))
        self.write(address, content)
        return address

    def put_numbers(self, numbers: Sequence[int]) -> int:
        """Put numbers of 32 bits into an array in the memory, and return its address."""
        address = self.call("newNumbers", len(numbers))
        self.write(address, _little_endian(array("I", numbers)).tobytes())
        return address

    def new_bytes(self, size: int) -> int:
        """Make space for bytes in the memory, and return its address."""
        return self.call("newBytes", size)

    def new_codes(self, size: int) -> int:
        """Make space for UTF-16 code units in the memory, and return its address."""
        return self.call("newCodes", size)

    def write(self, address: int, content: bytes) -> None:
        """Write bytes to the beginning of an array."""
        self._memory.write(self._store, content, address)

    def read(self, address: int, size: int | None = None) -> bytearray:
        """Read the first ``size`` bytes of an array, or all."""
        if size is None:
            header = self._memory.read(self._store, address - _HEADER, address)
            size = int.from_bytes(header, "little")
        return self._memory.read(self._store, address, address + size)

    def read_numbers(self, address: int) -> array[int]:
        """Read an array of numbers of 32 bits."""
        return _little_endian(array("I", bytes(self.read(address))))


def _little_endian(numbers: array[int]) -> array[int]:
    """The numbers in the order of bytes that WebAssembly has."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


@functools.cache
def compiled_indexer() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Return the indexer as the machine runs it. Copies of a process that has called this need not compile it.

    Raises:
        BuildError: What runs it is not installed, or not for this system.
    """
    if _missing:
        raise BuildError(Message("site.build.no-wasmtime", reason=_missing))
    configuration = wasmtime.Config()
    # Python cannot be copied safely where other threads run
    configuration.parallel_compilation = False
    engine = wasmtime.Engine(configuration)
    return engine, wasmtime.Module.from_file(engine, str(SEARCH_INDEXER))
