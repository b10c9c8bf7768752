"""The record of an assessment as a file: figures, digest, layout. As ``browser/assessment/record.ts``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tebiki.model.digest import digest
from tebiki.model.shared_constants import ACTION_COLUMNS, RESULT_FORMAT
from tebiki.results.checklist_version import Answers, ChecklistVersion, compute_figures

Record = dict[str, Any]  # as schemas/assessment-result.schema.json has it

# in the order in which a file has them; what a record does not have is left out
_SUBJECT = ("label", "kind", "round")
_CHECKLIST = ("id", "version", "digest", "carried_from")
_ANSWER = ("rev", "value", "note", "evidence", "justification", "content", "respondent", "answered")
_SINCE_1_1 = {"kind", "round", "carried_from", "content", "respondent", "answered"}


def build_record(draft: Mapping[str, Any], form: ChecklistVersion) -> Record:
    """The record of all that a person wrote in ``draft``, itself a record, under ``form``.

    Status, figures and digest are worked out anew. The same draft and form always give the same
    record.
    """
    figures = compute_figures(form, draft["answers"])
    # elsewhere it goes on saying which answers were to questions of an institution
    local = form.checklist.local or draft.get("local")
    return with_digest(
        {
            "format": RESULT_FORMAT,
            "format_version": "1.2.0" if local else _lowest_version(draft),
            "id": draft["id"],
            "checklist": _members(draft["checklist"], _CHECKLIST),
            "handbook": _members(draft["handbook"], ("id", "version")),
            "subject": _members(draft["subject"], _SUBJECT),
            "status": "complete" if figures.complete else "in-progress",
            "language": draft["language"],
            "created": draft["created"],
            "updated": draft["updated"],
            "answers": _in_order(draft["answers"], form),
            "risks": [],
            "actions": [_members(action, ACTION_COLUMNS) for action in draft["actions"]],
            **({"local": local} if local else {}),
            "orphans": _in_order(draft["orphans"], form),
            "computed": {
                "total": dict(figures.total),
                "sections": {section: dict(counts) for section, counts in figures.sections.items()},
            },
        }
    )


def with_digest(record: Mapping[str, Any]) -> Record:
    """The record with the digest that fits it."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return {**content, "digest": digest(content)}


def serialize(record: Mapping[str, Any]) -> bytes:
    """The content of the file: JSON in UTF-8 with an indent of two spaces and a final newline."""
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def comparable_answer(answer: Mapping[str, Any]) -> Any:
    """What counts of an answer: not who gave it, and not what stands beside one that was chosen."""
    content = answer.get("content")
    if answer["value"] or not isinstance(content, list):
        return answer["value"] or content
    return [one["fields"] if isinstance(one, Mapping) else one for one in content]


def _members(data: Mapping[str, Any], order: Iterable[str]) -> dict[str, Any]:
    return {key: _as_javascript(data[key]) for key in order if key in data}


def _in_order(answers: Answers, form: ChecklistVersion) -> dict[str, Any]:
    """Answers in the order of the checklist, others after them, so that two files can be laid side by side."""
    known = [name for name in form.questions if name in answers]
    others = sorted(name for name in answers if name not in form.questions)
    return {name: _members(answers[name], _ANSWER) for name in (*known, *others)}


def _lowest_version(draft: Mapping[str, Any]) -> str:
    """The lowest version of the format that has every member, so that older readers open what they can."""
    parts = [draft["subject"], draft["checklist"], *draft["answers"].values(), *draft["orphans"].values()]
    newer = draft["actions"] or any(_SINCE_1_1 & part.keys() for part in parts)
    return "1.1.0" if newer else "1.0.0"


def _as_javascript(value: Any) -> Any:
    """A number as JavaScript writes it: 1.0 is 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
