"""From a folder of result files to one short line for each: what counting needs, or why it is left out."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import MAX_RESULT_BYTES
from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.check import Finding, read_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.fast_reader import FastReader

_BATCH = 2_000  # files that a process takes at a time
_ENDING = ".json"
_PART = 65_536  # bytes; few results are larger
# what has become a pipe since the folder was read does not keep us waiting
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class _Piece:
    folder: str
    files: list[str]
    into: str  # the file of lines to write


def collect(folder: Path, handbook: Handbook, into: Path, processes: int = 0) -> list[SkippedFile]:
    """Read every file below ``folder`` and write lines of JSON to files in ``into``.

    A line has the members ``file``, ``id``, ``digest``, ``checklist``, ``version``, ``kind``,
    ``round``, ``status``, ``updated``, ``codes`` (see ``StandingCodes``) and ``handbook``. Returns the files that
    are left out. The order of the files does not matter to anything. ``processes``: how many read,
    by default as many as there are processors, at most four.
    """
    skipped_files: list[SkippedFile] = []
    files = list(_files(folder, "", skipped_files))
    pieces = [
        _Piece(str(folder), files[start : start + _BATCH], str(into / f"{start}.ndjson"))
        for start in range(0, len(files), _BATCH)
    ]
    workers = min(len(pieces), processes or min(4, os.cpu_count() or 1))
    if workers <= 1:
        reader = _Reader(handbook)
        for piece in pieces:
            skipped_files += reader.read(piece)
        return skipped_files
    # the checklists are all that reading needs of the handbook
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, context, _start, (_checklists_only(handbook),)) as pool:
        for found in pool.map(_read, pieces):
            skipped_files += found
    return skipped_files


def _files(folder: Path, below: str, skipped_files: list[SkippedFile]) -> Iterator[str]:
    """The names of the result files below ``folder``; what else there is goes to ``skipped_files``."""
    try:
        entries = list(os.scandir(folder / below))
    except OSError as error:
        skipped_files.append(
            SkippedFile(_shown(below), (Finding("unreadable", {"why": error.strerror or ""}),))
        )
        return
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.is_symlink():
            skipped_files.append(SkippedFile(_shown(name), (Finding("symbolic-link", {}),)))
        elif entry.is_dir(follow_symlinks=False):
            yield from _files(folder, name, skipped_files)
        elif not entry.is_file(follow_symlinks=False) or not name.endswith(_ENDING):
            skipped_files.append(SkippedFile(_shown(name), (Finding("not-a-result-file", {}),)))
        else:
            yield name


class _Reader:
    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._quick = FastReader(checklist_versions(handbook))

    def read(self, piece: _Piece) -> list[SkippedFile]:
        """Write the lines of one piece; return what is left out of it."""
        skipped_files: list[SkippedFile] = []
        lines: list[bytes] = []
        encode = msgspec.json.Encoder().encode
        gc.disable()  # what is read holds no circles: looking for them would take a tenth of the time
        for name in piece.files:
            path, shown = f"{piece.folder}/{name}", _shown(name)
            try:
                raw = _beginning(path)
                if len(raw) == _PART:  # there may be more
                    raw = _content(path)
                line = self._quick_line(raw, shown) or self._line(_content(path), shown)
            except OSError as error:
                skipped_files.append(
                    SkippedFile(shown, (Finding("unreadable", {"why": error.strerror or ""}),))
                )
                continue
            if isinstance(line, tuple):
                skipped_files.append(SkippedFile(shown, line))
            else:
                lines.append(encode(line))
        gc.enable()
        Path(piece.into).write_bytes(b"\n".join(lines))
        return skipped_files

    def _quick_line(self, raw: bytes, file: str) -> dict[str, Any] | None:
        read = self._quick.read(raw)
        if read is None:
            return None
        record, digest, codes = read
        named, subject = record.checklist, record.subject
        meaning = self._quick.codes[named.id, named.version, named.digest]
        return {
            "file": file,
            "id": record.id,
            "digest": digest,
            "checklist": named.id,
            "version": named.version,
            "kind": "" if subject.kind is msgspec.UNSET else subject.kind,
            "round": "" if subject.round is msgspec.UNSET else subject.round,
            "status": meaning.status(codes),
            "updated": record.updated,
            "codes": codes,
            "handbook": record.handbook.id,
        }

    def _line(self, raw: bytes, file: str) -> dict[str, Any] | tuple[Finding, ...]:
        reading = read_result(raw, self._handbook)
        if reading.record is None or reading.findings:
            return reading.findings
        record = reading.record
        named, subject = record["checklist"], record["subject"]
        meaning = self._quick.codes[named["id"], named["version"], named["digest"]]
        codes = meaning.encode(record["answers"])
        return {
            "file": file,
            "id": record["id"],
            "digest": record["digest"],
            "checklist": named["id"],
            "version": named["version"],
            "kind": subject.get("kind", ""),
            "round": subject.get("round", ""),
            "status": meaning.status(codes),
            "updated": record["updated"],
            "codes": codes,
            "handbook": record["handbook"]["id"],
        }


#: That of this process: a process of the pool has no other place to keep it.
_readers: list[_Reader] = []


def _start(handbook: Handbook) -> None:
    _readers[:] = [_Reader(handbook)]


def _read(piece: _Piece) -> list[SkippedFile]:
    return _readers[0].read(piece)


def _checklists_only(handbook: Handbook) -> Handbook:
    return Handbook(
        data=json.loads(json.dumps(handbook.data)),
        at=handbook.at,
        checklists=handbook.checklists,
        answer_sets=handbook.answer_sets,
        overlay=handbook.overlay,
    )


def _beginning(path: str) -> bytes:
    """The first bytes of a file: nearly always all of it."""
    descriptor = os.open(path, _FLAGS)
    try:
        return os.read(descriptor, _PART)
    finally:
        os.close(descriptor)


def _content(path: str) -> bytes:
    """The bytes of a file, at most one more than a result may have."""
    with open(path, "rb", opener=lambda name, _flags: os.open(name, _FLAGS)) as stream:
        return stream.read(MAX_RESULT_BYTES + 1)


def _shown(name: str) -> str:
    """A file name that can be written: what is no text in it is replaced."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")
