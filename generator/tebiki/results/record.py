"""Building and serializing the record of an assessment, as ``browser/assessment/record.ts`` does."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from tebiki.model.digest import digest
from tebiki.model.shared_constants import ACTION_COLUMNS, CLOCK_TOLERANCE_HOURS, RESULT_FORMAT
from tebiki.results.assessment_record import Answer, Answers, AssessmentDraft, AssessmentRecord
from tebiki.results.checklist_version import ChecklistVersion, compute_figures

# the order of members in a file; members that a draft lacks are left out
_SUBJECT = ("label", "kind", "round", "identifier")
_CHECKLIST = ("id", "version", "digest", "carried_from")
_ANSWER = ("rev", "value", "note", "evidence", "justification", "content", "respondent", "answered")
_IDENTIFIER = ("scheme", "value")
_SINCE_1_1 = {"kind", "round", "carried_from", "content", "respondent", "answered"}


def build_record(draft: AssessmentDraft, version: ChecklistVersion) -> AssessmentRecord:
    """Build the record of what people entered.

    Args:
        draft: The answers and everything else that was entered; a record is a draft as well.
        version: The checklist version that the answers belong to.

    Returns:
        The record, with status, figures and digest computed anew. The same arguments always give the same record.
    """
    figures = compute_figures(version, draft["answers"])
    # a handbook without the institution's questions still records which answers belong to them
    local = version.checklist.local or draft.get("local")
    return with_digest(
        {
            "format": RESULT_FORMAT,
            "format_version": _lowest_format_version(draft, version, local),
            "id": draft["id"],
            "checklist": _select(draft["checklist"], _CHECKLIST),
            "handbook": _select(draft["handbook"], ("id", "version")),
            "subject": _subject(draft["subject"]),
            "status": "complete" if figures.complete else "in-progress",
            "language": draft["language"],
            "created": draft["created"],
            "updated": draft["updated"],
            "answers": _sort_answers(draft["answers"], version),
            "risks": [],
            "actions": [_select(action, ACTION_COLUMNS) for action in draft["actions"]],
            **({"local": local} if local else {}),
            "orphans": _sort_answers(draft["orphans"], version),
            "computed": {
                "total": dict(figures.total),
                "sections": {section: dict(counts) for section, counts in figures.sections.items()},
                **({"levels": dict(figures.levels)} if figures.levels else {}),
            },
        }
    )


def with_digest(record: Mapping[str, Any]) -> AssessmentRecord:
    """Return ``record`` with the digest of its content; a digest that it already has is replaced."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return cast(AssessmentRecord, {**content, "digest": digest(content)})


def latest_credible_time() -> str:
    """Return the time in UTC, as the format writes it, after which a time is in the future.

    The clock of the computer that wrote a file may be ahead of this one by CLOCK_TOLERANCE_HOURS.
    """
    latest = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=CLOCK_TOLERANCE_HOURS)
    return latest.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def serialize(record: Mapping[str, Any]) -> bytes:
    """Return the content of the file: JSON in UTF-8 with an indent of two spaces and a final newline."""
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def comparable_answer(answer: Answer) -> Any:
    """Return the part of an answer that counts when answers are compared.

    It leaves out the respondent, the ids of rows, and the content beside an answer that was chosen.
    """
    content = answer.get("content")
    if answer["value"] or not isinstance(content, list):
        return answer["value"] or content
    return [entry["fields"] if isinstance(entry, Mapping) else entry for entry in content]


def _select(data: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: _as_javascript(data[key]) for key in keys if key in data}


def _sort_answers(answers: Answers, version: ChecklistVersion) -> dict[str, dict[str, Any]]:
    """Answers in the order of the checklist, others after them, so that two files can be compared line by line."""
    known = [question for question in version.questions if question in answers]
    others = sorted(question for question in answers if question not in version.questions)
    return {question: _select(answers[question], _ANSWER) for question in (*known, *others)}


def _subject(subject: Mapping[str, Any]) -> dict[str, Any]:
    selected = _select(subject, _SUBJECT)
    if "identifier" in selected:
        selected["identifier"] = _select(selected["identifier"], _IDENTIFIER)
    return selected


def _lowest_format_version(draft: AssessmentDraft, version: ChecklistVersion, local: Any) -> str:
    """The lowest version of the format that has every member, so that older readers open what they can."""
    if version.checklist.levels or "identifier" in draft["subject"]:
        return "1.3.0"
    if local:
        return "1.2.0"
    parts: list[Mapping[str, Any]] = [draft["subject"], draft["checklist"]]
    parts += [*draft["answers"].values(), *draft["orphans"].values()]
    newer = draft["actions"] or any(_SINCE_1_1 & part.keys() for part in parts)
    return "1.1.0" if newer else "1.0.0"


def _as_javascript(value: Any) -> Any:
    """A number as JavaScript writes it: 1.0 is 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
