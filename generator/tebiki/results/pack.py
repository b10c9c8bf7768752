"""Packing of result files into a lake."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rfc8785

from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.results.batch import place_file
from tebiki.results.collect import collect
from tebiki.results.lake import is_lake, refuse_unreadable
from tebiki.results.lake_error import LakeError
from tebiki.results.lake_format import LAKE_FORMAT, LAKE_FORMAT_VERSION


@dataclass(frozen=True)
class Packed:
    """What ``pack`` has added to a lake.

    Attributes:
        assessments: The number of results.
        left_out: The number of files that are left out.
        parts: The number of parts.
    """

    assessments: int
    left_out: int
    parts: int


def pack(folders: Sequence[Path], lake: Path, handbook: Handbook, processes: int = 0) -> Packed:
    """Add all result files below ``folders`` to a lake, in batches that one manifest names.

    Every file is checked in full. The same files give the same parts: packing them again changes nothing, and
    completes what was interrupted. Other parts of the lake are not read or touched.

    Args:
        folders: The folders with result files, also in folders below them.
        lake: The folder of the lake; it may not exist yet.
        handbook: The handbook with all versions of its checklists.
        processes: How many processes read; by default as many as there are processors, at most four.

    Returns:
        What was added.

    Raises:
        LakeError: One of the folders is a lake, or contains another one or the lake; or the lake could not be read any more, since
            it belongs to another handbook or to a newer version of Tebiki, or a manifest is damaged. Nothing has been
            written then. Or a process was ended from outside; or DuckDB, or the disk with temporary files, has refused
            something: there is no manifest then.
        OSError: The lake cannot be written.
    """
    _refuse_folders(folders, lake)
    refuse_unreadable(lake, handbook)
    batches = collect(folders, lake, handbook, processes)
    manifest: dict[str, Any] = {
        "format": LAKE_FORMAT,
        "format_version": LAKE_FORMAT_VERSION,
        "handbook": handbook.data["id"],
        "batches": {batch.digest: batch.parts for batch in batches},
        "checklists": _checklist_digests(handbook, frozenset().union(*(batch.versions for batch in batches))),
    }
    name = hashlib.sha256("".join(sorted(batch.digest for batch in batches)).encode()).hexdigest()
    # last: what no manifest names is not read
    place_file(lake / f"manifest-{name[:32]}.json", rfc8785.dumps({**manifest, "digest": digest(manifest)}))
    return Packed(
        sum(batch.assessments for batch in batches),
        sum(batch.left_out for batch in batches),
        sum(len(batch.parts) for batch in batches),
    )


def _refuse_folders(folders: Sequence[Path], lake: Path) -> None:
    for folder in folders:
        if is_lake(folder):
            raise LakeError("packed-folder", folder=str(folder))
    resolved = [folder.resolve() for folder in (*folders, lake)]
    for place, folder in enumerate(resolved):
        for other in resolved[place + 1 :]:
            if folder.is_relative_to(other) or other.is_relative_to(folder):
                raise LakeError("nested", folder=str(folder), other=str(other))


def _checklist_digests(handbook: Handbook, versions: frozenset[tuple[str, str]]) -> dict[str, dict[str, str]]:
    digests: dict[str, dict[str, str]] = {}
    for checklist in handbook.checklists:
        if (checklist.id, checklist.version) in versions:
            digests.setdefault(checklist.id, {})[checklist.version] = checklist.digest
    return digests
