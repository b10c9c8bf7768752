"""What the steps after compiling need to know of a handbook."""

from __future__ import annotations

from tebiki.compiling.search_facts import search_facts
from tebiki.model.handbook import Handbook
from tebiki.model.language_facts import LanguageFacts, PrintFacts, PrintPage, PrintSection
from tebiki.model.navigation import navigation_sections


def language_facts(handbook: Handbook, language: str, built_languages: tuple[str, ...]) -> LanguageFacts:
    """Return what the steps after compiling need to know of a handbook in one language.

    Args:
        handbook: The handbook, without errors.
        language: The language.
        built_languages: All languages that are built together.
    """
    return LanguageFacts(
        handbook.words,
        bool(handbook.site.get("site_url")),
        search_facts(handbook, language, built_languages),
        print_facts(handbook, language, built_languages),
    )


def print_facts(handbook: Handbook, language: str, built_languages: tuple[str, ...]) -> PrintFacts:
    """Return what print views need; the arguments are those of ``language_facts``."""
    data = handbook.data
    sections = (
        PrintSection(
            section.id,
            section.title[language],
            tuple(PrintPage(page.id, page.path, page.title[language]) for page in section.pages),
        )
        for section in navigation_sections(handbook)
    )
    return PrintFacts(
        data["title"][language],
        f"{data['publisher'][language]} · v{data['version']} · {data['date']}",
        {
            entry["code"]: entry["name"]
            for entry in data["languages"]
            if entry["code"] in built_languages and entry["code"] != language
        },
        tuple(sections),
    )
