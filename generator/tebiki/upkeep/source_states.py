"""Compares the documents of the register of sources with what they were when the editors read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tebiki.model.diagnostics import Place
from tebiki.model.diagnostics_output import TextOf
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.upkeep.fetch_document import FetchError
from tebiki.upkeep.impact import impact

State = Literal["unchanged", "changed", "gone", "unreachable"]


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
        reason: Why it could not be fetched; None where it was.
        fingerprint: The fingerprint of the document now, or "" where it could not be fetched.
        uses: The ids of what refers to the source; empty where nothing has to be looked at.
    """

    id: str
    at: Place
    title: str
    address: str
    retrieved: str
    state: State
    reason: Message | None
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
        present: str = ""
        reason: Message | None = None
        try:
            present = fingerprint(address)
            state = "unchanged" if present == recorded else "changed"
        except FetchError as error:
            state, reason = ("gone" if error.gone else "unreachable"), error.message
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


def as_text(states: list[SourceState], text_of: TextOf) -> Iterator[str]:
    """Yield the lines of a report for a terminal."""
    for entry in states:
        if entry.state != "unchanged":
            state = _state_message(entry, entry.id)
            if entry.reason:
                state = Message("upkeep.sources.because", state=state, reason=entry.reason)
            yield f"{entry.at} {text_of(state)}"
            yield f"  {text_of(_uses(entry.uses))}"


def as_markdown(states: list[SourceState], text_of: TextOf) -> Iterator[str]:
    """Yield the lines of an issue for the editors; what comes from elsewhere stands in code spans."""
    yield text_of(Message("upkeep.sources.heading"))
    for entry in states:
        if entry.state != "unchanged":
            name = f"{_code(entry.id)} {_code(entry.title)}:"
            yield ""
            yield f"- [ ] {text_of(_state_message(entry, name))}"
            if entry.reason:
                reason = _code(text_of(entry.reason))
                yield f"  - {text_of(Message('upkeep.sources.reason', reason=reason))}"
            yield f"  - {text_of(Message('upkeep.sources.address', address=_code(entry.address)))}"
            yield f"  - {text_of(_uses([_code(use) for use in entry.uses]))}"
    yield ""
    yield text_of(Message("upkeep.sources.to-do"))


def _state_message(entry: SourceState, name: str) -> Message:
    if entry.state == "changed" and entry.retrieved:
        return Message("upkeep.source-states.changed-since", id=name, day=entry.retrieved)
    return Message(f"upkeep.source-states.{entry.state}", id=name)


def _uses(ids: Sequence[str]) -> Message:
    return Message("upkeep.sources.uses", ids=tuple(ids)) if ids else Message("upkeep.sources.no-uses")


def _code(text: str) -> str:
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"
