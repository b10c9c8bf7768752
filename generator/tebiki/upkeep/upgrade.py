"""Moves the files around a handbook to the installed version, and leaves alone what was changed since."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tebiki import __version__
from tebiki.files import write_files
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.reading.source_files import OVERLAY_FILE, SITE_FILE
from tebiki.upkeep.project_files import project_files
from tebiki.upkeep.project_record import (
    RECORD,
    ProjectError,
    ProjectRecord,
    checked_package,
    fingerprint,
    read_record,
)


@dataclass
class ProjectUpgrade:
    """What ``upgrade_project`` did, by path.

    Attributes:
        renewed: Files that nobody had changed, and new ones.
        removed: Files that this version no longer writes, and that nobody had changed.
        kept: Files that were changed, each with a unified diff to what this version writes.
    """

    renewed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)


def upgrade_project(root: Path, handbook: Handbook, package: str | None) -> ProjectUpgrade:
    """Write the files around a handbook as the installed version does.

    A file that is as the generator wrote it is renewed. A file that was changed or deleted stays as it is.

    Args:
        root: The folder of the handbook.
        handbook: The handbook in ``root``.
        package: What pip is to install the generator from; the recorded one if not given.

    Raises:
        ProjectError: There is no record, or it is that of a later version.
    """
    record = read_record(root)
    if record is None:
        raise ProjectError(Message("upkeep.upgrade.no-record", file=RECORD))
    if _numbers(record.version) > _numbers(__version__):
        raise ProjectError(Message("upkeep.upgrade.newer", version=record.version, installed=__version__))
    files = project_files(
        handbook.languages,
        checked_package(package or record.package),
        {"id": handbook.data["id"], "title": handbook.data["title"][handbook.languages[0]]},
        OVERLAY_FILE if handbook.overlay else SITE_FILE,
    )
    for name in {*files, *record.files}:
        if not (root / name).parent.resolve().is_relative_to(root.resolve()):
            raise ProjectError(Message("upkeep.upgrade.leads-out", file=name))
    result = ProjectUpgrade()
    written = {RECORD: files.pop(RECORD)}
    for name, text in files.items():
        if _is_to_be_written(root, name, text, record, result):
            written[name] = text
            result.renewed.append(name)
    result.removed = [
        name for name in record.files if name not in files and _is_unchanged(root, name, record)
    ]
    write_files(root, written)
    for name in result.removed:
        (root / name).unlink()
    return result


def _is_to_be_written(
    root: Path, name: str, text: str, record: ProjectRecord, result: ProjectUpgrade
) -> bool:
    """Whether the file is to be renewed; if it was changed, the difference is noted."""
    present, recorded = _read(root / name), record.files.get(name)
    if present is None:
        return recorded is None  # a recorded file that is missing was deleted on purpose
    if fingerprint(present) == fingerprint(text):
        return False
    if fingerprint(present) == recorded:
        return True
    lines = (present.splitlines(), text.splitlines())
    result.kept[name] = list(difflib.unified_diff(*lines, name, f"{name} of {__version__}", lineterm=""))
    return False


def _is_unchanged(root: Path, name: str, record: ProjectRecord) -> bool:
    present = _read(root / name)
    return present is not None and fingerprint(present) == record.files[name]


def _read(path: Path) -> str | None:
    """The text of a regular file; None if there is none."""
    if path.is_symlink() or not path.is_file():
        return None
    return path.read_text(encoding="utf-8", errors="replace")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def changed_lines(result: ProjectUpgrade) -> Iterator[Message | str]:
    """Yield what was done and what was left, as lines for a terminal."""
    for name in result.renewed:
        yield Message("upkeep.upgrade.renewed", file=name)
    for name in result.removed:
        yield Message("upkeep.upgrade.removed", file=name)
    for name, diff in result.kept.items():
        yield Message("upkeep.upgrade.kept", file=name)
        yield from (f"  {line}" for line in diff)
