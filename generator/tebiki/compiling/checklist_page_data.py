"""The JSON that the page of a checklist contains for its script.

``schemas/checklist-page.schema.json`` describes it; the types in ``browser/`` are made from that schema.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from tebiki.compiling.checklist_features import levels_and_results, used_strings
from tebiki.model.answer_origin import AnswerOrigin
from tebiki.model.answer_spec import answer_set_of
from tebiki.model.checklist import AnswerSet, Checklist, Question, Section
from tebiki.model.handbook import Handbook
from tebiki.model.localise import localise
from tebiki.model.placement import titles_by_id
from tebiki.model.plain_text import plain_text

#: Keys of an answer in a checklist → keys in the page data.
_ANSWER_KEYS = {"format": "format", "answer_set": "set", "minimum": "min", "maximum": "max", "row": "row"}
_FIELD_KEYS = {"id": "id", "title": "title", "type": "type", "required": "required", **_ANSWER_KEYS}


def checklist_page_data(handbook: Handbook, checklist: Checklist, language: str) -> dict[str, Any]:
    """Return the data of a checklist for the script of its page.

    The digest covers the checklist in all languages, so that the same answers open on the page of any language.

    Args:
        handbook: The handbook, without errors.
        checklist: The current version of a checklist.
        language: The language of the page.
    """
    others = _other_checklists(handbook, checklist, language)
    return {
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "lang": language,
        **_checklist_data(
            handbook,
            checklist,
            language,
            checklist.sections,
            **levels_and_results(handbook, checklist, language),
            **({"paging": checklist.paging} if checklist.paging else {}),
        ),
        **({"others": others} if others else {}),
        "strings": used_strings(checklist, language),
    }


def script_json(data: Any) -> Markup:
    """Return JSON for a script element: no ``<`` can end the element early."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def checklist_identity(checklist: Checklist) -> dict[str, str]:
    """Return the id, the version and the digest of a checklist."""
    return {"id": checklist.id, "version": checklist.version, "digest": checklist.digest}


def first_versions(checklist: Checklist, checklists: Iterable[Checklist]) -> dict[str, str]:
    """Return, for each question, the version of the checklist since which it is asked as it is now.

    Args:
        checklist: The version that is asked now.
        checklists: All versions of all checklists.
    """
    revisions = {question.id: question.rev for question in checklist.questions}
    earlier = [
        version for version in checklists if version.id == checklist.id and version.order < checklist.order
    ]
    since: dict[str, str] = {}
    for version in sorted(earlier, key=lambda version: version.order):
        asked = {question.id: question.rev for question in version.questions if not question.retired}
        same = [name for name, revision in revisions.items() if asked.get(name) == revision]
        since = {name: since.get(name, version.version) for name in same}
    return {name: since.get(name, checklist.version) for name in revisions}


def _checklist_data(
    handbook: Handbook, checklist: Checklist, language: str, sections: Iterable[Section], **members: Any
) -> dict[str, Any]:
    """Return the data of ``sections`` of a checklist, with further ``members``, and the answers to choose from."""
    questions = _QuestionData(
        handbook,
        language,
        titles_by_id(handbook, language),
        first_versions(checklist, handbook.checklists),
        _default_minutes(checklist),
    )
    sections = tuple(sections)
    answer_sets = {answer_set.id: answer_set for answer_set in handbook.answer_sets}
    return {
        "checklist": {
            **checklist_identity(checklist),
            "title": checklist.head.data["title"][language],
            **members,
            "sections": [_section_data(section, questions) for section in sections],
        },
        "answers": _choices(answer_sets[checklist.answer_set], language),
        "sets": {
            name: _choices(answer_sets[name], language)
            for name in _used_answer_sets(checklist, sections)
            if name in answer_sets and name != checklist.answer_set
        },
    }


def _other_checklists(handbook: Handbook, checklist: Checklist, language: str) -> list[dict[str, Any]]:
    """Return the data of the checklists whose answers ``checklist`` takes over, with the questions that matter."""
    wanted: dict[str, list[str]] = {}
    for question in checklist.questions:
        for origin in question.takes_from:
            wanted.setdefault(origin.checklist, []).append(origin.question)
    others = []
    for other in handbook.current_checklists:
        questions = {question.id: question for question in other.questions}
        needed: set[str] = set()
        waiting = wanted.get(other.id, [])
        while waiting:  # also what their conditions depend on: an answer counts only where it was asked for
            name = waiting.pop()
            if name not in needed:
                needed.add(name)
                waiting += questions[name].depends_on
        if needed:
            others.append(_checklist_data(handbook, other, language, _excerpt(other, needed)))
    return others


