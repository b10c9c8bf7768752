"""Says yes, quickly, to result files that are in order; for the rest ``check.read_result`` has the word.

A file is accepted here when

- its members have the types and limits of ``schemas/assessment-result.schema.json``, and ids, times
  and versions their patterns,
- its digest is that of its content,
- without spaces between its parts it is as long as its canonical form: since RFC 8785 has the shortest
  form of everything, nothing then stands in it twice (where the last would count), and
- it names a version of a checklist that is here, and questions and answers of that version.

What is not accepted may still be in order (it may have a byte order mark): it is then read the slow
way, so that no file is judged by two rules. ``tests/property/test_fast_reader.py`` holds this module
to never accepting what ``check_result`` finds fault with.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from tebiki.model.shared_constants import MAX_RESULT_BYTES, MAX_TEXT_LENGTH
from tebiki.results.checklist_version import ChecklistVersion
from tebiki.results.status_codes import StatusCodes

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
_Rev = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
_Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT_LENGTH)]
_Short = Annotated[str, msgspec.Meta(max_length=500)]

_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
_NUMBER = r"(0|[1-9][0-9]*)"
_SEMVER = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
_LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
_ROUND = r"[0-9]{4}(-(0[1-9]|1[0-2]))?"
_DUE = r"([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_UNIQUE = re.compile(f"{_UUID} {_TIME} {_TIME}")  # the members that differ from file to file
_MOST_ANSWERS = 5000


class _Answer(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    evidence: _Text
    justification: _Text
    note: _Text
    rev: _Rev
    value: str


class _Action(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    due: str
    item: str
    owner: _Short
    state: Literal["planned", "started", "done", "dropped"]
    text: _Text


class _Subject(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
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


class _Computed(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    sections: dict[str, dict[str, _Count]]
    total: dict[str, _Count]


class FastRecord(msgspec.Struct, gc=False, kw_only=True, forbid_unknown_fields=True):
    """The record; its members and those of its parts are in the order of RFC 8785."""

    actions: Annotated[list[_Action], msgspec.Meta(max_length=1000)]
    answers: dict[str, _Answer]
    checklist: _Checklist
    computed: _Computed
    created: str
    digest: str | msgspec.UnsetType
    format: Literal["tebiki-assessment-result"]
    format_version: Literal["1.0.0", "1.1.0", "1.2.0"]
    handbook: _Handbook
    id: str
    language: str
    local: Annotated[list[str], msgspec.Meta(max_length=1000)] | msgspec.UnsetType = msgspec.UNSET
    orphans: dict[str, _Answer]
    risks: Annotated[list[None], msgspec.Meta(max_length=0)]
    status: Literal["in-progress", "complete"]
    subject: _Subject
    updated: str


_decode = msgspec.json.Decoder(FastRecord).decode
# members of records are declared in their order; this sorts those of mappings
_canonical = msgspec.json.Encoder(order="deterministic").encode
_DIGEST_LENGTH = len(',"digest":"sha256:"') + 64


class FastReader:
    """Reads results of the versions in ``forms``; ``codes`` has the codes of their standings."""

    def __init__(self, forms: Sequence[ChecklistVersion]) -> None:
        self.codes = {
            (form.checklist.id, form.checklist.version, form.digest): StatusCodes(form) for form in forms
        }
        self._counted = {
            key: frozenset((*codes.meanings.values(), *(section.id for section in form.checklist.sections)))
            for (key, codes), form in zip(self.codes.items(), forms, strict=True)
        }
        self._forms = dict(zip(self.codes, forms, strict=True))

    def read(self, raw: bytes) -> tuple[FastRecord, str, str] | None:
        """The record in ``raw``, its digest and the codes of its standings; None: look closer."""
        if len(raw) > MAX_RESULT_BYTES:
            return None
        try:
            record = _decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        named, claimed = record.checklist, record.digest
        key = (named.id, named.version, named.digest)
        codes = self.codes.get(key)
        if codes is None:
            return None
        record.digest = msgspec.UNSET
        canonical = _canonical(record)
        if (
            claimed != "sha256:" + hashlib.sha256(canonical).hexdigest()
            or len(msgspec.json.format(raw, indent=-1)) != len(canonical) + _DIGEST_LENGTH
            or not _in_order(record, self._counted[key])
        ):
            return None
        answers = record.answers
        if record.local is not msgspec.UNSET:
            questions, local = self._forms[key].questions, set(record.local)
            if not all(_fits(_ID, one) and (one not in questions or questions[one].local) for one in local):
                return None
            answers = {
                name: answer for name, answer in answers.items() if name in questions or name not in local
            }
        standings = codes.look_up(answers)
        return None if standings is None else (record, claimed, standings)


def _in_order(record: FastRecord, counted: frozenset[str]) -> bool:
    subject, handbook, computed = record.subject, record.handbook, record.computed
    carried = record.checklist.carried_from
    if not (
        _UNIQUE.fullmatch(f"{record.id} {record.created} {record.updated}")
        and _head_in_order(handbook.id, handbook.version, record.language, subject.kind, subject.round)
        and (carried is msgspec.UNSET or _fits(_SEMVER, str(carried)))
        and computed.total.keys() <= counted
        and computed.sections.keys() <= counted
    ):
        return False
    for counts in computed.sections.values():
        if not counts.keys() <= counted:
            return False
    return (not record.orphans or _orphans_in_order(record.orphans)) and (
        not record.actions or _actions_in_order(record.actions)
    )


_Optional = str | msgspec.UnsetType


@functools.lru_cache(maxsize=10_000)
def _head_in_order(handbook: str, version: str, language: str, kind: _Optional, round_: _Optional) -> bool:
    """The members that many files share."""
    return (
        _fits(_ID, handbook)
        and _fits(_SEMVER, version)
        and _fits(_LANGUAGE, language)
        and (kind is msgspec.UNSET or _fits(_ID, str(kind)))
        and (round_ is msgspec.UNSET or _fits(_ROUND, str(round_)))
    )


def _orphans_in_order(orphans: dict[str, _Answer]) -> bool:
    return len(orphans) <= _MOST_ANSWERS and all(
        _fits(_ID, name) and (answer.value == "" or _fits(_ID, answer.value))
        for name, answer in orphans.items()
    )


def _actions_in_order(actions: list[_Action]) -> bool:
    return all(_fits(_DUE, one.due) and (one.item == "" or _fits(_ID, one.item)) for one in actions)


@functools.lru_cache(maxsize=10_000)
def _fits(pattern: str, text: str) -> bool:
    """Whether a text that many files share is of the form wanted (and as short as all of these are)."""
    return len(text) <= 40 + 60 * (pattern == _ID) and re.fullmatch(pattern, text) is not None
