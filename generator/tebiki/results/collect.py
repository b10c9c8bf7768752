"""Reduction of folders of result files to one short line for each file, as counting needs it."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
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

_BATCH_SIZE = 2_000  # files that a process reads at a time
_SUFFIX = ".json"
_FIRST_READ = 65_536  # bytes; few results are larger
# opening a file that has become a pipe since the folder was listed must not block
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class _Batch:
    folder: str
    prefix: str  # precedes the names in messages and lines
    files: list[str]
    output: str  # the file of lines to write


def collect(
    folders: Sequence[Path], handbook: Handbook, output: Path, processes: int = 0
) -> list[SkippedFile]:
    """Read every file below ``folders`` and write lines of JSON.

    A line has the members ``file``, ``id``, ``digest``, ``checklist``, ``version``, ``kind``, ``round``, ``status``,
    ``updated``, ``codes`` (see ``StatusCodes``) and ``handbook``. The order of the files does not matter.

    Args:
        folders: The folders with result files, also in folders below them. If there are several, the name of a file
            begins with that of its folder.
        handbook: The handbook with all versions of its checklists.
        output: The folder for the files of lines.
        processes: How many processes read; by default as many as there are processors, at most four.

    Returns:
        The files that are not counted, with the reasons.
    """
    skipped_files: list[SkippedFile] = []
    batches: list[_Batch] = []
    for folder in folders:
        prefix = f"{_printable(folder.as_posix())}/" if len(folders) > 1 else ""
        files = list(_result_files(folder, "", prefix, skipped_files))
        for start in range(0, len(files), _BATCH_SIZE):
            lines = str(output / f"{len(batches)}.ndjson")
            batches.append(_Batch(str(folder), prefix, files[start : start + _BATCH_SIZE], lines))
    workers = min(len(batches), processes or min(4, os.cpu_count() or 1))
    if workers <= 1:
        reader = _Reader(handbook)
        for batch in batches:
            skipped_files += reader.read(batch)
        return skipped_files
    os.environ["PYTHONSAFEPATH"] = "1"  # a spawned worker would import from the current folder first
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, context, _start_worker, (_checklists_only(handbook),)) as pool:
        try:
            for skipped in pool.map(_read_batch, batches):
                skipped_files += skipped
        except BaseException:  # Ctrl-C too: what has not begun must not keep the command waiting
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return skipped_files


def _result_files(folder: Path, below: str, prefix: str, skipped_files: list[SkippedFile]) -> Iterator[str]:
    """The names of the result files below ``folder``; all other entries are added to ``skipped_files``."""
    try:
        entries = list(os.scandir(folder / below))
    except OSError as error:
        skipped_files.append(_skip(prefix + below, Finding("unreadable", {"why": error.strerror or ""})))
        return
    for entry in entries:
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.is_symlink():
            skipped_files.append(_skip(prefix + name, Finding("symbolic-link", {})))
        elif entry.is_dir(follow_symlinks=False):
            yield from _result_files(folder, name, prefix, skipped_files)
        elif not entry.is_file(follow_symlinks=False) or not name.lower().endswith(_SUFFIX):
            skipped_files.append(_skip(prefix + name, Finding("not-a-result-file", {})))
        else:
            yield name


def _skip(name: str, *findings: Finding) -> SkippedFile:
    return SkippedFile(_printable(name), findings)


class _Reader:
    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._fast_reader = FastReader(checklist_versions(handbook))

    def read(self, batch: _Batch) -> list[SkippedFile]:
        """Write the lines of one batch and return the files that are skipped."""
        skipped_files: list[SkippedFile] = []
        lines: list[bytes] = []
        encode = msgspec.json.Encoder().encode
        gc.disable()  # what is read has no reference cycles: looking for them would take a tenth of the time
        for name in batch.files:
            path, shown = f"{batch.folder}/{name}", batch.prefix + _printable(name)
            try:
                raw = _read_beginning(path)
                if len(raw) == _FIRST_READ:  # there may be more
                    raw = _read_file(path)
                line = self._fast_line(raw, shown) or self._line(_read_file(path), shown)
            except OSError as error:
                skipped_files.append(
                    _skip(batch.prefix + name, Finding("unreadable", {"why": error.strerror or ""}))
                )
                continue
            if isinstance(line, tuple):
                skipped_files.append(SkippedFile(shown, line))
            else:
                lines.append(encode(line))
        gc.enable()
        Path(batch.output).write_bytes(b"\n".join(lines))
        return skipped_files

    def _fast_line(self, raw: bytes, file: str) -> dict[str, Any] | None:
        result = self._fast_reader.read(raw)
        if result is None:
            return None
        record, digest, codes = result
        reference, subject = record.checklist, record.subject
        status_codes = self._fast_reader.codes[reference.id, reference.version, reference.digest]
        return {
            "file": file,
            "id": record.id,
            "digest": digest,
            "checklist": reference.id,
            "version": reference.version,
            "kind": "" if subject.kind is msgspec.UNSET else subject.kind,
            "round": "" if subject.round is msgspec.UNSET else subject.round,
            "institution": "" if subject.identifier is msgspec.UNSET else subject.identifier.value,
            "status": status_codes.status(codes),
            "updated": record.updated,
            "codes": codes,
            "handbook": record.handbook.id,
        }

    def _line(self, raw: bytes, file: str) -> dict[str, Any] | tuple[Finding, ...]:
        result = read_result(raw, self._handbook)
        if result.record is None or result.findings:
            return result.findings
        record = result.record
        reference, subject = record["checklist"], record["subject"]
        status_codes = self._fast_reader.codes[reference["id"], reference["version"], reference["digest"]]
        codes = status_codes.encode(record["answers"])
        return {
            "file": file,
            "id": record["id"],
            "digest": record["digest"],
            "checklist": reference["id"],
            "version": reference["version"],
            "kind": subject.get("kind", ""),
            "round": subject.get("round", ""),
            "institution": subject["identifier"]["value"] if "identifier" in subject else "",
            "status": status_codes.status(codes),
            "updated": record["updated"],
            "codes": codes,
            "handbook": record["handbook"]["id"],
        }


#: The reader of this process: an initializer of a process pool can keep it nowhere else.
_readers: list[_Reader] = []


def _start_worker(handbook: Handbook) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    _readers[:] = [_Reader(handbook)]


def _exit_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _read_batch(batch: _Batch) -> list[SkippedFile]:
    return _readers[0].read(batch)


def _checklists_only(handbook: Handbook) -> Handbook:
    """The parts of a handbook that reading results needs, to keep what is sent to other processes small."""
    return Handbook(
        data=json.loads(json.dumps(handbook.data)),
        at=handbook.at,
        checklists=handbook.checklists,
        answer_sets=handbook.answer_sets,
        overlay=handbook.overlay,
    )


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


def _printable(name: str) -> str:
    """A file name that can be encoded in UTF-8: bytes that are not text are replaced."""
    return name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")