def _excerpt(checklist: Checklist, names: Collection[str]) -> Iterator[Section]:
    """Yield the sections with the questions in ``names`` only."""
    for section in checklist.sections:
        questions = (question for question in section.questions if question.id in names)
        if kept := tuple(replace(question, takes_from=()) for question in questions):
            yield replace(section, questions=kept)


@dataclass(frozen=True)
class _QuestionData:
    """Makes the data of the questions of a checklist."""

    handbook: Handbook
    language: str
    titles: Mapping[str, str]
    since: Mapping[str, str]
    default_minutes: float | None

    def question(self, question: Question) -> dict[str, Any]:
        """Return the data of a question; keys without a value are left out."""
        data = question.data
        overlay = self.handbook.overlay
        minutes = data.get("minutes") or self.default_minutes
        return {
            "id": question.id,
            "rev": question.rev,
            "number": question.number,
            "question": data["question"][self.language],
            "status": "retired" if question.retired else "active",
            "na": question.na_allowed,
            "evidence": question.evidence["wanted"],
            "when": data.get("when"),
            **_renamed(data, {"level": "level", "required": "required", "default": "default"}),
            **_renamed(question.evidence, {"for": "evidence_for"}),
            **({"advice": self._advice(data["advice"])} if "advice" in data else {}),
            **({"replaces": question.replaces} if question.replaces else {}),
            **(
                {"takes_from": [_origin(origin) for origin in question.takes_from]}
                if question.takes_from
                else {}
            ),
            "since": self.since[question.id],
            **({"local": overlay.data["name"][self.language]} if overlay and question.local else {}),
            **({"minutes": minutes} if minutes else {}),
            **(self._answer(data["answer"]) if "answer" in data else {}),
        }

    def _advice(self, advice: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                **_renamed(entry, {"for": "for", "link": "link"}),
                **{
                    key: plain_text(entry[key][self.language], self.titles)
                    for key in ("text", "action")
                    if key in entry
                },
            }
            for entry in advice
        ]

    def _answer(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Return how a question is answered, without what only the page shows."""
        answer = localise(answer, self.language, self.handbook.languages)
        data: dict[str, Any] = {"type": answer["type"], **_renamed(answer, _ANSWER_KEYS)}
        if "fields" in answer:
            data["fields"] = [_renamed(field, _FIELD_KEYS) for field in answer["fields"]]
        if "ready_texts" in answer:
            data["ready"] = self._ready_texts(answer["ready_texts"])
        return data

    def _ready_texts(self, ready_texts: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **{key: ready_texts[key] for key in ("into", "choice") if key in ready_texts},
            "texts": [
                {
                    "id": item.id,
                    "title": item.title[self.language],
                    "text": item.data["wording"][self.language].strip(),
                    **({"choice": item.data["choice"]} if "choice" in item.data else {}),
                }
                for item in self.handbook.items
                if item.kind == "ready-text" and item.data["library"] == ready_texts["library"]
            ],
        }


def _origin(origin: AnswerOrigin) -> dict[str, Any]:
    optional = {"answers": origin.answers, "fields": origin.fields, "choices": origin.choices}
    return {
        "checklist": origin.checklist,
        "question": origin.question,
        **{key: value for key, value in optional.items() if value is not None and (value or key == "fields")},
    }


def _section_data(section: Section, questions: _QuestionData) -> dict[str, Any]:
    local = bool(section.questions) and all(question.local for question in section.questions)
    return {
        "id": section.id,
        "title": section.data["title"][questions.language],
        "items": [questions.question(question) for question in section.questions],
        **({"local": True} if local else {}),
    }


def _used_answer_sets(checklist: Checklist, sections: Iterable[Section]) -> list[str]:
    """Return the ids of the answer sets of questions and fields, in the order of their first use."""
    used: list[str | None] = []
    for question in (question for section in sections for question in section.questions):
        used.append(answer_set_of(question, checklist))
        fields = question.data.get("answer", {}).get("fields", ())
        used += [field.get("answer_set") for field in fields]
    return [name for name in dict.fromkeys(used) if name]


def _choices(answer_set: AnswerSet, language: str) -> list[dict[str, Any]]:
    return [
        {"id": answer["id"], "title": answer["title"][language], "role": answer["role"]}
        for answer in answer_set.data["answers"]
    ]


def _default_minutes(checklist: Checklist) -> float | None:
    """Return the minutes of a question that states none: an equal share of the rest of the whole."""
    whole: float | None = checklist.head.data.get("minutes")
    active = [question for question in checklist.questions if not question.retired and not question.local]
    stated = [float(question.data["minutes"]) for question in active if "minutes" in question.data]
    unstated = len(active) - len(stated)
    if whole is None or not unstated:
        return None
    return round(max(whole - sum(stated), 0.5) / unstated, 2)


def _renamed(data: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    return {new: data[old] for old, new in keys.items() if old in data}
