"""The template context of the form of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from tebiki.compiling.checklist_page_data import checklist_identity, checklist_page_data, script_json
from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.page_text import PageText
from tebiki.locales import words
from tebiki.model.answer_spec import AnswerSpec, answer_set_of, answer_specs
from tebiki.model.checklist import Checklist, Question, RunningResult, Section
from tebiki.model.handbook import Handbook
from tebiki.model.item import SourceReference
from tebiki.model.localise import localise
from tebiki.reading.schema import schema_shape

#: References and the stated status → ``status`` and ``sources`` for the templates.
ProvenanceOf = Callable[[tuple[SourceReference, ...], str | None], Mapping[str, Any]]

_OPTIONAL_ANSWER_KEYS = (
    "answer_set", "format", "minimum", "maximum", "unit", "row", "fields", "ready_texts", "hint", "required"
)  # fmt: skip


def checklist_form_context(
    handbook: Handbook, checklist: Checklist, language: str, text: PageText, provenance_of: ProvenanceOf
) -> dict[str, Any]:
    """Return the context of ``checklist_form.html.jinja``.

    Args:
        handbook: The handbook, without errors.
        checklist: The current version of a checklist.
        language: The language of the page.
        text: Renders texts for the page.
        provenance_of: Resolves source references and a stated status.
    """
    answers_shape = schema_shape("answer-set").value("answers")
    answer_sets = {
        answer_set.id: localise(answer_set.data["answers"], language, handbook.languages, answers_shape)
        for answer_set in handbook.answer_sets
    }
    form = _FormContext(
        checklist,
        language,
        handbook.languages,
        text,
        provenance_of,
        answer_sets,
        answer_specs(checklist, handbook.answer_sets),
    )
    data = checklist.head.data
    audiences = {audience["id"]: audience["title"][language] for audience in handbook.data["audiences"]}
    sections = [form.section(section) for section in checklist.sections]
    return {
        "checklist": {
            **checklist_identity(checklist),
            "title": data["title"][language],
            "text_html": text.block(data["text"][language]),
            "minutes": data.get("minutes"),
            "audience": audiences[data["audience"]],
            "provenance": provenance_of(checklist.head.sources, checklist.head.status),
            "levels": localise(data.get("levels", []), language, handbook.languages),
            "sections": sections,
            "results": [form.result(result) for result in checklist.results],
            "outline": outline_of(sections),
        },
        "overlay": {
            **words(language, "site")["overlay"],
            "name": handbook.overlay.data["name"][language] if handbook.overlay else "",
        },
        "answers": [{"text": None, **answer} for answer in answer_sets[checklist.answer_set]],
        "uses_answers": any(
            question["answer"]["type"] == "choice" and not question["answer"]["answer_set"]
            for section in sections
            for question in section["items"]
        ),
        "words": words(language, "form"),
        # the page around a frame may be in another language than this one
        "words_by_language": {code: words(code, "form") for code in handbook.languages},
        "page_data": script_json(checklist_page_data(handbook, checklist, language)),
    }


def outline_of(sections: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of ``sections`` with the same ``group``, which is empty for those without one."""
    return [
        {"group": group, "sections": list(members)}
        for group, members in groupby(sections, key=itemgetter("group"))
    ]


@dataclass(frozen=True)
class _FormContext:
    """Makes the context of the sections and questions of a checklist."""

    checklist: Checklist
    language: str
    languages: tuple[str, ...]
    text: PageText
    provenance_of: ProvenanceOf
    answer_sets: Mapping[str, Sequence[Mapping[str, Any]]]
    specs: Mapping[str, AnswerSpec]

    @cached_property
    def levels(self) -> dict[str, str]:
        """The titles of the levels by id."""
        return {level["id"]: level["title"][self.language] for level in self.checklist.levels}

    def section(self, section: Section) -> dict[str, Any]:
        """Return the context of a section and its questions."""
        text = section.data.get("text")
        notes: dict[int, list[dict[str, str]]] = {}
        for note in section.notes:
            note_html = self.text.block(note.data["note"][self.language])
            notes.setdefault(note.index, []).append({"id": note.id, "html": note_html})
        return {
            "id": section.id,
            "title": section.data["title"][self.language],
            "group": section.data.get("group", {}).get(self.language, ""),
            **({"text_html": self.text.block(text[self.language])} if text else {}),
            "items": [
                {**self._question(question), "notes_before": notes.get(index, [])}
                for index, question in enumerate(section.questions)
            ],
            "last_notes": notes.get(len(section.questions), []),
        }

    def result(self, result: RunningResult) -> dict[str, Any]:
        """Return the context of a running result."""
        text = result.data.get("text")
        return {
            "id": result.id,
            "title": result.data["title"][self.language],
            "text_html": self.text.block(text[self.language]) if text else "",
            "when": result.data["when"],
            "provenance": self.provenance_of(result.sources, self.checklist.head.status),
        }

    def _advice(self, question: Question) -> list[dict[str, Any]]:
        advice = localise(list(question.data.get("advice", ())), self.language, self.languages)
        return [
            {
                "for": entry["for"],
                "text_html": self.text.block(entry["text"]),
                "link": entry.get("link"),
                "action": entry.get("action"),
            }
            for entry in advice
        ]

    def _question(self, question: Question) -> dict[str, Any]:
        shape = schema_shape("checklist").value("sections").value("items")
        data = localise(question.data, self.language, self.languages, shape)
        spec = self.specs[question.id]
        choices = self.answer_sets.get(answer_set_of(question, self.checklist) or "", [])
        return {
            **data,
            "status": "retired" if question.retired else "active",
            "number": question.number,
            "help_html": self.text.block(data["help"]) if data["help"] else "",
            "criteria": data.get("criteria", []),
            "evidence": localise(question.evidence, self.language, self.languages),
            "level": self.levels.get(question.level, ""),
            "required": question.required,
            "advice": self._advice(question),
            "default": question.data.get("default"),
            "na": {"allowed": "excluded" in spec.exclusive.values()},
            "office": data.get("office"),
            "notes": (data.get("notes") or {"allowed": True})["allowed"],
            "answer": self._answer(data.get("answer") or {"type": "choice"}),
            "exclusive": [choice for choice in choices if choice["id"] in spec.exclusive],
            "combinable": [choice for choice in choices if choice["id"] in spec.combinable],
            "when": question.data.get("when"),
            "provenance": self.provenance_of(question.sources, self.checklist.head.status),
            "local": question.local,
        }

    def _answer(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        fields = [
            {
                **_with_optional_keys(field),
                "choices": self.answer_sets.get(field.get("answer_set") or "", []),
            }
            for field in answer.get("fields") or ()
        ]
        return {**_with_optional_keys(answer), "fields": fields}


def _with_optional_keys(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(_OPTIONAL_ANSWER_KEYS), **answer}


def stale_notes(checklist: Checklist, stale: frozenset[str], html: HtmlParts) -> str:
    """Return the notes before a form on translations that are not up to date, those of the ids in ``stale``."""
    whole = not stale.isdisjoint({checklist.id, checklist.answer_set})
    numbers = [
        question.number for question in checklist.questions if f"{checklist.id}#{question.id}" in stale
    ]
    return f"{html.stale_note(whole)}{html.stale_questions_note(numbers)}\n\n" if whole or numbers else ""
