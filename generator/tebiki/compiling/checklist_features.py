"""The parts of the data in the page of a checklist that few checklists use."""

from __future__ import annotations

from typing import Any

from tebiki.locales import words
from tebiki.model.checklist import Checklist
from tebiki.model.handbook import Handbook
from tebiki.model.placement import titles_by_id


def used_strings(checklist: Checklist, language: str) -> dict[str, Any]:
    """Return the messages of the form, without those of features that the checklist does not use."""
    data = [question.data for question in checklist.questions]
    formats = (
        field
        for part in data
        for field in (part.get("answer", {}), *part.get("answer", {}).get("fields", ()))
    )
    uses = {
        "formats": any("format" in field for field in formats),
        "levels": bool(checklist.levels),
        "results": bool(checklist.results),
        "advice": any("advice" in part for part in data),
        "proposal": any("default" in part for part in data),
        "required": False,  # only the page shows it, as the next one
        "evidence": False,
    }
    return {key: value for key, value in words(language, "form").items() if uses.get(key, True)}


def levels_and_results(handbook: Handbook, checklist: Checklist, language: str) -> dict[str, Any]:
    """Return whether an institution answers, the levels and the running results; only what the checklist has."""
    titles = titles_by_id(handbook, language) if checklist.results else {}
    levels = [{"id": level["id"], "title": level["title"][language]} for level in checklist.levels]
    results = [
        {
            "id": result.id,
            "title": result.data["title"][language],
            "when": result.data["when"],
            "sources": [f"{titles[source.source]}, {source.place_in(language)}" for source in result.sources],
        }
        for result in checklist.results
    ]
    return {
        **({"institution": True} if handbook.asks_institutions(checklist) else {}),
        **({"levels": levels} if levels else {}),
        **({"results": results} if results else {}),
    }
