"""One batch of result files: reading them, and writing their rows as parts of a lake."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import MAX_RESULT_BYTES
from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.check import Finding, read_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.fast_reader import FastReader
from tebiki.results.lake_format import NOT_STATED
from tebiki.results.part_writer import PartWriter
from tebiki.results.rows import AssessmentRow, comparable_time, left_out_rows

#: The most files of a batch: their numbers have 14 bits of a state.
MAX_FILES = 10_000
_NUMBER_BITS = 14
_FIRST_READ = 65_536  # bytes; few results are larger
# opening a file that has become a pipe since the folder was listed must not block
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_encode_row = msgspec.json.Encoder().encode_into
_LINE_END = ord("\n")


@dataclass(frozen=True)
class Batch:
    """Files of one folder.

    Attributes:
        folder: The folder.
        prefix: What precedes the names in messages and rows.
        files: The names of the files, in order.
        skipped_files: What is left out before anything is read.
    """

    folder: str
    prefix: str
    files: Sequence[str]
    skipped_files: Sequence[SkippedFile]


@dataclass(frozen=True)
class PackedBatch:
    """A batch whose parts are in the lake.

    Attributes:
        digest: What identifies the batch: it follows from the names and contents of its files and the handbook's id.
        parts: The SHA-256, bytes and rows of each part, by its path in the lake.
        versions: The id and the version of every checklist with results.
        assessments: The number of results.
        left_out: The number of files that are left out.
    """

    digest: str
    parts: dict[str, dict[str, Any]]
    versions: frozenset[tuple[str, str]]
    assessments: int
    left_out: int


@dataclass(frozen=True)
class _Contents:
    """What the files of a batch contain."""

    rows: bytearray  # of results, each a line of JSON: as objects they would take twice the memory
    files: list[tuple[str, str]]  # the name and the digest of each result
    versions: set[tuple[str, str]]
    skipped_files: list[SkippedFile]

    def add(self, row: AssessmentRow) -> None:
        _encode_row(row, self.rows, -1)  # at the end
        self.rows.append(_LINE_END)
        self.files.append((row.file, row.digest))
        self.versions.add((row.checklist, row.version))


class BatchPacker:
    """Packs batches of one handbook into a lake."""

    def __init__(self, handbook: Handbook, lake: Path) -> None:
        self._handbook = handbook
        self._lake = lake
        self._versions = checklist_versions(handbook)
        self._fast_reader = FastReader(self._versions)

    @cached_property
    def _writer(self) -> PartWriter:
        # only when there is something to write: connecting takes as long as reading a thousand files
        return PartWriter(self._versions)

    def close(self) -> None:
        """Close the database. One that is left to Python may be freed in a copy of the process, without its threads."""
        if "_writer" in self.__dict__:
            self._writer.close()

    def pack(self, batches: Iterable[Batch]) -> Iterator[PackedBatch]:
        """Read the files of batches and write their parts; the same batch gives the same parts.

        One batch is written, in a thread of its own, while the next is read.
        """
        written: Future[PackedBatch] | None = None
        gc.disable()  # rows have no reference cycles: looking for them would take a tenth of the time
        try:
            with ThreadPoolExecutor(1) as thread:
                for batch in batches:
                    contents = self._read(batch)
                    gc.collect(0)  # files that are left out do leave some
                    if written:  # no third batch in memory
                        yield written.result()
                    written = thread.submit(self._write, contents)
                if written:
                    yield written.result()
        finally:
            gc.enable()

    def _write(self, contents: _Contents) -> PackedBatch:
        left_out = left_out_rows(contents.skipped_files)
        identity = [self._handbook.data["id"], contents.files, left_out]
        digest = hashlib.sha256(msgspec.json.encode(identity)).hexdigest()
        # a state is one copy of an assessment in one batch, so that every other copy can be told from it
        first_state = int(digest[:16], 16) >> _NUMBER_BITS + 1 << _NUMBER_BITS
        versions = frozenset(contents.versions)
        parts: dict[str, dict[str, Any]] = {}
        placed: list[Future[None]] = []
        with ThreadPoolExecutor(1) as thread:  # the next part is made while the disk takes one
            for folder, content, count in self._writer.write(contents.rows, first_state, versions, left_out):
                sha256 = hashlib.sha256(content).hexdigest()
                name = f"{folder}/part-{sha256[:32]}.parquet"
                placed.append(thread.submit(place_file, self._lake / name, content))
                parts[name] = {"sha256": sha256, "bytes": len(content), "rows": count}
        for part in placed:
            part.result()
        return PackedBatch(digest, parts, versions, len(contents.files), len(contents.skipped_files))

    def _read(self, batch: Batch) -> _Contents:
        contents = _Contents(bytearray(), [], set(), list(batch.skipped_files))
        skipped_files = contents.skipped_files
        folder, prefix = f"{batch.folder}/", batch.prefix
        for name in batch.files:
            path, shown = folder + name, prefix + printable(name)
            try:
                raw = _read_beginning(path)
                if len(raw) == _FIRST_READ:  # there may be more
                    raw = _read_file(path)
                row = self._fast_reader.read(raw, shown) or self._row(_read_file(path), shown)
            except OSError as error:
                finding = Finding("unreadable", {"why": error.strerror or ""})
                skipped_files.append(SkippedFile(shown, (finding,)))
                continue
            if isinstance(row, AssessmentRow):
                contents.add(row)
            else:
                skipped_files.append(SkippedFile(shown, row))
        skipped_files.sort(key=lambda skipped: left_out_rows([skipped]))
        return contents

    def _row(self, raw: bytes, file: str) -> AssessmentRow | tuple[Finding, ...]:
        result = read_result(raw, self._handbook)
        if result.record is None or result.findings:
            return result.findings
        record = result.record
        reference, subject = record["checklist"], record["subject"]
        status_codes = self._fast_reader.codes[reference["id"], reference["version"]]
        codes = status_codes.encode(record["answers"])
        return AssessmentRow(
            file,
            record["id"],
            record["digest"],
            reference["id"],
            reference["version"],
            subject.get("kind") or NOT_STATED,
            subject.get("round") or NOT_STATED,
            subject["identifier"]["value"] if "identifier" in subject else "",
            record["handbook"]["id"],
            status_codes.status(codes),
            comparable_time(record["updated"]),
            codes,
        )


def place_file(target: Path, content: bytes) -> None:
    """Write a file to its place in a lake, completely or not at all.

    The name of an incomplete file begins with ``_``, which engines skip. What earlier attempts at the same file have
    left is removed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    incomplete = target.with_name(f"_{target.name}-{uuid.uuid4().hex}")
    try:
        with incomplete.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # another process may pack the same batch and have removed the file: then it is in its place
        with contextlib.suppress(FileNotFoundError):
            incomplete.replace(target)
    except OSError as error:  # of a full disk, which names no file
        incomplete.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(target)) from error
    for file in target.parent.iterdir():
        if file.name.startswith(f"_{target.name}-"):
            file.unlink(missing_ok=True)


def _read_beginning(path: str) -> bytes:
    """The first bytes of a file: nearly always all of it."""
    descriptor = os.open(path, _FLAGS)
    try:
        return os.read(descriptor, _FIRST_READ)
    finally:
        os.close(descriptor)


def _read_file(path: str) -> bytes:
    """The bytes of a file, at most one more than a result may have."""
    with open(path, "rb", opener=lambda name, _flags: os.open(name, _FLAGS)) as stream:
        return stream.read(MAX_RESULT_BYTES + 1)


def printable(name: str) -> str:
    """Return a file name that can be encoded in UTF-8: bytes that are not text are replaced."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")
