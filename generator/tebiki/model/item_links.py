"""Replaces the links ``[[id]]`` of a Markdown text, and addresses, by where they stand: code is left as it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from tebiki.model.markdown_blocks import Kind, markdown_blocks
from tebiki.model.markup import LINK

#: Makes what stands in place of a link.
Replacement = Callable[[re.Match[str]], str]

_PARAGRAPH_END = re.compile(r"(\n *\n)")
_TICKS = re.compile(r"(?<!\\)`+")
_SIGN = re.compile(
    rf"(?<!\\)(?P<ticks>`+)|(?P<tag><(?P<name>/?[A-Za-z][\w-]*|!--)[^<>]*>)|(?P<item>{LINK.pattern})"
)
_MAY_BE_CODE = re.compile(r"[`~<]|^(?: {4}|\t)", re.MULTILINE)
_CODE_TAGS = ("code", "pre", "kbd", "samp")


def replace_links(
    text: str,
    in_text: Replacement,
    in_html: Replacement,
    in_words: Replacement,
    around: Callable[[str], str] | None = None,
) -> str:
    """Return ``text`` laid out for Python-Markdown, with its links replaced.

    Args:
        text: The Markdown of a page or an item.
        in_text: Replaces a link where Markdown is read.
        in_html: Replaces a link between HTML tags, where Markdown is not read.
        in_words: Replaces a link where there can be none: in the attribute of a tag, in an abbreviation.
        around: Changes what stands between such links and is no code either; addresses, for instance.
    """
    replacements = {"text": in_text, "html": in_html, "abbreviation": in_words}
    return "\n".join(
        block.text
        if block.kind == "code" or ("[[" not in block.text and around is None)
        else "".join(
            _replace(paragraph, block.kind, replacements[block.kind], in_words, around or str)
            for paragraph in _PARAGRAPH_END.split(block.text)
        )
        for block in markdown_blocks(text)
    )


def linked_ids(text: str) -> tuple[str, ...]:
    """Return the ids that ``text`` links to, in their order; what stands in code is no link."""
    return _linked_ids(text) if "[[" in text else ()


@functools.lru_cache(maxsize=10_000)
def _linked_ids(text: str) -> tuple[str, ...]:
    if not _MAY_BE_CODE.search(text):
        return tuple(link["id"].strip() for link in LINK.finditer(text))
    ids: list[str] = []

    def collect(link: re.Match[str]) -> str:
        ids.append(link["id"].strip())
        return ""

    replace_links(text, collect, collect, collect)
    return tuple(ids)


def link_offsets(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset in ``text`` and the id of each link."""
    ids = set(linked_ids(text))
    for link in LINK.finditer(text) if ids else ():
        if link["id"].strip() in ids:
            yield link.start(), link["id"].strip()


def _replace(
    paragraph: str,
    kind: Kind,
    replacement: Replacement,
    in_words: Replacement,
    around: Callable[[str], str],
) -> str:
    code_ends = _code_ends(paragraph) if kind == "text" else {}
    parts: list[str] = []
    end = in_code = 0
    for sign in _SIGN.finditer(paragraph):
        if sign.start() < end:
            continue  # inside code
        start, stop, words, was_code = sign.start(), sign.end(), sign[0], in_code > 0
        if sign["ticks"]:
            stop = code_ends.get(start, stop)
            words = paragraph[start:stop]
        elif sign["tag"]:
            name = sign["name"].lower()
            in_code += (name in _CODE_TAGS) - (name.removeprefix("/") in _CODE_TAGS and name[0] == "/")
            words = sign[0] if name == "!--" else around(LINK.sub(in_words, sign[0]))
        elif in_code <= 0:
            link = LINK.match(paragraph, start)
            words = replacement(link) if link else words
        parts += [paragraph[end:start] if was_code else around(paragraph[end:start]), words]
        end = stop
    return "".join([*parts, paragraph[end:] if in_code > 0 else around(paragraph[end:])])


def _code_ends(paragraph: str) -> dict[int, int]:
    """Return where each run of backticks that opens code begins, and where that code ends."""
    runs: dict[int, list[re.Match[str]]] = {}
    for run in reversed(list(_TICKS.finditer(paragraph))):
        runs.setdefault(len(run[0]), []).append(run)  # the next is the last of its list
    ends: dict[int, int] = {}
    end = 0
    for run in _TICKS.finditer(paragraph):
        same = runs[len(run[0])]
        while same and same[-1].start() <= run.start():
            same.pop()
        if run.start() >= end and same:
            end = same[-1].end()
            ends[run.start()] = end
    return ends
