"""Checks an exported assessment result: form, checklist version, answers, digest."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError

from tebiki.model.answer_status import is_possible
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.model.shared_constants import (
    MAX_QUOTED_LENGTH,
    MAX_RESULT_BYTES,
    RESULT_FORMAT,
    RESULT_FORMAT_MAJOR,
)
from tebiki.reading.schema import schema_errors
from tebiki.results.checklist_version import ChecklistVersion, checklist_version

_MAX_SCHEMA_FINDINGS = 20
_VERSION = re.compile(r"([0-9]{1,9})\.[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Finding:
    """One reason why a result is not in order.

    ``code`` is a key under ``errors`` in ``generator/tebiki/locales/LANGUAGE/form.yml``, so that the
    command line and the browser say the same; ``details`` fills the places in that text. With a
    ``hint``, a key under ``hints`` there, its text is the detail called ``detail``.
    """

    code: str
    details: Mapping[str, str]
    hint: str = ""

    def message(self, texts: Mapping[str, Any]) -> str:
        """The finding in the language of ``texts``, the content of a ``form.yml``."""
        details = dict(self.details)
        if self.hint:
            details["place"] = details["place"] or texts["hints"]["whole"]
            details["detail"] = texts["hints"][self.hint].format(**details)
        return str(texts["errors"][self.code].format(**details))


@dataclass(frozen=True)
class ParsedResult:
    """What a file holds: its record, unless the form is wrong, and everything that is wrong with it."""

    record: dict[str, Any] | None
    findings: tuple[Finding, ...]

    @property
    def can_open(self) -> bool:
        """Whether it can be opened, under whatever version of its checklist there is."""
        return self.record is not None and all(one.code in _MENDED_BY_OPENING for one in self.findings)


#: What is wrong only in view of the version that the file names; migrating mends it.
_MENDED_BY_OPENING = (
    "unknown-version",
    "changed-checklist",
    "unknown-item",
    "answer-not-allowed",
    "content-not-possible",
)


def check_result(raw: bytes, handbook: Handbook) -> list[Finding]:
    """Everything that is wrong with the file's content ``raw``; empty when it is in order."""
    return list(read_result(raw, handbook).findings)


def read_result(raw: bytes, handbook: Handbook) -> ParsedResult:
    """The record in the file's content ``raw``, and everything that is wrong with it.

    It follows ``schemas/assessment-result.schema.json`` and ``docs/result-format.md``. Checks that
    build on one another stop at the first that fails: a file that is not JSON has no schema.
    """
    if len(raw) > MAX_RESULT_BYTES:
        return _refused("too-large", {"limit": f"{MAX_RESULT_BYTES // 1_000_000} MB"})
    try:
        record = _parse(raw)
    except (ValueError, RecursionError):
        return _refused("not-json", {})
    if not isinstance(record, dict) or record.get("format") != RESULT_FORMAT:
        return _refused("wrong-format", {})
    version = record.get("format_version")
    number = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if number and int(number[1]) > RESULT_FORMAT_MAJOR:
        return _refused("newer-version", {"version": _shown(number[0])})
    errors = schema_errors(record, "assessment-result")
    try:
        findings = [_schema_finding(error) for error in itertools.islice(errors, _MAX_SCHEMA_FINDINGS)]
    except RecursionError:  # nested so deep that the schema library cannot describe it
        return _refused("schema", {"place": ""}, "other")
    if findings:
        return ParsedResult(None, tuple(findings))
    return ParsedResult(record, tuple(_against_checklist(record, handbook)))


def _refused(code: str, details: Mapping[str, str], hint: str = "") -> ParsedResult:
    return ParsedResult(None, (Finding(code, details, hint),))


def _parse(raw: bytes) -> Any:
    """JSON as RFC 7493 (I-JSON) wants it: RFC 8785, and so the digest, is defined for no other."""
    record = json.loads(
        raw.decode("utf-8-sig"),
        object_pairs_hook=_no_duplicates,
        parse_constant=_no_constant,
        parse_int=_whole_number,
    )
    json.dumps(record, ensure_ascii=False).encode()  # fails for half of a surrogate pair
    return record


def _schema_finding(error: ValidationError) -> Finding:
    """What is wrong with the form, and where: the names joined by /."""
    path = [str(step) for step in error.absolute_path]
    wanted: Any = error.validator_value
    found: Any = error.instance
    schema: Any = error.schema
    details: dict[str, str] = {}
    match error.validator:
        case _ if "propertyNames" in error.absolute_schema_path:
            path, hint = [*path, str(found)], "name"
        case "required":
            name = next(name for name in wanted if error.message.startswith(repr(name)))
            hint, details = "required", {"name": name}
        case "additionalProperties":
            extra = next(name for name in found if name not in schema["properties"])
            hint, details = "additional", {"name": extra}
        case "type":
            hint, details = "type", {"type": wanted}
        case "maxLength" | "maxItems" | "maxProperties":
            hint, details = "too-much", {"limit": str(wanted)}
        case "pattern" | "enum" | "const" | "minimum":
            hint = "value"
        case _:
            hint = "other"
    return Finding(
        "schema", {name: _shown(text) for name, text in (*details.items(), ("place", "/".join(path)))}, hint
    )


def _shown(text: str) -> str:
    """A name out of a foreign file, fit to stand in a message: short, visible, on one line."""
    plain = "".join(
        " " if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") else one
        for one in text[: MAX_QUOTED_LENGTH + 1]
    )
    return plain if len(plain) <= MAX_QUOTED_LENGTH else plain[:MAX_QUOTED_LENGTH] + "…"


def _against_checklist(record: dict[str, Any], handbook: Handbook) -> Iterator[Finding]:
    named = record["checklist"]
    versions = {one.version: one for one in handbook.checklists if one.id == named["id"]}
    if not versions:
        yield Finding("unknown-checklist", {"checklist": named["id"]})
        return
    if digest({key: value for key, value in record.items() if key != "digest"}) != record["digest"]:
        yield Finding("wrong-digest", {})
    checklist = versions.get(named["version"])
    if checklist is None:
        has = ", ".join(versions)
        yield Finding("unknown-version", {"version": named["version"], "known": has})
        return
    if digest(checklist.head.data) != named["digest"]:
        yield Finding("changed-checklist", {"version": named["version"]})
    form = checklist_version(handbook, checklist)
    local = record.get("local", [])
    for item_id in local:
        if item_id in form.questions and not form.questions[item_id].local:
            yield Finding("not-local", {"item": item_id})
    yield from _answers(record["answers"], form, local)


def _answers(answers: Mapping[str, Any], form: ChecklistVersion, local: Sequence[str]) -> Iterator[Finding]:
    for item_id, answer in answers.items():
        if item_id not in form.questions and item_id in local:
            continue  # what it asks is known to the institution
        if item_id not in form.questions:
            yield Finding("unknown-item", {"item": item_id})
            continue
        value = answer["value"]
        if value and value not in form.sets[item_id]:
            yield Finding("unknown-answer", {"item": item_id, "answer": value})
        elif value and value not in form.answer_specs[item_id].alone:
            yield Finding("answer-not-allowed", {"item": item_id, "answer": value})
        if "content" in answer and not is_possible(form.answer_specs[item_id], answer["content"]):
            yield Finding("content-not-possible", {"item": item_id})


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in one object")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _whole_number(text: str) -> int | float:
    # beyond this JavaScript, which wrote the file, knows fractions only
    return int(text) if len(text) <= 15 else float(text)
