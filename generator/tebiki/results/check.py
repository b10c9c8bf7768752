"""Checking of exported assessment results: schema, checklist version, answers, digest."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tebiki.model.answer_status import is_possible
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.model.institution_id import is_institution_id
from tebiki.model.shared_constants import (
    MAX_QUOTED_LENGTH,
    MAX_REPORT_BYTES,
    MAX_RESULT_BYTES,
    RESULT_FORMAT,
    RESULT_FORMAT_MAJOR,
)
from tebiki.results.assessment_record import Answers, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, checklist_version
from tebiki.results.report_record import is_html, record_in_report

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MAX_SCHEMA_FINDINGS = 20
_VERSION = re.compile(r"([0-9]{1,9})\.[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Finding:
    """A fault in a result file.

    Attributes:
        code: A key under ``errors`` in ``generator/tebiki/locales/LANGUAGE/form.yml``, so that the command line
            and the browser have the same messages.
        details: The values for the placeholders in that message.
        hint: A key under ``hints`` in the same file; its text fills the placeholder ``detail``.
    """

    code: str
    details: Mapping[str, str]
    hint: str = ""

    def message(self, texts: Mapping[str, Any]) -> str:
        """Return the message in the language of ``texts``, the content of a ``form.yml``."""
        details = dict(self.details)
        if self.hint:
            details["place"] = details["place"] or texts["hints"]["whole"]
            details["detail"] = texts["hints"][self.hint].format(**details)
        return str(texts["errors"][self.code].format(**details))


@dataclass(frozen=True)
class ParsedResult:
    """The content of a result file: the record, or None if it violates the schema, and all findings."""

    record: AssessmentRecord | None
    findings: tuple[Finding, ...]

    @property
    def can_open(self) -> bool:
        """Whether the record can be opened with some version of its checklist."""
        return self.record is not None and all(finding.code in _MIGRATABLE for finding in self.findings)


# faults that concern only the version that the file names, so that a migration removes them
_MIGRATABLE = (
    "unknown-version",
    "changed-checklist",
    "unknown-item",
    "answer-not-allowed",
    "content-not-possible",
)


def check_result(raw: bytes, handbook: Handbook) -> list[Finding]:
    """Return all findings on the content ``raw`` of a result file; the list is empty if the file is valid."""
    return list(read_result(raw, handbook).findings)


def read_result(raw: bytes, handbook: Handbook) -> ParsedResult:
    """Read and check a result file, or the record of a report, after ``schemas/assessment-result.schema.json`` and ``docs/result-format.md``.

    Args:
        raw: The content of the file.
        handbook: The handbook with all versions of its checklists.

    Returns:
        The record and all findings. Checks that depend on each other stop at the first that fails: a file that is
        not JSON is not validated against the schema.
    """
    if is_html(raw) and len(raw) <= MAX_REPORT_BYTES:
        record_text = record_in_report(raw)
        if record_text is None:
            return _refused("no-record", {})
        raw = record_text
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
    # nearly every file of a batch is read without it, and it is slow to import
    from tebiki.reading.schema_errors import schema_errors  # noqa: PLC0415

    errors = schema_errors(record, "assessment-result")
    try:
        findings = [_schema_finding(error) for error in itertools.islice(errors, _MAX_SCHEMA_FINDINGS)]
    except RecursionError:  # nested so deep that the schema library cannot describe it
        return _refused("schema", {"place": ""}, "other")
    if findings:
        return ParsedResult(None, tuple(findings))
    valid = cast(AssessmentRecord, record)
    identifier = valid["subject"].get("identifier")
    if identifier and not is_institution_id(identifier["scheme"], identifier["value"]):
        return _refused("schema", {"place": "subject/identifier/value"}, "value")
    return ParsedResult(valid, tuple(_checklist_findings(valid, handbook)))


def _refused(code: str, details: Mapping[str, str], hint: str = "") -> ParsedResult:
    return ParsedResult(None, (Finding(code, details, hint),))


def _parse(raw: bytes) -> Any:
    """Parse I-JSON (RFC 7493): RFC 8785, and so the digest, is only defined for it."""
    record = json.loads(
        raw.decode("utf-8-sig"),
        object_pairs_hook=_no_duplicates,
        parse_constant=_no_constant,
        parse_int=_whole_number,
    )
    json.dumps(record, ensure_ascii=False).encode()  # fails for half of a surrogate pair
    return record


def _schema_finding(error: ValidationError) -> Finding:
    path = [str(key) for key in error.absolute_path]
    expected: Any = error.validator_value
    instance: Any = error.instance
    schema: Any = error.schema
    details: dict[str, str] = {}
    match error.validator:
        case _ if "propertyNames" in error.absolute_schema_path:
            path, hint = [*path, str(instance)], "name"
        case "required":
            name = next(name for name in expected if error.message.startswith(repr(name)))
            hint, details = "required", {"name": name}
        case "additionalProperties":
            extra = next(name for name in instance if name not in schema["properties"])
            hint, details = "additional", {"name": extra}
        case "type":
            hint, details = "type", {"type": expected}
        case "maxLength" | "maxItems" | "maxProperties":
            hint, details = "too-much", {"limit": str(expected)}
        case "pattern" | "enum" | "const" | "minimum":
            hint = "value"
        case _:
            hint = "other"
    return Finding(
        "schema", {name: _shown(text) for name, text in (*details.items(), ("place", "/".join(path)))}, hint
    )


def _shown(text: str) -> str:
    """A name from a foreign file as a message shows it: short, visible, on one line."""
    visible = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character
        for character in text[: MAX_QUOTED_LENGTH + 1]
    )
    return visible if len(visible) <= MAX_QUOTED_LENGTH else visible[:MAX_QUOTED_LENGTH] + "…"


def _checklist_findings(record: AssessmentRecord, handbook: Handbook) -> Iterator[Finding]:
    reference = record["checklist"]
    versions = {
        checklist.version: checklist for checklist in handbook.checklists if checklist.id == reference["id"]
    }
    if not versions:
        yield Finding("unknown-checklist", {"checklist": reference["id"]})
        return
    if digest({key: value for key, value in record.items() if key != "digest"}) != record["digest"]:
        yield Finding("wrong-digest", {})
    checklist = versions.get(reference["version"])
    if checklist is None:
        known = ", ".join(versions)
        yield Finding("unknown-version", {"version": reference["version"], "known": known})
        return
    if checklist.digest != reference["digest"]:
        yield Finding("changed-checklist", {"version": reference["version"]})
    version = checklist_version(handbook, checklist)
    local = record.get("local", [])
    for question in local:
        if question in version.questions and not version.questions[question].local:
            yield Finding("not-local", {"item": question})
    yield from _answer_findings(record["answers"], version, local)


def _answer_findings(answers: Answers, version: ChecklistVersion, local: Sequence[str]) -> Iterator[Finding]:
    for question, answer in answers.items():
        if question not in version.questions and question in local:
            continue  # only the institution's own handbook has the question
        if question not in version.questions:
            yield Finding("unknown-item", {"item": question})
            continue
        spec, value = version.answer_specs[question], answer["value"]
        if value and value not in version.sets[question]:
            yield Finding("unknown-answer", {"item": question, "answer": value})
        elif value and value not in spec.exclusive:
            yield Finding("answer-not-allowed", {"item": question, "answer": value})
        if "content" in answer and not is_possible(spec, answer["content"]):
            yield Finding("content-not-possible", {"item": question})


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"the key {key!r} occurs twice in one object")
        members[key] = value
    return members


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _whole_number(text: str) -> int | float:
    # JavaScript, which wrote the file, has no exact integers beyond this length
    return int(text) if len(text) <= 15 else float(text)
