"""The change log of a version: ``content/changes/VERSION.yml``, written from a diff and edited by people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tebiki.files import write_files
from tebiki.history.compare import Diff
from tebiki.history.state import plain_data
from tebiki.model.handbook import ChangeLog, Handbook
from tebiki.model.message import Message, MessageError
from tebiki.writing.yaml_form import yaml_text

_KINDS_WITHOUT_ENTRY = {"site", "handbook", "translations", "omissions", "retired", "changes"}


class NoNewVersion(MessageError):
    """There is no new version to write a change log for; the message says why and what to do."""


def log_file(version: str) -> str:
    """Return the path of the change log of ``version``, relative to the handbook."""
    return f"content/changes/{version}.yml"


def change_log(handbook: Handbook) -> ChangeLog | None:
    """Return the change log of the handbook's own version, if there is one."""
    return next((log for log in handbook.change_logs if log.version == handbook.data["version"]), None)


def log_entries(diff: Diff) -> dict[str, dict[str, Any]]:
    """Return the entries that a change log needs for ``diff``, without the texts that people add.

    All versions of a checklist are one entry. An entry that was removed without being retired has none.

    Args:
        diff: The difference to the last released version.

    Returns:
        The entries by id.
    """
    entries: dict[str, dict[str, Any]] = {}
    for change in diff.changes:
        entry_id = change.key.partition("@")[0]
        if change.kind == "checklist":
            continue
        if change.kind not in _KINDS_WITHOUT_ENTRY and change.change_type != "removed":
            entries[entry_id] = {"id": entry_id, "what": change.change_type}
    for checklist in diff.checklists:
        if checklist.new:
            entries[checklist.id] = {
                "id": checklist.id,
                "what": "changed" if checklist.old else "added",
                "version": checklist.new,
                **({"class": checklist.size} if checklist.old and checklist.size else {}),
            }
    for status in diff.statuses:
        entry = entries.setdefault(status.id, {"id": status.id, "what": "status"})
        entry["status"] = {"before": status.old, "after": status.new}
    return entries


def write_log(root: Path, diff: Diff) -> str:
    """Write the change log of the new version.

    Texts that people have added stay, and so does an entry that has one.

    Args:
        root: The folder of the handbook.
        diff: The difference from the last released version to the files in ``root``.

    Returns:
        The path of the change log, relative to ``root``.

    Raises:
        NoNewVersion: The version has not been raised; the change log of a released version is not written again.
    """
    handbook = diff.new.handbook
    version, released = handbook.data["version"], diff.old.handbook.data["version"]
    if version == released:
        raise NoNewVersion(Message("history.log.same-version", version=version, released=diff.old.name))
    log = change_log(handbook)
    file = log.at.file if log else log_file(version)
    write_files(root, {file: _yaml(handbook, log_entries(diff), log)})
    return file


def _yaml(handbook: Handbook, entries: Mapping[str, dict[str, Any]], log: ChangeLog | None) -> str:
    edited = {entry["id"]: plain_data(entry) for entry in log.entries if "text" in entry} if log else {}
    changes = [{**entry, **_text(edited.pop(entry_id, {}))} for entry_id, entry in entries.items()]
    data: dict[str, Any] = {
        "kind": "changes",
        "version": handbook.data["version"],
        "date": handbook.data["date"],
        **_text(plain_data(log.data) if log else {}),
        "changes": [*changes, *edited.values()],
    }
    return yaml_text(data, "changes", handbook.languages)


def _text(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": data["text"]} if "text" in data else {}
