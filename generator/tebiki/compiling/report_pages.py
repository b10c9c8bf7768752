"""The reports on the handbook itself that a page embeds with ``![[report …]]``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.compiling.page_text import PageText
from tebiki.locales import words
from tebiki.model.checklist import Checklist, Question
from tebiki.model.handbook import Handbook
from tebiki.model.review_dates import count_without_review_date, reviews
from tebiki.model.translation_units import translation_states


def report_context(
    name: str, handbook: Handbook, text: PageText, titles: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Return what the template of the report ``name`` is filled with; that on changes has a class of its own."""
    match name:
        case "review":
            return _review_report(handbook, text, language)
        case "crosswalk":
            return _crosswalk_report(handbook, text, language)
        case "overlay":
            return _overlay_report(handbook, text, titles, language)
        case _:
            return _translations_report(handbook, text, titles)


def _translations_report(handbook: Handbook, text: PageText, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return, per language, the numbers of current, stale and missing translations, and those not current."""
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
                    {
                        "id": unit,
                        "state": state,
                        "title": titles.get(unit, unit),
                        "href": _unit_href(unit, text),
                        "changes": handbook.original_changes.get(f"{entry['code']}/{unit}", ()),
                    }
                    for unit, state in states.items()
                    if state != "current"
                ],
            }
        )
    return {"languages": languages}


def _review_report(handbook: Handbook, text: PageText, language: str) -> dict[str, Any]:
    """Return the planned reviews, the first due first; the report does not depend on the day of the build."""
    owners = {owner["id"]: owner["title"][language] for owner in handbook.data.get("owners", ())}
    entries = [
        {
            "title": review.title[language],
            "href": text.href(review.id),
            "owner": owners.get(review.owner or "", ""),
            "last_reviewed": review.last_reviewed or "",
            "review_by": review.review_by,
        }
        for review in reviews(handbook)
    ]
    return {"entries": entries, "unplanned": count_without_review_date(handbook)}


def _crosswalk_report(handbook: Handbook, text: PageText, language: str) -> dict[str, Any]:
    """Return, per checklist, the questions that take answers from other checklists, and from which.

    Args:
        handbook: The handbook.
        text: Renders texts for the page, and knows the addresses on it.
        language: The language of the page.
    """
    checklists = {checklist.id: checklist for checklist in handbook.current_checklists}

    def entry(checklist: Checklist, question: Question) -> dict[str, Any]:
        page = text.href(checklist.id).partition("#")[0]
        title = question.data["question"][language]
        return {"number": question.number, "title": title, "href": f"{page}#{question.id}"}

    def origins(question: Question) -> Iterator[dict[str, Any]]:
        for origin in question.takes_from:
            other = checklists[origin.checklist]
            source = next(part for part in other.questions if part.id == origin.question)
            yield {**entry(other, source), "checklist": other.head.title[language]}

    tables = []
    for checklist in checklists.values():
        takers = [part for part in checklist.questions if part.takes_from and not part.retired]
        rows = [{**entry(checklist, part), "origins": list(origins(part))} for part in takers]
        if rows:
            tables.append({"title": checklist.head.title[language], "rows": rows})
    return {"tables": tables}


def _overlay_report(
    handbook: Handbook, text: PageText, titles: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Return what an institution adds to its upstream handbook and what it hides of it."""
    overlay = handbook.overlay
    assert overlay is not None  # check refuses this report elsewhere
    overlay_words = words(language, "site")["overlay"]
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
        {
            "title": titles[hidden_id],
            "href": text.href(hidden_id),
            "within": "",
            "text": notice["reason"][language],
        }
        for hidden_id, notice in overlay.hidden.items()
    ]
    lists = [
        (overlay_words["about_guidance"], guidance),
        (overlay_words["about_questions"], questions),
        (overlay_words["about_hidden"], hidden),
    ]
    upstream = {
        "title": overlay.upstream_identity["title"][language],
        "version": overlay.upstream_identity["version"],
    }
    return {"upstream": upstream, "lists": lists}


def _unit_href(unit: str, text: PageText) -> str | None:
    """Return the address of a translation unit; that of a question is the address of its checklist."""
    try:
        return text.href(unit.partition("#")[0])
    except KeyError:
        return None
