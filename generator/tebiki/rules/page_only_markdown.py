from __future__ import annotations

import re
from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markdown_blocks import markdown_blocks
from tebiki.model.markdown_limits import limit_problem
from tebiki.model.message import Message
from tebiki.model.positions import place_of

_CODE = re.compile(r"(?<!\\)(`+)(?!`)[^`]*\1")
#: What only pages know, each with its message.
_OF_PAGES = (
    (re.compile(r"^#{1,6} ", re.MULTILINE), "heading"),
    (re.compile(r"^(?:-{3,}|={2,}|\*{3,}|(?:[-*_] +){2,}[-*_]) *$", re.MULTILINE), "rule"),
    (re.compile(r"(?<!\\)!\[(?!\[)"), "picture"),
    (re.compile(r"(?<!\\)\[\^[^\]\s]+\]"), "footnote"),
    (re.compile(r"(?<!\\)\]\[|^ *\*?\[[^\]]+\]: ", re.MULTILINE), "reference"),
    (re.compile(r"<[a-z][a-z0-9+.-]*:[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>"), "address"),
    (re.compile(r"^ *(?:!!!|\?\?\?\+?) *[\"\w]", re.MULTILINE), "note"),
    (re.compile(r"^ *(?:```|~~~)", re.MULTILINE), "fence"),
)  # fmt: skip
_MAY_BE_OF_PAGES = re.compile(r"^ *[#=!?~`*_-]|!\[|\[\^|\]\[|\]:|<[^\s<>]*[:@]|```", re.MULTILINE)


@rule("page-only-markdown")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text of an item holds Markdown that only pages know, so that its signs would be shown.

    Texts in YAML know emphasis, code, links, lists, quotations and tables. Headings, rules, pictures, footnotes,
    references, notes, fences and bare addresses belong to pages.
    """
    for file, owner, key, text in traverse.all_localized_texts(handbook):
        if not _MAY_BE_OF_PAGES.search(text) or limit_problem(text):
            continue
        shown = _shown(text)
        for sign, name in _OF_PAGES:
            if sign.search(shown):
                message = Message(f"rules.page-only-markdown.{name}")
                yield Diagnostic(place_of(owner, key, file), "page-only-markdown", message)


def _shown(text: str) -> str:
    """Return ``text`` without what it shows as code; a fence is none in a text of an item."""
    blocks = markdown_blocks(text)
    is_fence = re.compile(r" *(?:```|~~~)")
    return "\n".join(
        _CODE.sub("", block.text) if block.kind != "code" else block.text.split("\n")[0]
        for block in blocks
        if block.kind != "code" or is_fence.match(block.text)
    )
