from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("replaces")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A question takes over answers (``replaces``) in a way that cannot work.

    It may name a question that this version still asks, which keeps its own answers; or it was split
    or merged and still has ``rev: 1``, so that an answer given to another question would count
    without being confirmed. Remove the id, or raise ``rev`` to 2.
    """
    for checklist in handbook.checklists:
        active = [item for item in checklist.questions if not item.retired]
        asked = {item.id for item in active}
        takers = Counter(origin for item in active for origin in item.replaces)
        for item in active:
            for origin in item.replaces:
                if origin in asked:
                    message = Message("rules.replaces.still-asked", id=item.id, origin=origin)
                    yield Diagnostic(item.at, "replaces", message)
            shared = len(item.replaces) > 1 or any(takers[origin] > 1 for origin in item.replaces)
            if shared and item.rev < 2:
                message = Message("rules.replaces.rev", id=item.id)
                yield Diagnostic(item.at, "replaces", message)
