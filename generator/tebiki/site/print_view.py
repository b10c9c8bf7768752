"""The print view: all pages of a section on one page, put together from the pages that MkDocs built.

Nothing is rendered twice: the article of each page is cut out between two marks, and what in it
names an id or an address is rewritten, so that no id occurs twice and links between pages of the
section stay inside.
"""

from __future__ import annotations

import functools
import html
import posixpath
import re
from collections.abc import Mapping

from tebiki.locales import words
from tebiki.model.handbook import Handbook, Page
from tebiki.model.navigation import NavigationSection, navigation_sections
from tebiki.model.site_layout import PRINT_FOLDER

_ARTICLE = '<article class="md-content__inner md-typeset">'
_ARTICLE_END = "</article>"
# what Material and the handbook put around the text of a page, which is of no use on paper
_LEFT_OUT = re.compile(
    r'<script\b.*?</script>|<a class="headerlink".*?</a>|<aside class="tb-page-foot".*?</aside>', re.DOTALL
)
# the same of what a form has for being filled in
_FORM = "<tebiki-checklist"
_FOR_FILLING_IN = re.compile(
    r'<a class="tf-item__link".*?</a>'
    r'|\s(?:autocomplete|spellcheck|writingsuggestions|data-(?:item|rev|field|office|reason|checklist|row|part|content|choice))(?![\w-])(?:="[^"]*")?(?=[^<>]*>)'
    r'|(?<=") name="[^"]*" value="[^"]*"(?=>)'
    r'|\saria-describedby="[^"]*-(?:help|hint)"|(?<=<p class="tf-field__hint") id="[^"]*"',
    re.DOTALL,
)
_REFERENCE = re.compile(
    r'(?P<before>\s(?P<name>id|for|(?:xlink:)?href|src|headers|popovertarget|aria-(?:labelledby|describedby|controls|owns|details))=")'
    r'(?P<value>[^"]*)"'
)
# a part with a name is a landmark, and on a page that holds several forms their parts have the same names
_NAMED_PART = re.compile(r'(?P<before><section\b[^>]*?)\saria-labelledby="[^"]*"')
_DRAWN = re.compile(r"url\(#(?P<id>[^)\s]+)\)")  # how a drawing refers to a part of itself
_LOOK = re.compile(r'<link rel="(?P<rel>stylesheet|icon)" href="(?P<href>[^"]+)">')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")


def print_pages(
    handbook: Handbook, language: str, beside: tuple[str, ...], built: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The print view of each section: its path in the folder of ``language`` → the finished page.

    ``built`` holds the pages as MkDocs wrote them, by their path ("procedure/four-steps.html");
    ``beside`` are the languages that are built together.
    """
    return {
        f"{PRINT_FOLDER}/{section.id}.html": _section(handbook, language, beside, section, built).encode()
        for section in navigation_sections(handbook)
    }


def _section(
    handbook: Handbook,
    language: str,
    beside: tuple[str, ...],
    section: NavigationSection,
    built: Mapping[str, bytes],
) -> str:
    t = words(language, "site")
    files = {f"{page.path}.html": page.id for page in section.pages}
    texts = {file: built[file].decode() for file in files}
    title = html.escape(section.title[language])
    site_name = html.escape(handbook.data["title"][language])
    about = html.escape(
        f"{handbook.data['publisher'][language]} · v{handbook.data['version']} · {handbook.data['date']}"
    )
    look = dict.fromkeys(
        f'<link rel="{match["rel"]}" href="{_from_print(match["href"], file)}">'
        for file in files
        for match in _LOOK.finditer(texts[file], 0, texts[file].index("</head>"))
    )
    contents = "".join(
        f'<li><a href="#{page.id}">{html.escape(page.title[language])}</a></li>' for page in section.pages
    )
    others = "".join(
        f'<a href="../../{one["code"]}/{PRINT_FOLDER}/{section.id}.html" lang="{one["code"]}"'
        f' hreflang="{one["code"]}">{html.escape(one["name"])}</a>'
        for one in handbook.data["languages"]
        if one["code"] in beside and one["code"] != language
    )
    articles = "\n".join(_article(texts[f"{page.path}.html"], page, files) for page in section.pages)
    first = f"../{section.pages[0].path}.html"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">\n'
        f"<title>{title} - {site_name}</title>\n"
        + "\n".join(look)
        + '</head>\n<body class="tb-print" dir="ltr" data-md-color-scheme="default"'
        ' data-md-color-primary="custom" data-md-color-accent="custom">\n'
        f'<header class="tb-print__bar"><a href="{first}">{t["print_back"]}</a> {others}</header>\n'
        '<main class="md-typeset">\n'
        f'<div class="tb-print__cover"><p>{site_name}</p><h1>{title}</h1><p>{about}</p>'
        f'<nav aria-label="{t["print_contents"]}"><ol>{contents}</ol></nav>'
        f'<p class="tb-print__note">{t["print_note"]}</p></div>\n'
        f"{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(text: str, page: Page, files: Mapping[str, str]) -> str:
    """The article of one page for the print view; ``files`` gives the page ids of those printed with it."""
    file = f"{page.path}.html"
    start = text.index(_ARTICLE) + len(_ARTICLE)
    own = _LEFT_OUT.sub("", text[start : text.index(_ARTICLE_END, start)])
    if _FORM in own:
        own = _FOR_FILLING_IN.sub("", own)
    own = _NAMED_PART.sub(r"\g<before>", own)

    def replace(match: re.Match[str]) -> str:
        name, value = match["name"], match["value"]
        if not name.endswith(("href", "src")):
            value = " ".join(_inside(page.id, one) for one in value.split())
        elif not _ELSEWHERE.match(value):
            path, mark, anchor = value.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
            if target in files:
                value = f"#{_inside(files[target], anchor)}" if anchor else f"#{files[target]}"
            else:
                value = _from_print(path, file) + mark + anchor
        return f'{match["before"]}{value}"'

    own = _DRAWN.sub(lambda match: f"url(#{_inside(page.id, match['id'])})", _REFERENCE.sub(replace, own))
    # on paper nothing can be unfolded
    own = own.replace('<details class="tb-fold"', '<details class="tb-fold" open')
    return f'<section class="tb-print__page" id="{page.id}">\n{own.strip()}\n</section>'


def _inside(page_id: str, anchor: str) -> str:
    """An id of a page as it stands in the print view: two hyphens are in no id, so it is unique."""
    return f"{page_id}--{anchor}"


@functools.cache
def _from_print(path: str, file: str) -> str:
    """The address ``path``, as it stands in the page ``file``, seen from the print view."""
    return posixpath.relpath(posixpath.join(posixpath.dirname(file), path), PRINT_FOLDER)
