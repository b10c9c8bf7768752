from __future__ import annotations

import re
from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markdown_blocks import markdown_blocks
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.message import Message

_TAG = re.compile(r"(<[^<>]*>)")
_CODE_TAG = re.compile(r"<(?P<end>/?)(?:pre|code)\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\*\*[^*\n]+\*\*|\]\([^()\s]+\)|`[^`\n]+`|^ *(?:[-*+] |[0-9]{1,2}\. |#{1,6} |\|).*", re.MULTILINE
)


@rule("markdown-in-html")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """Markdown stands inside an element of HTML, where it is not read: its signs would be shown.

    Let the tag that begins the line say so, ``<details markdown>``, or write HTML inside HTML.
    """
    for page in handbook.pages:
        for language, body in page.body.items():
            if "<" not in body or limit_problem(body):
                continue
            for block in markdown_blocks(body):
                if block.kind == "html" and (sign := _MARKDOWN.search(_words(block.text))):
                    shown = sign[0].strip()
                    message = Message("rules.markdown-in-html.unread", shown=shown[:20])
                    place = page.place(language, max(body.find(shown), 0))
                    yield Diagnostic(place, "markdown-in-html", message)


def _words(html: str) -> str:
    """Return the words of ``html`` without tags, comments and code."""
    if html.startswith("<!--"):
        return ""
    parts: list[str] = []
    in_code = 0
    for part in _TAG.split(html):
        if tag := _CODE_TAG.match(part):
            in_code += -1 if tag["end"] else 1
        elif in_code <= 0 and not part.startswith("<"):
            parts.append(part)
    return "".join(parts)
