"""Accepts most valid result files in one pass; ``check.read_result`` judges all others.

A file is accepted here if

- its members have the types and limits of ``schemas/assessment-result.schema.json``, and ids, times
  and versions their patterns,
- its digest is that of its content,
- without whitespace it is as long as its canonical form: since RFC 8785 has the shortest form of every value, no
  member can then occur twice, and
- it names a checklist version of the handbook, and questions and answers of that version.

A file that is not accepted can still be valid, for example with a byte order mark: ``read_result`` then reads it,
so that only one module decides what is wrong. ``tests/property/test_fast_reader.py`` tests that this module never
accepts a file on which ``check_result`` has a finding.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from tebiki.model.institution_id import is_institution_id
from tebiki.model.result_patterns import ID, ROUND
from tebiki.model.shared_constants import MAX_RESULT_BYTES, MAX_TEXT_LENGTH, UNANSWERED
from tebiki.results.assessment_record import ActionState
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.lake_format import NOT_STATED
from tebiki.results.rows import AssessmentRow, comparable_time
from tebiki.results.status_codes import StatusCodes

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
_Rev = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT_LENGTH)]
_Short = Annotated[str, msgspec.Meta(max_length=500)]

_NUMBER = r"(0|[1-9][0-9]*)"
_SEMVER = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
_LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
_DUE = r"([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_UNSET = msgspec.UNSET
_UNIQUE = re.compile(f"{_UUID} {_TIME} {_TIME}")  # the members that differ from file to file
_MAX_ANSWERS = 5000


# texts that a file can only take from its checklist
_Value = TypeVar("_Value")  # an answer, or nothing
_Counted = TypeVar("_Counted")  # a key of figures


class _Answer(msgspec.Struct, Generic[_Value], gc=False, kw_only=True, forbid_unknown_fields=True):
    evidence: _Text
    justification: _Text
    note: _Text
    rev: _Rev
    value: _Value


class _Action(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    due: str
    item: str
    owner: _Short
    state: ActionState
    text: _Text


class _Identifier(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    scheme: Literal["houjin-bangou", "ror"]
    value: str


class _Subject(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    identifier: _Identifier | msgspec.UnsetType = msgspec.UNSET
    kind: str | msgspec.UnsetType = msgspec.UNSET
    label: _Short
    round: str | msgspec.UnsetType = msgspec.UNSET


class _Checklist(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    carried_from: str | msgspec.UnsetType = msgspec.UNSET
    digest: str
    id: str
    version: str


class _Handbook(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    id: str
    version: str


class _Computed(msgspec.Struct, Generic[_Counted], gc=False, kw_only=True, forbid_unknown_fields=True):
    levels: dict[_Counted, dict[_Counted, _Count]] | msgspec.UnsetType = msgspec.UNSET
    sections: dict[_Counted, dict[_Counted, _Count]]
    total: dict[_Counted, _Count]


class FastRecord(
    msgspec.Struct, Generic[_Value, _Counted], gc=False, kw_only=True, forbid_unknown_fields=True
):
    """A record; its members and those of its parts are in the order of RFC 8785."""

    actions: Annotated[list[_Action], msgspec.Meta(max_length=1000)]
    answers: dict[str, _Answer[_Value]]
    checklist: _Checklist
    computed: _Computed[_Counted]
    created: str
    digest: str | msgspec.UnsetType
    format: Literal["tebiki-assessment-result"]
    format_version: Literal["1.0.0", "1.1.0", "1.2.0", "1.3.0"]
    handbook: _Handbook
    id: str
    language: str
    local: Annotated[list[str], msgspec.Meta(max_length=1000)] | msgspec.UnsetType = msgspec.UNSET
    orphans: dict[str, _Answer[str]]
    risks: Annotated[list[None], msgspec.Meta(max_length=0)]
    status: Literal["in-progress", "complete"]
    subject: _Subject
    updated: str


# the members of structs are declared in their order; this sorts the keys of mappings
_encode_canonical = msgspec.json.Encoder(order="deterministic").encode_into
_SPACE = (
    b" \n\r\t"  # JSON has no other; in a canonical form only blanks are literal, since it escapes the others
)
_DIGEST_LENGTH = len(',"digest":"sha256:"') + 64


class FastReader:
    """Reads results of the given checklist versions.

    Attributes:
        codes: The status codes of each version, by checklist id and version.
    """

    def __init__(self, versions: Sequence[ChecklistVersion]) -> None:
        self.codes: dict[tuple[str, str], StatusCodes] = {}
        self._canonical = bytearray()  # of the file that is read: using it again spares memory for each
        answers, counted = {""}, {UNANSWERED}
        for version in versions:
            checklist, codes = version.checklist, StatusCodes(version)
            sections = (section.id for section in checklist.sections)
            levels = (level["id"] for level in checklist.levels)
            self.codes[checklist.id, checklist.version] = codes
            answers.update(version.roles)
            counted.update(codes.meanings.values(), sections, levels)
        value: Any = Literal[tuple(sorted(answers))]
        key_of_figures: Any = Literal[tuple(sorted(counted))]
        self._decode = msgspec.json.Decoder(FastRecord[value, key_of_figures]).decode

    def read(self, raw: bytes, file: str) -> AssessmentRow | None:
        """Read a result file.

        Args:
            raw: The content of the file.
            file: Its name.

        Returns:
            The row of the result; None if the file has to be read by ``read_result``.
        """
        if len(raw) > MAX_RESULT_BYTES:
            return None
        try:
            record = self._decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        reference, claimed = record.checklist, record.digest
        codes = self.codes.get((reference.id, reference.version))
        if codes is None or reference.digest != codes.version.digest:
            return None
        record.digest = _UNSET
        canonical = self._canonical
        _encode_canonical(record, canonical)
        blanks = canonical.count(b" ") if b" " in canonical else 0  # Japanese has none; looking is faster
        if (
            claimed != "sha256:" + hashlib.sha256(canonical).hexdigest()
            or len(raw.translate(None, _SPACE)) + blanks != len(canonical) + _DIGEST_LENGTH
            or not _is_valid(record)
        ):
            return None
        answers = self._shared_answers(record, codes.version)
        code_text = None if answers is None else codes.look_up(answers)
        if code_text is None:
            return None
        subject = record.subject
        return AssessmentRow(
            file,
            record.id,
            claimed,
            reference.id,
            reference.version,
            NOT_STATED if subject.kind is _UNSET else subject.kind,
            NOT_STATED if subject.round is _UNSET else subject.round,
            "" if subject.identifier is _UNSET else subject.identifier.value,
            record.handbook.id,
            codes.status(code_text),
            comparable_time(record.updated),
            code_text,
        )

    @staticmethod
    def _shared_answers(
        record: FastRecord[Any, Any], version: ChecklistVersion
    ) -> dict[str, _Answer[Any]] | None:
        """The answers without those that only the institution's handbook asks; None if ``local`` is not valid."""
        if record.local is _UNSET:
            return record.answers
        questions, local = version.questions, set(record.local)
        for question in local:
            if not _matches(ID, question) or (question in questions and not questions[question].local):
                return None
        return {
            question: answer
            for question, answer in record.answers.items()
            if question in questions or question not in local
        }


