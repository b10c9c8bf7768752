"""The width of text and its line breaks: SVG computes neither by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Characters that must not begin a line or end one (JIS X 4051, the strict set in short).
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ／")
_NOT_LAST = frozenset("（「『【〔〈《")
#: A run of spaces, or text that is best kept together: a word up to its space or hyphen, or a Japanese phrase,
#: which is kanji, katakana, letters and digits with the hiragana and the closing brackets that follow.
_CHUNK = re.compile(
    r"\s+|[（「『【〔〈《]*[^\s（「『【〔〈《、。，．：；？！）」』】〕〉》／\u3041-\u309f-]*-?[\u3041-\u309f]*"
    r"(?:[）」』】〕〉》][\u3041-\u309f]*|[、。，．：；？！／])*"
)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the estimated width of ``text`` in a sans-serif font, rather too large than too small.

    A full-width character is 1 em wide, others about 0.6 em. Without the font there is no exact number, so the
    estimate follows a wide font, and a browser test compares it with real fonts.

    Args:
        text: A line of text.
        size: The font size, in any unit of length.
        bold: Whether the font is bold.

    Returns:
        The width in the unit of ``size``.
    """
    narrow_ems, wide_count = 0.0, 0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            wide_count += 1
        else:
            narrow_ems += _em_width(character)
    return (wide_count + narrow_ems * (1.1 if bold else 1)) * size


def wrap(text: str, size: float, max_width: float, bold: bool = False) -> list[str]:
    """Break ``text`` into as few lines as possible, of similar length and at most ``max_width`` wide.

    Lines break between words, and in Japanese between phrases. A word or phrase wider than ``max_width`` is
    divided, in Japanese where JIS X 4051 allows it.

    Args:
        text: The text; its line breaks count as spaces.
        size: The font size, in the unit of ``max_width``.
        max_width: The greatest width of a line.
        bold: Whether the font is bold.

    Returns:
        The lines, without spaces at their ends.
    """
    chunks = [(chunk, text_width(chunk, size, bold)) for chunk in _chunks(text, size, max_width, bold)]
    lines = _fill_lines(chunks, max_width)
    widest = max((width for _chunk, width in chunks), default=0)
    low, high = max(widest, max_width / 2), max_width
    while len(lines) > 1 and high - low > size / 2:
        middle = (low + high) / 2  # the least width for as many lines leaves no short line at the end
        narrower = _fill_lines(chunks, middle)
        if len(narrower) == len(lines):
            high, lines = middle, narrower
        else:
            low = middle
    return lines


def _fill_lines(chunks: list[tuple[str, float]], max_width: float) -> list[str]:
    """Join ``chunks`` (text, width) to lines, each as full as ``max_width`` allows."""
    lines: list[str] = []
    line, line_width = "", 0.0
    for chunk, width in chunks:
        if line and not chunk.isspace() and line_width + width > max_width:
            lines.append(line.rstrip())
            line, line_width = "", 0.0
        if line or not chunk.isspace():
            line, line_width = line + chunk, line_width + width
    return [*lines, line.rstrip()] if line else lines


def _em_width(character: str) -> float:
    if character in "mwMW@%—…":
        return 0.98
    if character.isupper():
        return 0.7
    return 0.36 if character in " .,;:'’|!iljI()" else 0.61


def _chunks(text: str, size: float, max_width: float, bold: bool) -> Iterator[str]:
    """Yield the chunks of ``text`` between which a line may break, none wider than ``max_width``."""
    for match in _CHUNK.finditer(text):
        chunk = " " if match[0].isspace() else match[0]
        while len(chunk) > 1 and text_width(chunk, size, bold) > max_width:
            fitting = [i for i in range(1, len(chunk)) if text_width(chunk[:i], size, bold) <= max_width]
            allowed = [i for i in fitting if chunk[i] not in _NOT_FIRST and chunk[i - 1] not in _NOT_LAST]
            cut = max(allowed or fitting or [1])
            yield chunk[:cut]
            chunk = chunk[cut:]
        if chunk:
            yield chunk
