"""What ``![[report …]]`` shows: the versions, the translations, and what is due to be looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tebiki.compiling.page_text import Text
from tebiki.locales import words
from tebiki.model.handbook import Handbook
from tebiki.model.review_dates import reviews, unplanned
from tebiki.model.translation_units import translation_states


def translations_report(handbook: Handbook, text: Text, titles: dict[str, str]) -> dict[str, Any]:
    """How many pieces of each language are current, stale and missing, and which are not current."""
    languages = []
    for entry in handbook.data["languages"][1:]:
        states = translation_states(handbook, entry["code"])
        counts = Counter(states.values())
        languages.append(
            {
                "code": entry["code"],
                "name": entry["name"],
                "counts": [(state, counts[state]) for state in ("current", "stale", "missing")],
                "open": [
                    {"state": state, "title": titles.get(unit, unit), "href": _href(unit, text)}
                    for unit, state in states.items()
                    if state != "current"
                ],
            }
        )
    return {"languages": languages}


def review_report(handbook: Handbook, text: Text, language: str) -> dict[str, Any]:
    """What is to be looked at again, the first due first; no clock is asked whether that day has come."""
    owners = {owner["id"]: owner["title"][language] for owner in handbook.data.get("owners", ())}
    entries = [
        {
            "title": one.title[language],
            "href": text.href(one.id),
            "owner": owners.get(one.owner or "", ""),
            "last_reviewed": one.last_reviewed or "",
            "review_by": one.review_by,
        }
        for one in reviews(handbook)
    ]
    return {"entries": entries, "unplanned": unplanned(handbook)}


def overlay_report(
    handbook: Handbook, text: Text, titles: Mapping[str, str], language: str
) -> dict[str, Any]:
    """What an institution has added to the handbook that its own is made from, and what it does not show."""
    about = handbook.overlay
    assert about is not None  # check refuses this report elsewhere
    t = words(language, "site")["overlay"]
    guidance = [
        {
            "title": item.title[language],
            "href": text.href(item.id),
            "within": titles[item.data["under"].partition("#")[0]],
            "text": "",
        }
        for item in handbook.items
        if item.kind == "guidance"
    ]
    questions = [
        {
            "title": question.data["question"][language],
            "href": f"{text.href(checklist.id).partition('#')[0]}#{question.id}",
            "within": titles[checklist.id],
            "text": "",
        }
        for checklist in handbook.current_checklists
        for question in checklist.questions
        if question.local and not question.retired
    ]
    hidden = [
        {"title": titles[one], "href": text.href(one), "within": "", "text": told["reason"][language]}
        for one, told in about.hidden.items()
    ]
    lists = [(t["about_guidance"], guidance), (t["about_questions"], questions), (t["about_hidden"], hidden)]
    upstream = {"title": about.upstream_named["title"][language], "version": about.upstream_named["version"]}
    return {"upstream": upstream, "lists": lists}


def _href(unit: str, text: Text) -> str | None:
    """Where a piece stands: an item, a page or a checklist has an address, a question that of its checklist."""
    try:
        return text.href(unit.partition("#")[0])
    except KeyError:
        return None
