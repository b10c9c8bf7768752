"""The pairs of checklist versions that a release compares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tebiki.history.change_rules import CLASSES, Reason
from tebiki.history.checklist_change import change_reasons
from tebiki.history.compare import Diff
from tebiki.history.field_diff import equal_json
from tebiki.history.state import plain_data
from tebiki.model.checklist import Checklist


@dataclass(frozen=True)
class VersionPair:
    """A version of a checklist that is new or was edited, and the version that it follows."""

    before: Checklist
    after: Checklist
    reasons: tuple[Reason, ...]

    @property
    def size(self) -> str | None:
        """The class of the change; None without a difference."""
        return max((reason.size for reason in self.reasons), key=CLASSES.index, default=None)


def version_pairs(diff: Diff) -> Iterator[VersionPair]:
    """Yield every checklist version that is new or was edited, if there is a version that it follows."""
    old, new = diff.old.handbook, diff.new.handbook
    released = {(checklist.id, checklist.version): checklist for checklist in old.checklists}
    for after in new.checklists:
        before = released.get((after.id, after.version))
        if before is not None:  # edited in place, if at all
            if not equal_json(plain_data(before.head.data), plain_data(after.head.data)):
                yield VersionPair(before, after, tuple(change_reasons(old, before, new, after)))
            continue
        earlier = [
            checklist
            for checklist in new.checklists
            if checklist.id == after.id and checklist.order < after.order
        ]
        if earlier:
            previous = max(earlier, key=lambda checklist: checklist.order)
            # a released version is compared as it was released
            base = released.get((previous.id, previous.version))
            handbook, before = (old, base) if base else (new, previous)
            yield VersionPair(before, after, tuple(change_reasons(handbook, before, new, after)))


def raise_version(order: tuple[int, ...], size: str) -> str:
    """Return the smallest version after ``order`` for a change of the class ``size``."""
    kept = 2 - CLASSES.index(size)
    return ".".join(map(str, [*order[:kept], order[kept] + 1, *[0] * (2 - kept)]))


def raised_class(pair: VersionPair) -> int:
    """Return which number of the version was raised, as an index of ``CLASSES``."""
    numbers = zip(pair.before.order, pair.after.order, strict=True)
    return 2 - next(index for index, (old, new) in enumerate(numbers) if old != new)
