"""What the form of one checklist needs: for the template, and for the script in the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from tebiki.compiling.page_text import PageText
from tebiki.locales import words
from tebiki.model.answer_spec import answer_set_of, answer_specs
from tebiki.model.checklist import Checklist
from tebiki.model.digest import digest
from tebiki.model.handbook import Handbook
from tebiki.model.item import SourceReference
from tebiki.model.localise import localise
from tebiki.reading.schema import schema_shape

#: References and the stated status → ``status`` and ``sources`` as pages show them.
ProvenanceOf = Callable[[tuple[SourceReference, ...], str | None], Mapping[str, Any]]


def form_context(
    handbook: Handbook, checklist: Checklist, language: str, text: PageText, provenance_of: ProvenanceOf
) -> dict[str, Any]:
    """The context of ``checklist_form.html.jinja``; its ``island`` is the script's data as JSON.

    The digest of a checklist is taken over its data in all languages, so that the same answers can
    be read on the page of any language.
    """
    languages = handbook.languages
    question_shape = schema_shape("checklist").value("sections").value("items")
    named_sets = {
        one.id: localise(
            one.data["answers"], language, languages, schema_shape("answer-set").value("answers")
        )
        for one in handbook.answer_sets
    }
    answers = named_sets[checklist.answer_set]
    strings = words(language, "form")
    stated = checklist.head.status
    version = {"id": checklist.id, "version": checklist.version, "digest": digest(checklist.head.data)}
    forms = answer_specs(checklist, handbook.answer_sets)
    since = first_versions(checklist, handbook.checklists)
    minutes = _minutes(checklist)
    about = handbook.overlay
    used: dict[str, Any] = {}
    sections: list[dict[str, Any]] = []
    island_sections: list[dict[str, Any]] = []
    for section in checklist.sections:
        named = localise(
            {k: v for k, v in section.data.items() if k in ("id", "title", "text")}, language, languages
        )
        shown = []
        brief = []
        for item in section.questions:
            data = localise(item.data, language, languages, question_shape)
            status = "retired" if item.retired else "active"
            told = data.get("answer") or {"type": "choice"}
            answer_set = answer_set_of(item, checklist)
            choices = named_sets.get(answer_set or "", [])
            fields = [
                {**field, "choices": named_sets.get(field["answer_set"] or "", [])}
                for field in map(_plain, told.get("fields") or ())
            ]
            shown.append(
                {
                    **data,
                    "status": status,
                    "help_html": text.block(data["help"]),
                    "criteria": data.get("criteria", []),
                    "evidence": {"examples": [], **data["evidence"]},
                    "office": data.get("office"),
                    "notes": (data.get("notes") or {"allowed": True})["allowed"],
                    "form": _plain(told) | {"fields": fields},
                    "alone": [one for one in choices if one["id"] in forms[item.id].alone],
                    "together": [one for one in choices if one["id"] in forms[item.id].together],
                    "when": item.data.get("when"),
                    "provenance": provenance_of(item.sources, stated),
                    "local": item.local,
                }
            )
            brief.append(
                {
                    **{key: data[key] for key in ("id", "rev", "number", "question")},
                    "status": status,
                    "na": item.na_allowed,
                    "evidence": data["evidence"]["wanted"],
                    "when": item.data.get("when"),
                    **({"replaces": item.replaces} if item.replaces else {}),
                    "since": since[item.id],
                    **({"local": about.data["name"][language]} if about and item.local else {}),
                    **({"minutes": own} if (own := data.get("minutes") or minutes) else {}),
                    **(_island_answer(told, handbook, language) if "answer" in data else {}),
                }
            )
            for one in (answer_set, *(field["answer_set"] for field in fields)):
                if one in named_sets and one != checklist.answer_set:
                    used[one] = _choices(named_sets[one])
        section_text = {"text_html": text.block(named["text"])} if "text" in named else {}
        sections.append({"id": named["id"], "title": named["title"], **section_text, "items": shown})
        local = bool(section.questions) and all(item.local for item in section.questions)
        own = {"local": True} if local else {}
        island_sections.append({"id": named["id"], "title": named["title"], "items": brief, **own})
    data = checklist.head.data
    audiences = {one["id"]: one["title"][language] for one in handbook.data["audiences"]}
    island: dict[str, Any] = {
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "lang": language,
        "checklist": {**version, "title": data["title"][language], "sections": island_sections},
        "answers": _choices(answers),
        "sets": used,
        "strings": strings,
    }
    return {
        "checklist": {
            **version,
            "title": data["title"][language],
            "text_html": text.block(data["text"][language]),
            "minutes": data.get("minutes"),
            "audience": audiences[data["audience"]],
            "provenance": provenance_of(checklist.head.sources, stated),
            "sections": sections,
        },
        "overlay": {
            **words(language, "site")["overlay"],
            "name": about.data["name"][language] if about else "",
        },
        "answers": [{"text": None, **answer} for answer in answers],
        "uses_answers": any(
            one["form"]["type"] == "choice" and not one["form"]["answer_set"]
            for section in sections
            for one in section["items"]
        ),
        "words": strings,
        "island": Markup(_for_script(island)),
    }


def first_versions(checklist: Checklist, checklists: Iterable[Checklist]) -> dict[str, str]:
    """For each question of ``checklist``: the version since which it has been asked as it is now."""
    found: dict[str, str] = {}
    earlier = [one for one in checklists if one.id == checklist.id and one.order < checklist.order]
    now = {item.id: item.rev for item in checklist.questions}
    for one in sorted(earlier, key=lambda one: one.order):
        then = {item.id: item.rev for item in one.questions if not item.retired}
        found = {item_id: since for item_id, since in found.items() if then.get(item_id) == now[item_id]}
        for item_id, rev in now.items():
            if item_id not in found and then.get(item_id) == rev:
                found[item_id] = one.version
    return {item_id: found.get(item_id, checklist.version) for item_id in now}


def _minutes(checklist: Checklist) -> float | None:
    """What a question takes that says nothing itself: an equal share of what is left of the whole."""
    whole: float | None = checklist.head.data.get("minutes")
    active = [item for item in checklist.questions if not item.retired and not item.local]
    silent = [item for item in active if "minutes" not in item.data]
    if whole is None or not silent:
        return None
    stated = sum(float(item.data["minutes"]) for item in active if "minutes" in item.data)
    return round(max(whole - stated, 0.5) / len(silent), 2)


def _plain(told: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("answer_set", "minimum", "maximum", "unit", "row", "fields", "ready_texts", "hint", "required")
    return {**dict.fromkeys(keys), **told}


def _choices(answers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: answer[key] for key in ("id", "title", "role")} for answer in answers]


def _island_answer(told: Mapping[str, Any], handbook: Handbook, language: str) -> dict[str, Any]:
    """The form of an answer for the script, without what only the page shows."""
    names = {"answer_set": "set", "minimum": "min", "maximum": "max", "row": "row"}
    found = {"type": told["type"], **{to: told[key] for key, to in names.items() if key in told}}
    if "fields" in told:
        keys = {"id": "id", "title": "title", "type": "type", "required": "required", **names}
        found["fields"] = [
            {to: field[key] for key, to in keys.items() if key in field} for field in told["fields"]
        ]
    if "ready_texts" in told:
        ready = told["ready_texts"]
        found["ready"] = {
            **{key: ready[key] for key in ("into", "choice") if key in ready},
            "texts": [
                {
                    "id": item.id,
                    "title": item.title[language],
                    "text": item.data["wording"][language].strip(),
                    **({"choice": item.data["choice"]} if "choice" in item.data else {}),
                }
                for item in handbook.items
                if item.kind == "ready-text" and item.data["library"] == ready["library"]
            ],
        }
    return found


def _for_script(data: Any) -> str:
    """JSON that can stand in a script element: no ``<`` can end it early."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
