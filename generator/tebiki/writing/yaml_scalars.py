"""The form in which a value is written in YAML.

It is the one of the npm package ``yaml`` with the options of Sveltia CMS (no folding, single quotes where quotes are
needed), so that a file that is saved in that editor changes only where it was edited.
"""

from __future__ import annotations

import json
import re

import rfc8785

from tebiki.reading.yaml_texts import INSIDE, PARAGRAPH, as_written, as_yaml_reads

# what YAML would not read as the same text without quotes, at the beginning, inside and at the end
_NEEDS_QUOTES = re.compile(r"""[\t ,[\]{}#&*!|>'"%@`]|[?-](?:[\t ]|$)|.*(?::[\t ]|[\t ]#|[\t :]$)""")
# what the core schema of YAML 1.2 reads as another type than text
_OTHER_TYPE = re.compile(
    r"(?:~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))?"
)
_LINE_END = re.compile(f"{INSIDE}( *) (?=[^ \n])")
_ENDS_IN_BLANK_LINE = re.compile(r"\n[\t ]+\Z")


def scalar_lines(value: str | int | float | bool | None, indent: str) -> list[str]:
    """Return the lines of a value that is no mapping and no list.

    Args:
        value: The value. A text may contain the marks of ``reading.yaml_texts``: where it is not what YAML reads, it is
            written so that YAML reads the same again.
        indent: The indentation of the lines after the first.

    Returns:
        The first line, which stands behind the key or the dash, and the others with their indentation.
    """
    if isinstance(value, str):
        written = as_written(value)
        return (
            _text_lines(written, indent) if as_yaml_reads(value) == written else _folded_lines(value, indent)
        )
    if value is None or isinstance(value, bool):
        return [json.dumps(value)]
    return [rfc8785.dumps(value).decode() if isinstance(value, float) else str(value)]


def key_text(key: str) -> str:
    """Return a key as it is written."""
    if "\n" in key or key.startswith(("---", "...")):  # at the beginning of a line, these end a document
        return json.dumps(key, ensure_ascii=False)
    return _line(key)


def _text_lines(text: str, indent: str) -> list[str]:
    if "\n" not in text:
        return [_line(text)]
    if _ENDS_IN_BLANK_LINE.search(text) or text.startswith("\n"):
        return [json.dumps(text, ensure_ascii=False)]
    return _block_lines("|", text, text.split("\n"), indent)


def _line(text: str) -> str:
    """Return a text of one line, in quotation marks only where it needs them."""
    if not _NEEDS_QUOTES.match(text) and not _OTHER_TYPE.fullmatch(text):
        return text
    if "'" in text and '"' not in text:
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def _block_lines(sign: str, text: str, lines: list[str], indent: str) -> list[str]:
    """Return a block; ``lines`` are those of ``text``, of which the last is empty where ``text`` ends in a line."""
    indentation = "2" if text.startswith(" ") else ""
    chomping = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
    if text.endswith("\n"):
        lines = lines[:-1]
    return [f"{sign}{indentation}{chomping}", *(indent + line if line else "" for line in lines)]


def _folded_lines(text: str, indent: str) -> list[str]:
    """Return a marked text as a block whose lines end where those of its file did."""
    read = as_yaml_reads(text)
    body = text.replace(PARAGRAPH, "").rstrip("\n")
    ending = read[len(read.rstrip("\n")) :]
    blank_lines = re.sub(r"\n+", r"\g<0>\n", body)
    lines = _LINE_END.sub(r"\1\n", blank_lines) + ending
    return _block_lines(">", read, as_yaml_reads(lines).split("\n"), indent)
