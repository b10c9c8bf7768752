"""The print view: all pages of a section on one page, made of the pages that were built.

Nothing is rendered twice: the article of each page is cut out, and its ids and addresses are rewritten,
so that no id occurs twice and links between pages of the section stay inside.
"""

from __future__ import annotations

import functools
import html
import posixpath
import re
from collections.abc import Iterator, Mapping

from tebiki.locales import words
from tebiki.model.language_facts import PrintFacts, PrintPage, PrintSection
from tebiki.model.site_layout import PRINT_FOLDER

_ARTICLE = '<article class="md-content__inner md-typeset">'
_ARTICLE_END = "</article>"
_SEARCH_NOTE = " data-search-note"
# what Material and the handbook add to the text of a page and is of no use on paper
_SCREEN_ONLY = re.compile(
    r'<script\b.*?</script>|<a class="headerlink".*?</a>|<aside class="tb-page-foot".*?</aside>', re.DOTALL
)
# the same for a form: attributes and links that serve the script
_FORM = "<tebiki-checklist"
_INPUT_ONLY = re.compile(
    r'<a class="tf-item__link".*?</a>'
    r'|<nav class="tf-outline".*?</nav>'
    r'|\s(?:autocomplete|spellcheck|writingsuggestions|data-(?:item|rev|field|office|reason|checklist|row|part|content|choice))(?![\w-])(?:="[^"]*")?(?=[^<>]*>)'
    r'|(?<=") name="[^"]*" value="[^"]*"(?=>)'
    r'|\saria-describedby="[^"]*-(?:help|hint)"|(?<=<p class="tf-field__hint") id="[^"]*"',
    re.DOTALL,
)
_REFERENCE = re.compile(
    r'(?P<before>\s(?P<name>id|for|(?:xlink:)?href|src|headers|popovertarget|aria-(?:labelledby|describedby|controls|owns|details))=")'
    r'(?P<value>[^"]*)"'
)
# a labelled section is a landmark, and the sections of several forms have the same labels
_LABELLED_SECTION = re.compile(r'(?P<before><section\b[^>]*?)\saria-labelledby="[^"]*"')
_DRAWING_REFERENCE = re.compile(r"url\(#(?P<id>[^)\s]+)\)")
_TARGET = re.compile(r'\sid="(?P<id>[^"]*--[^"]*)"')
_STYLE_OR_ICON = re.compile(r'<link rel="(?P<rel>stylesheet|icon)" href="(?P<href>[^"]+)">')
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


