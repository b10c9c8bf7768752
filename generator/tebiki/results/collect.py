"""Packing of folders of result files, batch by batch, in several processes."""

from __future__ import annotations

import contextlib
import itertools
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from tebiki.model.handbook import Handbook
from tebiki.processes import exit_after
from tebiki.results.aggregate_values import SkippedFile
from tebiki.results.batch import MAX_FILES, Batch, BatchPacker, PackedBatch, printable
from tebiki.results.check import Finding
from tebiki.results.lake_error import LakeError

_SUFFIX = ".json"


def collect(folders: Sequence[Path], lake: Path, handbook: Handbook, processes: int = 0) -> list[PackedBatch]:
    """Read every file below ``folders`` and write the parts of all batches into a lake, without a manifest.

    Args:
        folders: The folders with result files, also in folders below them. If there are several, the name of a file
            begins with that of its folder.
        lake: The folder of the lake.
        handbook: The handbook with all versions of its checklists.
        processes: How many processes read; by default as many as there are processors, at most four.

    Returns:
        The batches; they do not depend on the number of processes.

    Raises:
        LakeError: A process was ended from outside; or DuckDB, or the disk with temporary files, has refused something.
        OSError: The lake cannot be written.
    """
    batches = [
        batch
        for folder in folders
        for batch in _batches(folder, f"{printable(folder.as_posix())}/" if len(folders) > 1 else "")
    ]
    workers = min(len(batches), processes or min(4, os.cpu_count() or 1))
    if workers <= 1:
        with contextlib.closing(BatchPacker(handbook, lake)) as packer:
            return list(packer.pack(batches))
    os.environ["PYTHONSAFEPATH"] = "1"  # a spawned worker would import from the current folder first
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    arguments = (_checklists_only(handbook), lake)
    with ProcessPoolExecutor(workers, context, _start_worker, arguments) as pool:
        try:
            return list(pool.map(_pack_batch, batches))
        except BrokenProcessPool as error:
            raise LakeError("worker-ended") from error
        finally:  # also after Ctrl-C: what has not begun must not keep the command waiting
            pool.shutdown(cancel_futures=True)


def _batches(folder: Path, prefix: str) -> Iterator[Batch]:
    """Batches of nearly the same size; what is left out unread is in the first."""
    skipped_files: list[SkippedFile] = []
    files: list[str] = []
    _list_files(folder, "", prefix, files, skipped_files)
    files.sort()
    count = max(1, -(-len(files) // MAX_FILES))
    bounds = [len(files) * number // count for number in range(count + 1)]
    for start, end in itertools.pairwise(bounds):
        yield Batch(str(folder), prefix, files[start:end], () if start else tuple(skipped_files))


def _list_files(
    folder: Path, below: str, prefix: str, files: list[str], skipped_files: list[SkippedFile]
) -> None:
    """Add the names of the result files in ``folder / below`` to ``files``, and all other entries to ``skipped_files``."""
    try:
        entries = list(os.scandir(folder / below))
    except OSError as error:
        skipped_files.append(_skip(prefix + below, Finding("unreadable", {"why": error.strerror or ""})))
        return
    begin = f"{below}/" if below else ""
    for entry in entries:
        name = begin + entry.name
        if entry.is_file(follow_symlinks=False) and name.lower().endswith(_SUFFIX):
            files.append(name)
        elif entry.is_symlink():
            skipped_files.append(_skip(prefix + name, Finding("symbolic-link", {})))
        elif entry.is_dir(follow_symlinks=False):
            _list_files(folder, name, prefix, files, skipped_files)
        else:
            skipped_files.append(_skip(prefix + name, Finding("not-a-result-file", {})))


def _skip(name: str, *findings: Finding) -> SkippedFile:
    return SkippedFile(printable(name), findings)


#: The packer of this process: an initializer of a process pool can keep it nowhere else.
_packers: list[BatchPacker] = []


def _start_worker(handbook: Handbook, lake: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too
    parent = multiprocessing.parent_process()
    assert parent
    exit_after(parent.join)
    _packers[:] = [BatchPacker(handbook, lake)]


def _pack_batch(batch: Batch) -> PackedBatch:
    (packed,) = _packers[0].pack([batch])
    return packed


def _checklists_only(handbook: Handbook) -> Handbook:
    """The parts of a handbook that reading results needs, to keep what is sent to other processes small."""
    return Handbook(
        data=json.loads(json.dumps(handbook.data)),
        at=handbook.at,
        checklists=handbook.checklists,
        answer_sets=handbook.answer_sets,
        overlay=handbook.overlay,
    )
