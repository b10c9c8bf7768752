"""Export of an assessment as OSCAL assessment results (NIST, version 1.2).

OSCAL files are not imported. Only an answer of the role positive, partial or negative becomes a finding; "not
applicable", "don't know" and no answer are observations without a finding, so that no verdict is invented.
"""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from tebiki.results.assessment_view import AssessmentView, Line
from tebiki.results.export import provenance

OSCAL_VERSION = "1.2.3"

NAMESPACE = "https://tebiki.invalid/ns/oscal"
_SATISFIED = {"positive": "satisfied", "partial": "not-satisfied", "negative": "not-satisfied"}
_NO_TIME = "1970-01-01T00:00:00Z"  # the back matter has the text of the record


def to_oscal(view: AssessmentView) -> bytes:
    """Return an assessment as an OSCAL document in JSON. The same record always gives the same identifiers."""
    record = view.record
    namespace = uuid.uuid5(uuid.UUID(record["id"]), record["digest"])
    observations, findings = [], []
    for line in view.lines:
        observations.append(_observation(line, view, namespace))
        finding = _finding(line, view, namespace)
        if finding:
            findings.append(finding)
    plan = str(uuid.uuid5(namespace, "plan"))
    result: dict[str, Any] = {
        "uuid": str(uuid.uuid5(namespace, "result")),
        "title": _one_line(view.label),
        "description": view.title,
        "start": _time(record["created"]),
        "end": _time(record["updated"]),
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": _token(line.item)} for line in view.lines]}
                if view.lines
                else {"include-all": {}}
            ]
        },
    }
    if observations:
        result["observations"] = observations
    if findings:
        result["findings"] = findings
    document = {
        "assessment-results": {
            "uuid": str(uuid.uuid5(namespace, "document")),
            "metadata": {
                "title": view.title,
                "last-modified": _time(record["updated"]),
                "version": record["checklist"]["version"],
                "oscal-version": OSCAL_VERSION,
                "props": [_prop("status", record["status"]), _prop("digest", record["digest"])],
                "remarks": view.texts["oscal-remarks"],
            },
            "import-ap": {"href": f"#{plan}", "remarks": view.texts["oscal-plan"]},
            "results": [result],
            "back-matter": {
                "resources": [
                    {
                        "uuid": plan,
                        "title": view.title,
                        "description": "\n".join(f"{name}: {text}" for name, text in provenance(view)),
                        "props": [
                            _prop("checklist", record["checklist"]["id"]),
                            _prop("checklist-version", record["checklist"]["version"]),
                            _prop("checklist-digest", record["checklist"]["digest"]),
                        ],
                    }
                ]
            },
        }
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _observation(line: Line, view: AssessmentView, namespace: uuid.UUID) -> dict[str, Any]:
    observation: dict[str, Any] = {
        "uuid": str(uuid.uuid5(namespace, f"observation {line.item}")),
        "title": f"{line.number} {line.item}",
        "description": line.question,
        "props": [_prop("item", line.item), _prop("standing", line.status)],
        "methods": ["INTERVIEW"],
        "collected": _time(view.record["updated"]),
    }
    if line.value:
        observation["props"].append(_prop("answer", line.value))
    if line.evidence.strip():
        observation["relevant-evidence"] = [{"description": line.evidence}]
    names = view.texts["columns"]
    texts = [("answer", line.answer), ("justification", line.justification), ("note", line.note)]
    remarks = "\n\n".join(f"{names[name]}: {text}" for name, text in texts if text.strip())
    if remarks:
        observation["remarks"] = remarks
    return observation


def _finding(line: Line, view: AssessmentView, namespace: uuid.UUID) -> dict[str, Any] | None:
    state = _SATISFIED.get(view.version.answer_specs[line.item].exclusive.get(line.value, ""))
    if line.status != "answered" or state is None:
        return None
    return {
        "uuid": str(uuid.uuid5(namespace, f"finding {line.item}")),
        "title": f"{line.number} {line.item}",
        "description": line.question,
        "target": {
            "type": "objective-id",
            "target-id": _token(line.item),
            "status": {"state": state, "remarks": line.answer},
        },
        "related-observations": [
            {"observation-uuid": str(uuid.uuid5(namespace, f"observation {line.item}"))}
        ],
    }


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _token(item: str) -> str:
    """A question id as an OSCAL token, which begins with a letter; ids may begin with a digit."""
    return item if item[0].isalpha() else f"item-{item}"


def _time(text: str) -> str:
    """A time that exists, as OSCAL requires; the schema of results also accepts 2026-13-45."""
    try:
        time = datetime.datetime.fromisoformat(text)
    except ValueError:
        return _NO_TIME
    return text if 1900 <= time.year < 3000 else _NO_TIME


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"
