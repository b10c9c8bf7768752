from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.dependencies import circles
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.item import Item
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.reading.schema import suggestion


@rule("decision-path")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A decision path has an option that leads nowhere, a part that is never reached, or a circle.

    Every option leads to a question or an end of the same path. Every question and every end can be
    reached from the first question, and no option leads back. Correct ``to`` of the options, or remove
    what is not needed.
    """
    for item in handbook.items:
        if item.kind == "decision-path":
            yield from _check(item)


def _check(item: Item) -> Iterator[Diagnostic]:
    places = {part.id: part.at for part in item.parts}
    targets: dict[str, list[str]] = {end["id"]: [] for end in item.data["ends"]}
    for question in item.data["questions"]:
        targets[question["id"]] = []
        for option in question["options"]:
            if option["to"] in places:
                targets[question["id"]].append(option["to"])
            else:
                at = place_of(option, "to", item.at.file)
                hint = suggestion(option["to"], places)
                message = Message("rules.decision-path.unknown", id=option["to"], hint=hint)
                yield Diagnostic(at, "decision-path", message)
    reached = {item.data["questions"][0]["id"]}
    waiting = list(reached)
    while waiting:
        unvisited = set(targets[waiting.pop()]) - reached
        reached |= unvisited
        waiting += sorted(unvisited)
    for id_, at in places.items():
        if id_ not in reached:
            yield Diagnostic(at, "decision-path", Message("rules.decision-path.unreached", id=id_))
    for circle in circles(targets):
        for id_ in circle:
            yield Diagnostic(places[id_], "decision-path", Message("rules.decision-path.circle", id=id_))
