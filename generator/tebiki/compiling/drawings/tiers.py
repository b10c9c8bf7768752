"""A model in tiers, each built on the one below: a stack of blocks that narrows upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tebiki.compiling.drawings.drawing import PADDING, Box, Drawing, set_words

_STEP = 0.05  # by how much of the width a tier is set in from the one below, on either side
_MOST = 0.2  # by how much the highest is
_GAP = 5.0
_NARROW = 140.0  # a column that would be narrower is put below the one before it


def tiers(
    model: Mapping[str, Any],
    width: float,
    plain: Callable[[str], str],
    parts: Mapping[str, Mapping[str, Any]],
    t: Mapping[str, Any],
) -> Drawing:
    """Draw ``model``, an item of the kind tier-model in one language, ``width`` units wide.

    The first tier of the data is the base and stands lowest. Each block holds the tier's number and
    title and, under the name and the status of each aspect, what is said of it. ``plain`` takes the
    marks out of a text, ``parts`` gives each aspect its status, ``t`` holds the words of the site.
    """
    aspects = [
        (one["id"], [("label", one["title"]), ("status", t["status"][parts[one["id"]]["status"]])])
        for one in model["aspects"]
    ]
    boxes: list[Box] = []
    y = 0.0
    height = 0.0
    count = len(model["tiers"])
    step = min(_STEP if width > 500 else _STEP / 2, _MOST / count) * width
    for level, tier in reversed(list(enumerate(model["tiers"]))):
        inset = level * step
        block = _block(tier, aspects, inset, y, width - 2 * inset, f"tier-{min(level + 1, 4)}", plain)
        boxes.append(block)
        height = y + block.height
        y = height + _GAP
    return Drawing(width, height, tuple(boxes))


def _block(
    tier: Mapping[str, Any],
    aspects: list[tuple[str, list[tuple[str, str]]]],
    x: float,
    y: float,
    width: float,
    look: str,
    plain: Callable[[str], str],
) -> Box:
    said = [(label, plain(tier["cells"][one])) for one, label in aspects if one in tier["cells"]]
    name = " ".join(part for part in (tier.get("number"), tier["title"]) if part)
    inside = x + PADDING + 3
    room = width - 2 * PADDING - 6
    words, foot = set_words([("title", name)], inside, y + PADDING, room)
    foot += 4
    if room / len(said) >= _NARROW:
        column = room / len(said)
        labels = [
            set_words(label, inside + column * i, foot, column - 12) for i, (label, _) in enumerate(said)
        ]
        below = max(end for _words, end in labels)
        texts = [
            set_words([("text", text)], inside + column * i, below, column - 12)
            for i, (_, text) in enumerate(said)
        ]
        words += tuple(one for lines, _end in labels + texts for one in lines)
        foot = max(end for _words, end in texts)
    else:
        for label, text in said:
            lines, foot = set_words([*label, ("text", text)], inside, foot, room)
            words += lines
            foot += 5
    return Box(look, tier["id"], x, y, width, foot + PADDING - y, words)
