"""A model in tiers, each built on the tier below: a stack of blocks that narrows upwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tebiki.compiling.drawings.drawing import PADDING, Box, Drawing, layout_text

_INSET = 0.05  # by how much of the width a tier is set in from the tier below, on either side
_MAX_INSET = 0.2  # by how much the highest tier is set in at most
_GAP = 5.0
_MIN_COLUMN = 140.0  # a narrower column goes below the column before it
_PHONE = 500.0  # a narrower drawing has smaller insets


def tiers(
    model: Mapping[str, Any],
    width: float,
    plain: Callable[[str], str],
    parts: Mapping[str, Mapping[str, Any]],
    words: Mapping[str, Any],
) -> Drawing:
    """Draw a tier model; the first tier of the data is the lowest.

    Each block contains the number and the title of the tier and, under the name and the status of each aspect, the
    text of the tier on that aspect.

    Args:
        model: An item of the kind tier-model, in one language.
        width: The width of the drawing, in SVG user units.
        plain: Removes the Markdown from a text.
        parts: The id of each aspect → its ``status``.
        words: The words of the site.
    """
    aspects = [
        (
            aspect["id"],
            [("label", aspect["title"]), ("status", words["status"][parts[aspect["id"]]["status"]])],
        )
        for aspect in model["aspects"]
    ]
    boxes: list[Box] = []
    y = 0.0
    height = 0.0
    inset_step = min(_INSET if width > _PHONE else _INSET / 2, _MAX_INSET / len(model["tiers"])) * width
    for level, tier in reversed(list(enumerate(model["tiers"]))):
        inset = level * inset_step
        block = _block(tier, aspects, inset, y, width - 2 * inset, f"tier-{min(level + 1, 4)}", plain)
        boxes.append(block)
        height = block.bottom
        y = height + _GAP
    return Drawing(width, height, tuple(boxes))


def _block(
    tier: Mapping[str, Any],
    aspects: list[tuple[str, list[tuple[str, str]]]],
    x: float,
    y: float,
    width: float,
    kind: str,
    plain: Callable[[str], str],
) -> Box:
    cells = [(label, plain(tier["cells"][aspect])) for aspect, label in aspects if aspect in tier["cells"]]
    title = " ".join(part for part in (tier.get("number"), tier["title"]) if part)
    left = x + PADDING + 3
    inner_width = width - 2 * PADDING - 6
    lines, bottom = layout_text([("title", title)], left, y + PADDING, inner_width)
    bottom += 4
    if inner_width / len(cells) >= _MIN_COLUMN:
        column = inner_width / len(cells)
        labels = [
            layout_text(label, left + column * i, bottom, column - 12) for i, (label, _) in enumerate(cells)
        ]
        labels_bottom = max(label_bottom for _lines, label_bottom in labels)
        texts = [
            layout_text([("text", text)], left + column * i, labels_bottom, column - 12)
            for i, (_, text) in enumerate(cells)
        ]
        lines += tuple(line for column_lines, _bottom in labels + texts for line in column_lines)
        bottom = max(text_bottom for _lines, text_bottom in texts)
    else:
        for label, text in cells:
            cell_lines, bottom = layout_text([*label, ("text", text)], left, bottom, inner_width)
            lines += cell_lines
            bottom += 5
    return Box(kind, tier["id"], x, y, width, bottom + PADDING - y, lines)
