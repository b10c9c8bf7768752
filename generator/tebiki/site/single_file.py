"""One HTML file with the form of a checklist, made from its page in a built site.

The file holds the form, its tools, words, styles and scripts. Its policy allows no connection: it works from a mail
attachment or a USB stick.
"""

from __future__ import annotations

import base64
import hashlib
import html
import mimetypes
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tebiki.model.message import Message, MessageError
from tebiki.site.built_site import BuiltSite, read_built_site

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]+)"')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_BODY = re.compile(r"<body[^>]*>")
_LANGUAGE = re.compile(r'<html lang="(?P<code>[^"]+)"')
_ARTICLE, _ARTICLE_END = '<article class="md-content__inner', "</article>"
_FOOT = re.compile(r'<aside class="tb-page-foot".*?</aside>', re.DOTALL)
_SCRIPT = re.compile(r"<script(?![^>]*application/json)[^>]*>.*?</script>", re.DOTALL)
_LOCAL_LINK = re.compile(r'(<a\b[^>]*?) href="(?!#|https?:|mailto:)[^"]*"')
_PICTURE = re.compile(r'(?P<before><(?:img|source)\b[^>]*? src=")(?P<path>(?!data:)[^"]+)"')
#: What ends a script element early, or makes a parser read on behind it.
_ENDS_SCRIPT = re.compile(r"<(?=/script|!--|script)", re.IGNORECASE)


class NoFormError(MessageError):
    """The site has no form of the checklist in the language."""


def single_file(site: Path, checklist: str, language: str | None = None) -> bytes:
    """Return the HTML file with the form of a checklist.

    Args:
        site: A site that Tebiki built.
        checklist: The id of the checklist.
        language: The language of the page; the first of the site when it is left out.

    Raises:
        NoSiteError: ``site`` was not built by Tebiki, or its page leads out of it.
        ForeignFolderError: Something in it is a link.
        NoFormError: It has no such form.
    """
    built = read_built_site(site)
    languages = _languages(built)
    if language is not None and language not in languages:
        raise NoFormError(
            Message("site.offline.no-language", folder=str(site), language=language, known=tuple(languages))
        )
    folder = site / (language or languages[0])
    form = f'<tebiki-checklist data-checklist="{checklist}">'
    for path in sorted(folder.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if form in page and "/print/" not in path.as_posix():
            return _file(page, path, folder, built).encode()
    known = _known_forms(folder)
    raise NoFormError(
        Message("site.offline.no-form", folder=str(folder), checklist=checklist, known=known)
        if known
        else Message("site.offline.no-forms", folder=str(folder), checklist=checklist)
    )


def _languages(built: BuiltSite) -> tuple[str, ...]:
    """The languages that have forms."""
    return tuple(code for code in built.languages if (built.folder / code / "assets/form-words.js").is_file())


def _known_forms(folder: Path) -> tuple[str, ...]:
    forms = set()
    for path in folder.rglob("*.html"):
        forms.update(
            re.findall(r'<tebiki-checklist data-checklist="([^"]+)">', path.read_text(encoding="utf-8"))
        )
    return tuple(sorted(forms))


def _file(page: str, path: Path, folder: Path, built: BuiltSite) -> str:
    styles = [
        built.file(path, html.unescape(match["href"])).read_text(encoding="utf-8")
        for match in _STYLESHEET.finditer(page)
    ]
    scripts = [_script_text(script) for script in _scripts(folder)]
    language, title, body = _LANGUAGE.search(page), _TITLE.search(page), _BODY.search(page)
    assert language and title and body
    style = "\n".join(style.partition("/*# sourceMappingURL")[0] for style in styles).replace("</", "<\\/")
    elements = "\n".join(f"<script>{text}</script>" for text in scripts)
    policy = _policy([style], scripts)
    return f"""<!doctype html>
<html lang="{language["code"]}" class="js">
<head>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
{title[0]}
<style>{style}</style>
</head>
{body[0]}
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--secondary" aria-hidden="true"></div><div class="md-content">
{_article(page, path, built)}
</div></div></main></div>
{elements}
</body>
</html>
"""


def _article(page: str, path: Path, built: BuiltSite) -> str:
    """The article without what leads to other pages or is run by them."""
    start, end = page.index(_ARTICLE), page.rindex(_ARTICLE_END) + len(_ARTICLE_END)
    article = _SCRIPT.sub("", _FOOT.sub("", page[start:end]))

    def embedded(match: re.Match[str]) -> str:
        file = built.file(path, html.unescape(match["path"]))
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return f'{match["before"]}data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"'

    return _PICTURE.sub(embedded, _LOCAL_LINK.sub(r"\1", article))


def _scripts(folder: Path) -> Iterator[Path]:
    """The scripts in an order in which each has what it needs; the last begins the form."""
    assets = folder / "assets"
    yield assets / "form-words.js"
    yield from sorted((assets / "form-templates").glob("*.js"))
    yield from sorted((assets / "figures").glob("*.js"))
    yield from sorted((assets / "bundles").glob("checklist-*.js"))
    yield assets / "bundles" / "checklist.js"


def _script_text(path: Path) -> str:
    return _ENDS_SCRIPT.sub(r"\\x3c", path.read_text(encoding="utf-8"))


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    def hashes(texts: Iterable[str]) -> str:
        digests = (hashlib.sha256(text.encode()).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; img-src data:;"
        " form-action 'none'; base-uri 'none'"
    )
