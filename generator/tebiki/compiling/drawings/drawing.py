"""A figure as values that tests can measure, and its SVG.

All lengths are in SVG user units, which are CSS pixels where the figure is shown unscaled. Colours and fonts are
set by classes in ``browser/styles/drawings.css``: the Content-Security-Policy of a page allows no style attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from tebiki.compiling.drawings.text_layout import text_width, wrap

#: Text style → font size and line height; drawings.css has the same sizes under .tb-d-STYLE.
TEXT_STYLES: Mapping[str, tuple[float, float]] = {
    "title": (14, 20), "text": (13, 19), "label": (11.5, 17), "status": (11.5, 18),
}  # fmt: skip

_BOLD_STYLES = ("title", "status")
PADDING = 9.0
_MARGIN = 2  # for the outlines of boxes at the edge


@dataclass(frozen=True)
class TextLine:
    """A line of text: its style, its left edge and its baseline."""

    style: str
    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """The estimated width."""
        return text_width(self.text, TEXT_STYLES[self.style][0], self.style in _BOLD_STYLES)


@dataclass(frozen=True)
class Box:
    """A rectangle with text.

    ``kind`` is its CSS class after ``tb-d-``, ``data_id`` the id of the data that it shows. A ``frame`` contains
    other boxes; two boxes that are not frames never overlap.
    """

    kind: str
    data_id: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[TextLine, ...] = ()
    frame: bool = False

    @property
    def bottom(self) -> float:
        """The y coordinate of its lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Edge:
    """A line from box ``source`` to box ``target``, as an SVG path.

    ``arrow`` is the point of its arrowhead and the direction, "right" or "down"; None for a line without one.
    """

    kind: str
    source: str
    target: str
    path: str
    arrow: tuple[float, float, str] | None = None


@dataclass(frozen=True)
class Drawing:
    """A figure: its size, its frames and boxes in the order of painting, and its edges."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    edges: tuple[Edge, ...] = field(default=())

    def svg(self, element_id: str, title: str, description: str) -> Markup:
        """Return the figure as an SVG element.

        Follows SVG 2 and the WAI-ARIA Graphics Module for a figure that is a single image: ``role="img"`` with a
        title as its name and a description.

        Args:
            element_id: The beginning of the ids in the SVG, unique on the page.
            title: The accessible name.
            description: The accessible description.
        """
        width, height = coordinate(self.width + 2 * _MARGIN), coordinate(self.height + 2 * _MARGIN)
        parts = [
            f'<svg class="tb-d" viewBox="-{_MARGIN} -{_MARGIN} {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-labelledby="{element_id}-title" aria-describedby="{element_id}-desc">',
            f'<title id="{element_id}-title">{escape(title)}</title>',
            f'<desc id="{element_id}-desc">{escape(description)}</desc>',
            *(_box_svg(box) for box in self.boxes if box.frame),
            *(_edge_svg(edge) for edge in self.edges),
            *(_box_svg(box) for box in self.boxes if not box.frame),
            "</svg>",
        ]
        return Markup("\n".join(parts))


def layout_text(
    paragraphs: Iterable[tuple[str, str]], x: float, y: float, max_width: float
) -> tuple[tuple[TextLine, ...], float]:
    """Lay out paragraphs below each other in a column.

    Args:
        paragraphs: The text style and the text of each paragraph.
        x: The left edge of the column.
        y: The top of the column.
        max_width: The width of the column.

    Returns:
        The lines, and the y coordinate of the bottom of the column.
    """
    lines: list[TextLine] = []
    for style, text in paragraphs:
        size, line_height = TEXT_STYLES[style]
        for line in wrap(text, size, max_width, style in _BOLD_STYLES):
            lines.append(TextLine(style, line, x, y + (line_height + size) / 2 - 2))
            y += line_height
    return tuple(lines), y


def text_box(
    kind: str,
    data_id: str,
    x: float,
    y: float,
    width: float,
    paragraphs: Iterable[tuple[str, str]],
    min_height: float = 0,
) -> Box:
    """Return a box around ``paragraphs`` (style, text), as high as they need and at least ``min_height``."""
    lines, bottom = layout_text(paragraphs, x + PADDING, y + PADDING, width - 2 * PADDING)
    return Box(kind, data_id, x, y, width, max(min_height, bottom + PADDING - y), lines)


def coordinate(value: float) -> str:
    """Format a coordinate: at most one decimal, none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")


def _box_svg(box: Box) -> str:
    rectangle = (
        f'<rect x="{coordinate(box.x)}" y="{coordinate(box.y)}" '
        f'width="{coordinate(box.width)}" height="{coordinate(box.height)}" rx="4"></rect>'
    )
    lines = "".join(
        f'<text class="tb-d-{line.style}" x="{coordinate(line.x)}" y="{coordinate(line.y)}">{escape(line.text)}</text>'
        for line in box.lines
    )
    return f'<g class="tb-d-box tb-d-{box.kind}" data-of="{box.data_id}">{rectangle}{lines}</g>'


def _edge_svg(edge: Edge) -> str:
    ends = f'data-from="{edge.source}" data-to="{edge.target}"'
    line = f'<path class="tb-d-edge tb-d-{edge.kind}" {ends} d="{edge.path}"></path>'
    if edge.arrow is None:
        return line
    x, y, direction = edge.arrow
    wings = "l-7 -4 v8z" if direction == "right" else "l-4 -7 h8z"
    arrowhead = f'd="M{coordinate(x)} {coordinate(y)}{wings}"'
    return f'{line}<path class="tb-d-tip tb-d-{edge.kind}" {arrowhead}></path>'
