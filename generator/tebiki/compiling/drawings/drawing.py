"""A figure as values that can be measured, and its SVG.

Everything is in the drawing's own unit, which is a CSS pixel where the figure is shown unscaled. How
things look is said by classes in ``tebiki.css``: a page's policy allows no style attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from tebiki.compiling.drawings.words import width as width_of
from tebiki.compiling.drawings.words import wrap

#: style of words → (size, height of a line); tebiki.css has the same sizes under .tb-d-STYLE
STYLES: Mapping[str, tuple[float, float]] = {
    "title": (14, 20), "text": (13, 19), "label": (11.5, 17), "status": (11.5, 18),
}  # fmt: skip

_BOLD = ("title", "status")
PADDING = 9.0
_MARGIN = 2  # for the lines of boxes that stand at the edge


@dataclass(frozen=True)
class Words:
    """One line of text: its style, its left edge and its base line."""

    style: str
    text: str
    x: float
    y: float

    @property
    def width(self) -> float:
        """The estimated width."""
        return width_of(self.text, STYLES[self.style][0], self.style in _BOLD)


@dataclass(frozen=True)
class Box:
    """A rectangle with words in it. ``of`` is the id of what it stands for, ``look`` its class.

    A ``frame`` holds other boxes; two boxes that are no frames never overlap.
    """

    look: str
    of: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...] = ()
    frame: bool = False


@dataclass(frozen=True)
class Edge:
    """A line from one thing to another, as an SVG path; ``tip`` is where its arrow points, if anywhere."""

    look: str
    from_: str
    to: str
    path: str
    tip: tuple[float, float, str] | None = None  # x, y, and "right" or "down"


@dataclass(frozen=True)
class Drawing:
    """A finished figure: its size, its frames and boxes in the order of painting, and its lines."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    edges: tuple[Edge, ...] = field(default=())

    def svg(self, name: str, title: str, description: str) -> Markup:
        """The figure as an SVG element; ``name`` is an id that the page has only once.

        Follows SVG 2 and the pattern of the WAI-ARIA Graphics Module for a figure that is one image:
        ``role="img"``, named by its title and described by its description.
        """
        wide, high = _n(self.width + 2 * _MARGIN), _n(self.height + 2 * _MARGIN)
        parts = [
            f'<svg class="tb-d" viewBox="-{_MARGIN} -{_MARGIN} {wide} {high}" width="{wide}" height="{high}" '
            f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(description)}</desc>',
            *(_box(box) for box in self.boxes if box.frame),
            *(_edge(edge) for edge in self.edges),
            *(_box(box) for box in self.boxes if not box.frame),
            "</svg>",
        ]
        return Markup("\n".join(parts))


def set_words(
    paragraphs: Iterable[tuple[str, str]], x: float, y: float, room: float
) -> tuple[tuple[Words, ...], float]:
    """Set ``paragraphs`` (style, text) below each other in a column; returns the lines and its foot."""
    found: list[Words] = []
    for style, text in paragraphs:
        size, height = STYLES[style]
        for line in wrap(text, size, room, style in _BOLD):
            found.append(Words(style, line, x, y + (height + size) / 2 - 2))
            y += height
    return tuple(found), y


def box(
    look: str,
    of: str,
    x: float,
    y: float,
    width: float,
    paragraphs: Iterable[tuple[str, str]],
    height: float = 0,
) -> Box:
    """A box around ``paragraphs``: as high as they need, or ``height`` when that is more."""
    words, foot = set_words(paragraphs, x + PADDING, y + PADDING, width - 2 * PADDING)
    return Box(look, of, x, y, width, max(height, foot + PADDING - y), words)


def _box(box: Box) -> str:
    rect = f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" rx="4"></rect>'
    lines = "".join(
        f'<text class="tb-d-{one.style}" x="{_n(one.x)}" y="{_n(one.y)}">{escape(one.text)}</text>'
        for one in box.words
    )
    return f'<g class="tb-d-box tb-d-{box.look}" data-of="{box.of}">{rect}{lines}</g>'


def _edge(edge: Edge) -> str:
    ends = f'data-from="{edge.from_}" data-to="{edge.to}"'
    drawn = f'<path class="tb-d-edge tb-d-{edge.look}" {ends} d="{edge.path}"></path>'
    if edge.tip is None:
        return drawn
    x, y, direction = edge.tip
    wings = "l-7 -4 v8z" if direction == "right" else "l-4 -7 h8z"
    return f'{drawn}<path class="tb-d-tip tb-d-{edge.look}" d="M{_n(x)} {_n(y)}{wings}"></path>'


def number(value: float) -> str:
    """A coordinate as it is written: at most one decimal, none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")


_n = number
