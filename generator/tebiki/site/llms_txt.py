"""llms.txt: a description of the handbook and a list of its pages, for programs that read for people.

There is one at the root of the site and one for each language, in the format of https://llmstxt.org/: a
title, a summary as a quotation, remarks, then sections with lists of links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tebiki.compiling.site_words import site_words
from tebiki.locales import words
from tebiki.model.handbook import Handbook, Page
from tebiki.model.markup import escape_markdown
from tebiki.model.navigation import navigation_sections, pages_without_section
from tebiki.model.page_status import page_status
from tebiki.model.site_layout import OPEN_DATA_FOLDER

FILE_NAME = "llms.txt"


def llms_files(handbook: Handbook, languages: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files by their path in the site. Links begin with ``site_url`` where the handbook has one."""
    address = handbook.site.get("site_url") or ""
    root = f"{address.rstrip('/')}/" if address else ""
    lines = {f"{language}/{FILE_NAME}": _language_lines(handbook, language, root) for language in languages}
    lines[FILE_NAME] = _site_lines(handbook, languages, root)
    return {path: ("\n".join(text) + "\n").encode() for path, text in lines.items()}


def _language_lines(handbook: Handbook, language: str, root: str) -> Iterator[str]:
    yield from _head(handbook, language)
    texts = site_words(handbook, language)
    yield from (texts["llms_standings"], "")
    for status, meaning in texts["status_says"].items():
        yield f"- {_escape(texts['status'][status])}: {_escape(meaning)}"
    base = f"{root}{language}/" if root else ""
    groups = [(texts["home"], pages_without_section(handbook))]
    groups += [(section.title[language], section.pages) for section in navigation_sections(handbook)]
    for title, pages in groups:
        yield from ("", f"## {_escape(title)}", "")
        yield from (_page_line(handbook, page, language, base) for page in pages)
    yield from ("", "## Optional", "", *_data_lines(language, root or "../"))


def _site_lines(handbook: Handbook, languages: tuple[str, ...], root: str) -> Iterator[str]:
    names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
    first, *others = languages
    yield from _head(handbook, first)
    for language in others:
        yield from (*_remarks(handbook, language), "")
    for language in languages:
        description = _escape(handbook.data["description"][language])
        yield from ("", f"## {names[language]}", "")
        yield f"- [{_escape(handbook.data['title'][language])}]({root}{language}/{FILE_NAME}): {description}"
    yield from ("", "## Optional", "", *_data_lines(first, root))


def _head(handbook: Handbook, language: str) -> Iterable[str]:
    data = handbook.data
    summary = ("", f"> {_escape(data['description'][language])}", "")
    return (f"# {_escape(data['title'][language])}", *summary, *_remarks(handbook, language), "")


def _remarks(handbook: Handbook, language: str) -> Iterable[str]:
    data = handbook.data
    facts = [data["title"][language], data["publisher"][language], f"v{data['version']}", data["date"]]
    if "licence" in data:
        facts.append(data["licence"]["title"][language])
    return (_escape(" · ".join(facts)), "", words(language, "site")["llms_note"])


def _page_line(handbook: Handbook, page: Page, language: str, base: str) -> str:
    status = ""
    if status_code := page_status(handbook, page):
        status = f" [{site_words(handbook, language)['status'][status_code]}]"
    title, description = _escape(page.title[language]), _escape(page.description[language])
    return f"- [{title}]({base}{page.path}.html): {description}{status}"


def _data_lines(language: str, root: str) -> Iterable[str]:
    texts = words(language, "site")
    return (f"- [{texts['open_data']}]({root}{OPEN_DATA_FOLDER}/index.json): {texts['open_data_note']}",)


def _escape(text: str) -> str:
    return escape_markdown(text).replace("&amp;", "&").replace("&lt;", "<")