def print_pages(facts: PrintFacts, language: str, pages: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Make the print view of each section.

    Args:
        facts: What the handbook knows of the sections.
        language: The language of the pages.
        pages: The finished pages, by their path in the folder of ``language`` ("procedure/four-steps.html").

    Yields:
        The path of a print view in the folder of ``language``, and the page without its policy.
    """
    for section in facts.sections:
        yield f"{PRINT_FOLDER}/{section.id}.html", _section(facts, language, section, pages).encode()


def _section(facts: PrintFacts, language: str, section: PrintSection, pages: Mapping[str, bytes]) -> str:
    texts = words(language, "site")
    files = {f"{page.path}.html": page.id for page in section.pages}
    links: dict[str, None] = {}
    articles: list[str] = []
    referenced: set[str] = set()
    for page in section.pages:  # one page at a time: a section can have thousands
        file = f"{page.path}.html"
        built = pages[file].decode()
        links |= dict.fromkeys(_styles_and_icons(built, file))
        articles.append(_article(built, page, files, referenced))
    # a print view has no links to its headings: an id that nothing refers to is of no use
    for number, article in enumerate(articles):
        articles[number] = _TARGET.sub(lambda match: match[0] if match["id"] in referenced else "", article)
    title, site_name, edition = map(html.escape, (section.title, facts.site_name, facts.edition))
    contents = "".join(
        f'<li><a href="#{page.id}">{html.escape(page.title)}</a></li>' for page in section.pages
    )
    other_languages = "".join(
        f'<a href="../../{code}/{PRINT_FOLDER}/{section.id}.html" lang="{code}" hreflang="{code}">{html.escape(name)}</a>'
        for code, name in facts.other_languages.items()
    )
    first = f"../{section.pages[0].path}.html"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">\n'
        f"<title>{title} - {site_name}</title>\n"
        + "\n".join(links)
        + '</head>\n<body class="tb-print" dir="ltr" data-md-color-scheme="default"'
        ' data-md-color-primary="custom" data-md-color-accent="custom">\n'
        f'<header class="tb-print__bar"><a href="{first}">{texts["print_back"]}</a> {other_languages}</header>\n'
        '<main class="md-typeset">\n'
        f'<div class="tb-print__cover"><p>{site_name}</p><h1>{title}</h1><p>{edition}</p>'
        f'<nav aria-label="{texts["print_contents"]}"><ol>{contents}</ol></nav>'
        f'<p class="tb-print__note">{texts["print_note"]}</p></div>\n'
        + "\n".join((*articles, "</main>\n</body>\n</html>\n"))
    )


def _styles_and_icons(page: str, file: str) -> Iterator[str]:
    """Yield the links in the head of ``page``, which is at ``file``."""
    for match in _STYLE_OR_ICON.finditer(page, 0, page.index("</head>")):
        yield f'<link rel="{match["rel"]}" href="{_from_print_view(match["href"], file)}">'


def _article(page_html: str, page: PrintPage, files: Mapping[str, str], referenced: set[str]) -> str:
    """The article of one page for the print view.

    Args:
        page_html: The page as it was built.
        page: The page of the handbook.
        files: File → page id of all pages of the print view.
        referenced: Gets the ids in the print view that the article refers to.
    """
    file = f"{page.path}.html"
    start = page_html.index(_ARTICLE) + len(_ARTICLE)
    article = _SCREEN_ONLY.sub("", page_html[start : page_html.index(_ARTICLE_END, start)])
    article = article.replace(_SEARCH_NOTE, "")
    if _FORM in article:
        article = _INPUT_ONLY.sub("", article)
    article = _LABELLED_SECTION.sub(r"\g<before>", article)

    def replace(match: re.Match[str]) -> str:
        name, value = match["name"], match["value"]
        if not name.endswith(("href", "src")):
            value = " ".join(_unique_id(page.id, anchor) for anchor in value.split())
        elif not _ABSOLUTE.match(value):
            path, mark, anchor = value.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
            if target in files:
                value = f"#{_unique_id(files[target], anchor)}" if anchor else f"#{files[target]}"
            else:
                value = _from_print_view(path, file) + mark + anchor
        if name != "id":
            referenced.update(value.removeprefix("#").split())
        return f'{match["before"]}{value}"'

    def replace_in_drawing(match: re.Match[str]) -> str:
        target = _unique_id(page.id, match["id"])
        referenced.add(target)
        return f"url(#{target})"

    article = _REFERENCE.sub(replace, article)
    article = _DRAWING_REFERENCE.sub(replace_in_drawing, article)
    # on paper nothing can be unfolded
    article = article.replace('<details class="tb-fold"', '<details class="tb-fold" open')
    return f'<section class="tb-print__page" id="{page.id}">\n{article.strip()}\n</section>'


def _unique_id(page_id: str, anchor: str) -> str:
    """An id of a page in the print view. No id has two hyphens in a row, so it is unique."""
    return f"{page_id}--{anchor}"


@functools.cache
def _from_print_view(path: str, file: str) -> str:
    """The address ``path`` in the page ``file``, relative to the print view."""
    # not relpath, which takes what leads out of the folder of the language from the current folder
    return posixpath.join("..", posixpath.normpath(posixpath.join(posixpath.dirname(file), path)))
