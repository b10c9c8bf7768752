from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook


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
                    message = f"{item.id} replaces {origin}, which is still asked: remove it from replaces"
                    yield Diagnostic(item.at, "replaces", message)
            shared = len(item.replaces) > 1 or any(takers[origin] > 1 for origin in item.replaces)
            if shared and item.rev < 2:
                message = f"{item.id} was split or merged: give it rev: 2, so that its answer is confirmed"
                yield Diagnostic(item.at, "replaces", message)