def _is_valid(record: FastRecord[Any, Any]) -> bool:
    subject, handbook = record.subject, record.handbook
    carried, identifier = record.checklist.carried_from, subject.identifier
    return (
        _UNIQUE.fullmatch(f"{record.id} {record.created} {record.updated}") is not None
        and _is_valid_head(handbook.id, handbook.version, record.language, subject.kind, subject.round)
        and (carried is _UNSET or _matches(_SEMVER, str(carried)))
        and (identifier is _UNSET or is_institution_id(identifier.scheme, identifier.value))
        and (not record.orphans or _are_valid_orphans(record.orphans))
        and (not record.actions or _are_valid_actions(record.actions))
    )


_Optional = str | msgspec.UnsetType


@functools.lru_cache(maxsize=10_000)
def _is_valid_head(handbook: str, version: str, language: str, kind: _Optional, round_: _Optional) -> bool:
    """Whether the members that many files share are valid."""
    return (
        _matches(ID, handbook)
        and _matches(_SEMVER, version)
        and _matches(_LANGUAGE, language)
        and (kind is _UNSET or _matches(ID, str(kind)))
        and (round_ is _UNSET or _matches(ROUND, str(round_)))
    )


def _are_valid_orphans(orphans: dict[str, _Answer[str]]) -> bool:
    return len(orphans) <= _MAX_ANSWERS and all(
        _matches(ID, question) and (answer.value == "" or _matches(ID, answer.value))
        for question, answer in orphans.items()
    )


def _are_valid_actions(actions: list[_Action]) -> bool:
    return all(
        _matches(_DUE, action.due) and (action.item == "" or _matches(ID, action.item)) for action in actions
    )


@functools.lru_cache(maxsize=10_000)
def _matches(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern and is short; cached, since many files share the texts."""
    return len(text) <= 40 + 60 * (pattern == ID) and re.fullmatch(pattern, text) is not None
