"""Compares the documents of the register of sources with what they were when the editors read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook
from tebiki.upkeep.fetch_document import FetchError
from tebiki.upkeep.impact import impact

State = Literal["unchanged", "changed", "gone", "unreachable"]
#: What a state means, after the id of the source.
_MEANINGS: dict[State, str] = {
    "unchanged": "is as it was",
    "changed": "has changed",
    "gone": "is no longer there",
    "unreachable": "could not be fetched",
}


@dataclass(frozen=True)
class SourceState:
    """A source whose fingerprint is recorded, and what stands at its web address now.

    Attributes:
        id: The id of the source.
        at: The place of its entry.
        title: Its title in the first language.
        address: Its web address.
        retrieved: The day on which the editors read it, or "".
        state: What the comparison says.
        reason: Why it could not be fetched, or "".
        fingerprint: The fingerprint of the document now, or "" where it could not be fetched.
        uses: The ids of what refers to the source; empty where nothing has to be looked at.
    """

    id: str
    at: Place
    title: str
    address: str
    retrieved: str
    state: State
    reason: str
    fingerprint: str
    uses: tuple[str, ...]


def source_states(handbook: Handbook, fingerprint: Callable[[str], str]) -> Iterator[SourceState]:
    """Yield the state of each source with a fingerprint and an address, in the order of the register.

    Args:
        handbook: The handbook.
        fingerprint: Returns the fingerprint of the document at an address; raises FetchError.
    """
    for source in handbook.sources.values():
        recorded, address = source.data.get("fingerprint"), source.data.get("address")
        if not recorded or not address:
            continue
        state: State
        present, reason = "", ""
        try:
            present = fingerprint(address)
            state = "unchanged" if present == recorded else "changed"
        except FetchError as error:
            state, reason = ("gone" if error.gone else "unreachable"), str(error)
        uses = (
            ()
            if state == "unchanged"
            else tuple(dict.fromkeys(use.id for use in impact(handbook, source.id).uses))
        )
        title = source.title[handbook.languages[0]]
        yield SourceState(
            source.id,
            source.at,
            title,
            address,
            source.data.get("retrieved", ""),
            state,
            reason,
            present,
            uses,
        )


def as_text(states: list[SourceState]) -> Iterator[str]:
    """Yield the lines of a report for a terminal."""
    for entry in states:
        if entry.state != "unchanged":
            reason = f": {entry.reason}" if entry.reason else ""
            yield f"{entry.at} {entry.id} {_meaning(entry)}{reason}"
            yield f"  rests on it: {', '.join(entry.uses) or 'nothing'}"


def as_markdown(states: list[SourceState]) -> Iterator[str]:
    """Yield the lines of an issue for the editors; what comes from elsewhere stands in code spans."""
    yield "Documents that the handbook rests on are no longer as they were when the editors read them."
    for entry in states:
        if entry.state != "unchanged":
            yield ""
            yield f"- [ ] {_code(entry.id)} {_code(entry.title)}: {_meaning(entry)}"
            if entry.reason:
                yield f"  - reason: {_code(entry.reason)}"
            yield f"  - address: {_code(entry.address)}"
            yield f"  - rests on it: {', '.join(map(_code, entry.uses)) or 'nothing'}"
    yield ""
    yield (
        "Read the document again, correct what rests on it, and write its new `retrieved` and `fingerprint`"
        " (`tebiki sources fingerprint ID`)."
    )


def _meaning(entry: SourceState) -> str:
    since = f" since {entry.retrieved}" if entry.state == "changed" and entry.retrieved else ""
    return f"{_MEANINGS[entry.state]}{since}"


def _code(text: str) -> str:
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"
