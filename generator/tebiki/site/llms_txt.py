"""llms.txt: what the handbook is and where its pages are, for programs that read for people.

One at the root of the site and one for each language, in the form of https://llmstxt.org/: a title, a summary
as a quotation, remarks, then sections with lists of links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tebiki.locales import words
from tebiki.model.handbook import Handbook, Page
from tebiki.model.markup import escape_markdown
from tebiki.model.navigation import navigation_sections, pages_without_section
from tebiki.model.site_layout import OPEN_DATA_FOLDER

NAME = "llms.txt"


def write_llms_txt(handbook: Handbook, site: Path, languages: tuple[str, ...]) -> None:
    """Write the files into the finished ``site``. Links are complete where ``site_url`` is known."""
    address = handbook.site.get("site_url") or ""
    root = f"{address.rstrip('/')}/" if address else ""
    for language in languages:
        text = "\n".join(_of_language(handbook, language, root))
        (site / language / NAME).write_text(text + "\n", encoding="utf-8")
    text = "\n".join(_of_all(handbook, languages, root))
    (site / NAME).write_text(text + "\n", encoding="utf-8")


def _of_language(handbook: Handbook, language: str, root: str) -> Iterator[str]:
    yield from _head(handbook, language)
    t = words(language, "site")
    yield from (t["llms_standings"], "")
    yield from (f"- {_line(t['status'][name])}: {_line(t['status_says'][name])}" for name in t["status_says"])
    here = f"{root}{language}/" if root else ""
    groups = [(t["home"], pages_without_section(handbook))]
    groups += [(section.title[language], section.pages) for section in navigation_sections(handbook)]
    for title, pages in groups:
        yield from ("", f"## {_line(title)}", "")
        yield from (_page(handbook, page, language, here) for page in pages)
    yield from ("", "## Optional", "", *_data(language, root or "../"))


def _of_all(handbook: Handbook, languages: tuple[str, ...], root: str) -> Iterator[str]:
    names = {entry["code"]: entry["name"] for entry in handbook.data["languages"]}
    first, *others = languages
    yield from _head(handbook, first)
    for language in others:
        yield from (*_about(handbook, language), "")
    for language in languages:
        description = _line(handbook.data["description"][language])
        yield from ("", f"## {names[language]}", "")
        yield f"- [{_line(handbook.data['title'][language])}]({root}{language}/{NAME}): {description}"
    yield from ("", "## Optional", "", *_data(first, root))


def _head(handbook: Handbook, language: str) -> Iterable[str]:
    data = handbook.data
    summary = ("", f"> {_line(data['description'][language])}", "")
    return (f"# {_line(data['title'][language])}", *summary, *_about(handbook, language), "")


def _about(handbook: Handbook, language: str) -> Iterable[str]:
    data = handbook.data
    about = [data["title"][language], data["publisher"][language], f"v{data['version']}", data["date"]]
    if "licence" in data:
        about.append(data["licence"]["title"][language])
    return (_line(" · ".join(about)), "", words(language, "site")["llms_note"])


def _page(handbook: Handbook, page: Page, language: str, here: str) -> str:
    status = ""
    if "editorial" not in page.head.data:
        standing = handbook.status_of(page.head.status, page.head.sources)
        status = f" [{words(language, 'site')['status'][standing]}]"
    title, description = _line(page.title[language]), _line(page.description[language])
    return f"- [{title}]({here}{page.path}.html): {description}{status}"


def _data(language: str, root: str) -> Iterable[str]:
    t = words(language, "site")
    return (f"- [{t['open_data']}]({root}{OPEN_DATA_FOLDER}/index.json): {t['open_data_note']}",)


def _line(text: str) -> str:
    return escape_markdown(text).replace("&amp;", "&").replace("&lt;", "<")
