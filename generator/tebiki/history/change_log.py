"""The record of what each version changed: ``content/changes/VERSION.yml``, written from a diff, edited by people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tebiki.files import write_files
from tebiki.history.compare import Diff
from tebiki.history.state import plain_data
from tebiki.model.handbook import ChangeLog, Handbook

_KINDS_WITHOUT_ENTRY = {"site", "handbook", "translations", "omissions", "retired", "changes"}
_SCHEMA = "# yaml-language-server: $schema=../../schemas/changes.schema.json\n"


class NoNewVersion(Exception):
    """There is nothing to write a change log for; the text says why and what to do."""


def log_file(version: str) -> str:
    """Where the change log of ``version`` stands."""
    return f"content/changes/{version}.yml"


def change_log(handbook: Handbook) -> ChangeLog | None:
    """The change log of the handbook's own version, if there is one."""
    return next((log for log in handbook.change_logs if log.version == handbook.data["version"]), None)


def log_entries(diff: Diff) -> dict[str, dict[str, Any]]:
    """What a change log has to say of ``diff``: by id, the entry without the words that people add.

    All versions of a checklist are one entry. What is gone without being retired has none.
    """
    found: dict[str, dict[str, Any]] = {}
    for change in diff.changes:
        one = change.key.partition("@")[0]
        if change.kind == "checklist":
            continue
        if change.kind not in _KINDS_WITHOUT_ENTRY and change.change_type != "removed":
            found[one] = {"id": one, "what": change.change_type}
    for checklist in diff.checklists:
        if checklist.new:
            found[checklist.id] = {
                "id": checklist.id,
                "what": "changed" if checklist.old else "added",
                "version": checklist.new,
                **({"class": checklist.size} if checklist.old and checklist.size else {}),
            }
    for status in diff.statuses:
        entry = found.setdefault(status.id, {"id": status.id, "what": "status"})
        entry["status"] = {"before": status.old, "after": status.new}
    return found


def write_log(root: Path, diff: Diff) -> str:
    """Write the change log of the new version in ``diff``; returns its file, relative to ``root``.

    Words that people have added stay, and so does an entry that has any. Raises NoNewVersion where the
    version has not been raised, for the log of a released version is not written again.
    """
    handbook = diff.new.handbook
    version, released = handbook.data["version"], diff.old.handbook.data["version"]
    if version == released:
        raise NoNewVersion(
            f"the files still say version {version}, as {diff.old.name} does:"
            " raise version and date in content/handbook.yml first"
        )
    known = change_log(handbook)
    file = known.at.file if known else log_file(version)
    write_files(root, {file: _head(root / file) + _written(handbook, log_entries(diff), known)})
    return file


def _head(path: Path) -> str:
    """The first line for editors. One that is there stays: it knows where the schemas are."""
    first = path.read_text(encoding="utf-8").partition("\n")[0] if path.exists() else ""
    return f"{first}\n" if first.startswith("# yaml-language-server:") else _SCHEMA


def _written(handbook: Handbook, entries: Mapping[str, dict[str, Any]], known: ChangeLog | None) -> str:
    words = {entry["id"]: plain_data(entry) for entry in known.entries if "text" in entry} if known else {}
    told = [{**entry, **_text(words.pop(one, {}))} for one, entry in entries.items()]
    data: dict[str, Any] = {
        "kind": "changes",
        "version": handbook.data["version"],
        "date": handbook.data["date"],
        **_text(plain_data(known.data) if known else {}),
        "changes": [*told, *words.values()],
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def _text(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": data["text"]} if "text" in data else {}
