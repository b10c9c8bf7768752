"""Checks an exported assessment result: form, checklist version, answers, digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from jsonschema.exceptions import relevance

from generator.canonical import digest
from generator.model import Checklist, Handbook
from generator.schema import schema_errors

FORMAT = "tebiki-assessment-result"
FORMAT_MAJOR = 1
MAX_BYTES = 5_000_000


@dataclass(frozen=True)
class Finding:
    """One reason why a result is not in order.

    ``code`` is a key under ``errors`` in ``generator/locales/LANGUAGE/form.yml``, so that the
    command line and the browser say the same; ``details`` fills the places in that text.
    """

    code: str
    details: Mapping[str, str]


def check_result(raw: bytes, handbook: Handbook) -> list[Finding]:
    """Everything that is wrong with the file's content ``raw``; empty when it is in order.

    It follows ``schemas/assessment-result.schema.json`` and ``docs/result-format.md``. Checks that
    build on one another stop at the first that fails: a file that is not JSON has no schema.
    """
    if len(raw) > MAX_BYTES:
        return [Finding("too-large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})]
    try:
        record = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        return [Finding("not-json", {"detail": str(error)})]
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        return [Finding("wrong-format", {})]
    version = str(record.get("format_version", ""))
    major = version.partition(".")[0]
    if major.isdecimal() and len(major) < 9 and int(major) > FORMAT_MAJOR:
        return [Finding("newer-version", {"version": version})]
    errors = sorted(schema_errors(record, "assessment-result"), key=relevance)
    if errors:
        return [Finding("schema", {"place": error.json_path, "detail": error.message}) for error in errors]
    return list(_against_checklist(record, handbook))


def _against_checklist(record: dict[str, Any], handbook: Handbook) -> Iterator[Finding]:
    named = record["checklist"]
    versions = {one.version: one for one in handbook.checklists if one.id == named["id"]}
    if not versions:
        yield Finding("unknown-checklist", {"checklist": named["id"]})
        return
    try:
        found = digest({key: value for key, value in record.items() if key != "digest"})
    except rfc8785.CanonicalizationError as error:
        yield Finding("not-json", {"detail": str(error)})
        return
    if found != record["digest"]:
        yield Finding("wrong-digest", {})
    checklist = versions.get(named["version"])
    if checklist is None:
        has = ", ".join(versions)
        yield Finding("unknown-version", {"version": named["version"], "known": has})
        return
    if digest(checklist.head.data) != named["digest"]:
        yield Finding("changed-checklist", {"version": named["version"]})
    yield from _answers(record["answers"], checklist, handbook)


def _answers(answers: Mapping[str, Any], checklist: Checklist, handbook: Handbook) -> Iterator[Finding]:
    roles = next((a.roles for a in handbook.answer_sets if a.id == checklist.answer_set), {})
    items = {item.id: item for item in checklist.items}
    for item_id, answer in answers.items():
        if item_id not in items:
            yield Finding("unknown-item", {"item": item_id})
            continue
        value = answer["value"]
        if value and value not in roles:
            yield Finding("unknown-answer", {"item": item_id, "answer": value})
        elif value and roles[value] == "excluded" and not items[item_id].na_allowed:
            yield Finding("answer-not-allowed", {"item": item_id, "answer": value})


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
