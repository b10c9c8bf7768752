"""How wide words are, and where their lines break: SVG does neither by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Signs that do not begin a line, and signs that do not end one (JIS X 4051, the strict set in short).
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ／")
_NOT_LAST = frozenset("（「『【〔〈《")
#: A run of spaces, or what is best kept together: a word up to its space or hyphen, or a Japanese phrase,
#: which is kanji, katakana, letters and digits with the hiragana and the closing signs that follow.
_PIECE = re.compile(
    r"\s+|[（「『【〔〈《]*[^\s（「『【〔〈《、。，．：；？！）」』】〕〉》／\u3041-\u309f-]*-?[\u3041-\u309f]*"
    r"(?:[）」』】〕〉》][\u3041-\u309f]*|[、。，．：；？！／])*"
)


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of ``text`` in a sans-serif font of ``size``, in the unit of ``size``, rather too large.

    A full-width sign is 1 em. Others are 0.55 em on average, capitals more: without the font there is
    no exact number, so this goes by a wide one, and a browser test holds it against real fonts.
    """
    narrow, full = 0.0, 0
    for sign in text:
        if unicodedata.east_asian_width(sign) in "WF":
            full += 1
        else:
            narrow += _em(sign)
    return (full + narrow * (1.1 if bold else 1)) * size


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Break ``text`` into lines that are no wider than ``room``, as few as can be, and of like length.

    Lines break between words, and in Japanese between phrases; what is wider than ``room`` is divided,
    in Japanese where typesetting allows it.
    """
    pieces = [(one, width(one, size, bold)) for one in _pieces(text, size, room, bold)]
    lines = _filled(pieces, room)
    widest = max((wide for _piece, wide in pieces), default=0)
    narrow, wide = max(widest, room / 2), room
    while len(lines) > 1 and wide - narrow > size / 2:
        middle = (narrow + wide) / 2  # the least room for as many lines leaves no short one at the end
        tried = _filled(pieces, middle)
        if len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _filled(pieces: list[tuple[str, float]], room: float) -> list[str]:
    """The lines that ``pieces`` make, each as full as ``room`` allows."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece, wide in pieces:
        if line and not piece.isspace() and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line else lines


def _em(sign: str) -> float:
    if sign in "mwMW@%—…":
        return 0.98
    if sign.isupper():
        return 0.7
    return 0.36 if sign in " .,;:'’|!iljI()" else 0.61


def _pieces(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """The pieces of ``text`` between which a line may break, none wider than ``room``."""
    for match in _PIECE.finditer(text):
        piece = " " if match[0].isspace() else match[0]
        while len(piece) > 1 and width(piece, size, bold) > room:
            fits = [n for n in range(1, len(piece)) if width(piece[:n], size, bold) <= room]
            good = [n for n in fits if piece[n] not in _NOT_FIRST and piece[n - 1] not in _NOT_LAST]
            cut = max(good or fits or [1])
            yield piece[:cut]
            piece = piece[cut:]
        if piece:
            yield piece
