"""Corrects the markup of Markdown and of the theme that checkers of HTML and accessibility, or browsers, complain of."""

from __future__ import annotations

import html
import re

from tebiki.locales import words

#: Material's own markup → what the standard allows. Its templates have no block around these places.
_CORRECTIONS = (
    # an empty number: the label is of a section that is always open, and needs no focus
    (b' tabindex=""', b""),
    # a check box has no text to complete
    (b' type="checkbox" id="__search" autocomplete="off"', b' type="checkbox" id="__search"'),
    # the addresses of headings: for the pointer alone, so that no heading ends with the name of the sign
    (b'<a class="headerlink" ', b'<a class="headerlink" aria-hidden="true" tabindex="-1" '),
    # the label leads back from the menu of a section; the others of its kind are headings
    (b'<label class="md-nav__title" for="__nav_', b'<label class="md-nav__title" tabindex="0" for="__nav_'),
    (
        b'<label class="md-nav__link md-nav__link--active" for="__toc"',
        b'<label class="md-nav__link md-nav__link--active" tabindex="0" for="__toc"',
    ),
    # an address without a fragment has no target; Firefox warns of an empty id
    (
        b"var target=document.getElementById(location.hash.slice(1));target&&",
        b"var target=location.hash&&document.getElementById(location.hash.slice(1));target&&",
    ),
)
_DRAWER = b' type="checkbox" id="__drawer" autocomplete="off"'
#: Firefox fetches the next page ahead, which the policy of the page refuses.
_NEXT_PAGE = re.compile(rb'<link rel="next" href="[^"]*">\s*')
#: The page of a section shows its contents without the check box that this label is for.
_TOC_LABEL = (b'<label class="md-nav__title" for="__toc">', b'<label class="md-nav__title">')
#: Material names the menu of a section after a label that is missing or holds an icon alone.
_SECTION_MENU = re.compile(
    rb'(?P<menu><nav class="md-nav" data-md-level="\d+" aria-labelledby=")(?P<id>__nav_\w+)_label" aria-expanded="\w+"'
    rb'(?P<before>>\s*<label class="md-nav__title" )(?=[^>]*for="(?P=id)")'
)
_BACK_LINK = re.compile(rb'(?P<before><a class="footnote-backref" [^>]*)title="(?P<title>[^"]*)"')

_HEADING_OR_TABLE = re.compile(rb'<h[1-6] id="(?P<id>[^"]+)"|<table>(?P<inside>.*?)</table>', re.DOTALL)
_HEAD_CELL = re.compile(rb"<th(?=[ >])")

_CHARACTERS = "々ぁ-ゟ゠-ヿ㐀-䶿一-鿿豈-﫿"
_JAPANESE = f"[{_CHARACTERS}]"
# the two are compiled when they are used: pages in Japanese need neither, and sets of many ranges are slow to compile
_JAPANESE_WORDS = (
    rf"[「『（《【]?(?<!\w)\w*{_JAPANESE}(?:[\w「」『』《》【】、。・〜～－]|（\w*{_JAPANESE}\w*）)*"
)
# a text after a tag, read up to its first Japanese character once; what may hold no element is passed over
_TEXT = (
    r"(?s)<(?P<whole>script|style|textarea|title|option|svg)\b.*?</(?P=whole)>"
    rf'|(?P<tag></?[a-z][^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>)(?P<text>[^<{_CHARACTERS}]*+{_JAPANESE}[^<]*)'
)
#: Languages that are written with characters of Japanese too.
_HAN_LANGUAGES = frozenset(("ja", "zh", "ko", "yue"))


def standard_markup(page: bytes, language: str) -> bytes:
    """Correct one finished page, and put each Markdown table into a frame that can be scrolled by keys.

    The table and its frame are labelled by the heading above. A table with attributes comes from a template, which
    has made its frame. The table gets a class, so that Material's script adds no frame of its own.

    Args:
        page: The page as it was built.
        language: The language of the page.
    """
    for theme_markup, correction in _CORRECTIONS:
        page = page.replace(theme_markup, correction)
    menu = html.escape(words(language, "site")["menu"])
    page = page.replace(_DRAWER, f' type="checkbox" id="__drawer" aria-label="{menu}"'.encode())
    page = _NEXT_PAGE.sub(b"", page)
    if b'id="__toc"' not in page:
        page = page.replace(*_TOC_LABEL)
    page = _SECTION_MENU.sub(rb'\g<menu>\g<id>_title"\g<before>id="\g<id>_title" ', page)
    page = _BACK_LINK.sub(rb'\g<before>title="\g<title>" aria-label="\g<title>"', page)
    if b"<table>" in page:
        page = _with_frames(page)
    return page if language.partition("-")[0] in _HAN_LANGUAGES else _with_japanese_marked(page)


def _with_frames(page: bytes) -> bytes:
    heading = b""

    def add_frame(match: re.Match[bytes]) -> bytes:
        nonlocal heading
        if match["id"]:
            heading = match["id"]
            return match[0]
        inside = _HEAD_CELL.sub(b'<th scope="col"', match["inside"])
        return (
            b'<div class="tb-table-wrap" tabindex="0" role="group" aria-labelledby="%s">'
            b'<table class="tb-plain-table" aria-labelledby="%s">%s</table></div>'
            % (heading, heading, inside)
        )

    return _HEADING_OR_TABLE.sub(add_frame, page)


def _with_japanese_marked(page: bytes) -> bytes:
    """Mark Japanese words in a page of another language (WCAG 2.2, 3.1.2), for voices and fonts."""

    def mark(match: re.Match[str]) -> str:
        if match["whole"] or ' lang="ja' in match["tag"]:
            return match[0]
        return match["tag"] + re.sub(_JAPANESE_WORDS, r'<span lang="ja">\g<0></span>', match["text"])

    return re.sub(_TEXT, mark, page.decode()).encode()
