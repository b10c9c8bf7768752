"""How firm statements are: the statuses, which a handbook may define in its own file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Status:
    """A status that a statement can have.

    Attributes:
        id: The id.
        colour: The colour of the badge, one of those in ``schemas/handbook.schema.json``.
        means: ``in-force`` for what can be relied on, ``replaced`` for what something newer has replaced.
    """

    id: str
    colour: str
    means: Literal["in-force", "replaced"] | None = None

    @property
    def badge_classes(self) -> str:
        """The classes of the badge in HTML."""
        return f"tb-status tb-status--{self.colour}" + (" tb-status--replaced" * (self.means == "replaced"))


#: The statuses of a handbook that defines none, the firmest first.
DEFAULT_STATUSES = (
    Status("adopted", "green", "in-force"),
    Status("notice", "blue", "in-force"),
    Status("secondary", "grey"),
    Status("draft", "amber"),
    Status("superseded", "red", "replaced"),
)
