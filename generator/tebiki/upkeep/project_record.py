"""The file ``.tebiki.json`` of a handbook: what ``tebiki init`` wrote around it, and the version that it asks for."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki import __version__
from tebiki.resources import SCHEMAS
from tebiki.upkeep.starter import project_texts

RECORD = ".tebiki.json"
#: Addresses and requirements that mean nothing to a shell, to YAML and to JSON inside quotation marks.
_PACKAGE = re.compile(r"[A-Za-z0-9][\w.~:/?@!&()*+,;=%{}<>\[\]-]*")


class ProjectError(Exception):
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
        return ProjectRecord(str(data["tebiki"]), checked_package(str(data["package"])), files)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProjectError(
            f"{root / RECORD} cannot be read: take it from an earlier commit, or delete it"
        ) from error


def checked_package(package: str) -> str:
    """Return ``package`` if workflows can hold it.

    Raises:
        ProjectError: It has other characters than addresses and requirements have.
    """
    if not _PACKAGE.fullmatch(package):
        raise ProjectError(f"{package!r} is no address of a wheel: write it from https:// on, without spaces")
    return package


def default_package() -> str:
    """Return what pip can install this version from: where it was installed from, or the name of the package.

    pip records the address of a wheel in ``direct_url.json`` (PEP 610).
    """
    try:
        recorded = importlib.metadata.distribution("tebiki").read_text("direct_url.json")
        address = str(json.loads(recorded or "{}").get("url", ""))
    except (importlib.metadata.PackageNotFoundError, ValueError):
        address = ""
    if address.startswith("https://") and address.endswith(".whl") and _PACKAGE.fullmatch(address):
        return address.replace(__version__, "{version}")
    return "tebiki=={version}"


def fingerprint(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of ``text``, whatever its line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def project_files(
    languages: Sequence[str], package: str, values: Mapping[str, str], site_file: str
) -> dict[str, str]:
    """Return the path and the text of every file around a handbook, the record of them included.

    Args:
        languages: The codes of the languages of the handbook.
        package: What pip installs the generator from.
        values: ``id`` and ``title`` of the handbook.
        site_file: The file that has the address of the site.
    """
    installed = package.replace("{version}", __version__)
    values = {**values, "package": installed, "site_file": site_file}
    files = dict(project_texts(languages, values))
    files |= schema_files("schemas")
    record = ProjectRecord(__version__, package, {name: fingerprint(text) for name, text in files.items()})
    return {**files, RECORD: record.text()}


def schema_files(folder: str) -> dict[str, str]:
    """Return the schemas, for editors that complete and check while one types, as files in ``folder``."""
    return dict(_schemas(folder))


def _schemas(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted(SCHEMAS.glob("*.schema.json")):
        yield f"{folder}/{path.name}", path.read_text(encoding="utf-8")
