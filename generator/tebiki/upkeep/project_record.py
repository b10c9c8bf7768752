"""The file ``.tebiki.json`` of a handbook: what ``tebiki init`` wrote around it, and the version that it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki import __version__
from tebiki.model.message import Message, MessageError
from tebiki.reading.safe_paths import path_problem

RECORD = ".tebiki.json"
#: Addresses and requirements that mean nothing to a shell, to YAML and to JSON inside quotation marks.
PACKAGE = re.compile(r"[A-Za-z0-9][\w.~:/?@!&()*+,;=%{}<>\[\]-]*")


class ProjectError(MessageError):
    """The files around a handbook cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class ProjectRecord:
    """What is recorded of the files around a handbook.

    Attributes:
        version: The version of the generator that the handbook asks for.
        package: What pip installs that version from; ``{version}`` stands for the version.
        files: The fingerprint of each file as the generator wrote it, by path.
    """

    version: str
    package: str
    files: Mapping[str, str]

    def text(self) -> str:
        """Return the text of the file."""
        data = {"tebiki": self.version, "package": self.package, "files": dict(sorted(self.files.items()))}
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def read_record(root: Path) -> ProjectRecord | None:
    """Return the record of the handbook in ``root``, or None if it has none.

    Raises:
        ProjectError: The file is not a record.
    """
    try:
        data: Any = json.loads((root / RECORD).read_text(encoding="utf-8"))
        files = {str(name): str(value) for name, value in data["files"].items()}
        if any(map(path_problem, files)):
            raise ValueError
        return ProjectRecord(str(data["tebiki"]), checked_package(str(data["package"])), files)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProjectError(Message("upkeep.project.bad-record", file=str(root / RECORD))) from error


def checked_package(package: str) -> str:
    """Return ``package`` if workflows can hold it.

    Raises:
        ProjectError: It has other characters than addresses and requirements have.
    """
    if not PACKAGE.fullmatch(package):
        raise ProjectError(Message("upkeep.project.bad-package", package=repr(package)))
    return package


def fingerprint(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of ``text``, whatever its line ends."""
    import hashlib  # noqa: PLC0415 - every command reads the record, few look at files

    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def check_version(root: Path) -> None:
    """Refuse a handbook that asks for another version.

    Raises:
        ProjectError: The installed version is not the one in the record.
    """
    record = read_record(root)
    if record and record.version != __version__:
        package = record.package.replace("{version}", record.version)
        raise ProjectError(
            Message(
                "upkeep.project.other-version",
                version=record.version,
                installed=__version__,
                package=package,
            )
        )
