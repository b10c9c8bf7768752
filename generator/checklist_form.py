"""What the form of one checklist needs: for the template, and for the script in the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from generator.canonical import digest
from generator.localise import localise, words
from generator.model import Checklist, Handbook, SourceReference
from generator.text import Text

SourcesHtml = Callable[[tuple[SourceReference, ...], str | None], Markup]


def form_context(
    handbook: Handbook, checklist: Checklist, language: str, text: Text, sources_html: SourcesHtml
) -> dict[str, Any]:
    """The context of ``checklist_form.html.jinja``; its ``island`` is the script's data as JSON.

    The digest of a checklist is taken over its data in all languages, so that the same answers can
    be read on the page of any language.
    """
    languages = handbook.languages
    answer_set = next(s for s in handbook.answer_sets if s.id == checklist.answer_set)
    answers = localise(answer_set.data["answers"], language, languages)
    strings = words(language, "form")
    stated = checklist.head.status
    version = {"id": checklist.id, "version": checklist.version, "digest": digest(checklist.head.data)}
    sections: list[dict[str, Any]] = []
    island_sections: list[dict[str, Any]] = []
    for section, items in checklist.sections:
        named = localise(
            {k: v for k, v in section.items() if k in ("id", "title", "text")}, language, languages
        )
        shown = []
        brief = []
        for item in items:
            data = localise(item.data, language, languages)
            status = "retired" if item.retired else "active"
            shown.append(
                {
                    **data,
                    "status": status,
                    "help_html": text.block(data["help"]),
                    "criteria": data.get("criteria", []),
                    "evidence": {"examples": [], **data["evidence"]},
                    "office": data.get("office"),
                    "when": item.when,
                    "sources_html": sources_html(item.sources, stated),
                }
            )
            brief.append(
                {
                    **{key: data[key] for key in ("id", "rev", "number", "question")},
                    "status": status,
                    "na": item.na_allowed,
                    "evidence": data["evidence"]["wanted"],
                    "when": item.when,
                    **({"replaces": item.replaces} if item.replaces else {}),
                }
            )
        section_text = {"text_html": text.block(named["text"])} if "text" in named else {}
        sections.append({"id": named["id"], "title": named["title"], **section_text, "items": shown})
        island_sections.append({"id": named["id"], "title": named["title"], "items": brief})
    data = checklist.head.data
    audiences = {one["id"]: one["title"][language] for one in handbook.data["audiences"]}
    island = {
        "handbook": {"id": handbook.data["id"], "version": handbook.data["version"]},
        "lang": language,
        "checklist": {**version, "title": data["title"][language], "sections": island_sections},
        "answers": [{key: answer[key] for key in ("id", "title", "role")} for answer in answers],
        "strings": strings,
    }
    return {
        "checklist": {
            **version,
            "title": data["title"][language],
            "text_html": text.block(data["text"][language]),
            "minutes": data.get("minutes"),
            "audience": audiences[data["audience"]],
            "sources_html": sources_html(checklist.head.sources, stated),
            "sections": sections,
        },
        "answers": [{"text": None, **answer} for answer in answers],
        "t": strings,
        "island": Markup(_for_script(island)),
    }


def _for_script(data: Any) -> str:
    """JSON that can stand in a script element: no ``<`` can end it early."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
