"""Where the handbook carries the statements of a source, and what their places do not mention."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tebiki.model import traverse
from tebiki.model.diagnostics import Place
from tebiki.model.diagnostics_output import TextOf
from tebiki.model.english_months import MONTHS
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.upkeep.coverage import Fact

#: Sentences of a long text, such as the body of a page, that are shown for a fact.
SENTENCES_SHOWN = 4

_SENTENCE_END = re.compile(r"(?<=。)|(?<=[.!?])\s|\n")
_WORD = re.compile(r"\w{2}")
#: Years of a Japanese era, which the handbook writes as years of the common era, and numbers of notes.
_ERA_YEAR = re.compile(r"(?:令和|平成|R) ?\d+|\(?[*※]\d+\)?|https?://\S+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ACTOR = re.compile(r"\b(?!FY\d)[A-Z]{2,}[A-Za-z]*\b")
_SPELLED = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
#: Abbreviations that are no actors, or that every handbook in English writes out.
_EVERYWHERE = frozenset({"DD", "PI", "STI", "US", "UK", "EU"})


@dataclass(frozen=True)
class FactPlace:
    """A place that carries a fact.

    Attributes:
        id: The id of the item, part, page, checklist or question.
        at: Where the id, or the entry of ``covers``, stands.
        whole_page: Whether a page as a whole carries the fact.
        texts: By language, the texts of the entry; for a page its body.
        values: All values of the entry and of those around it, such as dates.
    """

    id: str
    at: Place
    whole_page: bool
    texts: Mapping[str, str]
    values: str


def fact_places(handbook: Handbook) -> Mapping[str, Sequence[FactPlace]]:
    """Return the places that carry each fact, by the id of the fact."""
    places: dict[str, list[FactPlace]] = {}
    entries = [(item.at.file, item.data) for item in handbook.items]
    entries += [(checklist.head.at.file, checklist.head.data) for checklist in handbook.current_checklists]
    for file, data in entries:
        for fact, place in _places_in(data, file, (), handbook.languages):
            places.setdefault(fact, []).append(place)
    for page in handbook.pages:
        texts = {
            language: "\n".join((page.title[language], page.description[language], body))
            for language, body in page.body.items()
        }
        covers = page.head.data.get("covers", ())
        for index, fact in enumerate(covers):
            at = Place(page.head.at.file, *covers.positions[index])
            places.setdefault(fact, []).append(FactPlace(page.id, at, True, texts, "\n".join(texts.values())))
    return places


def _places_in(
    data: Any, file: str, around: tuple[str, ...], languages: Sequence[str]
) -> Iterator[tuple[str, FactPlace]]:
    """Yield the facts that ``data`` and what it contains carry; ``around`` holds the values of what is around it."""
    if isinstance(data, list):
        for value in data:
            yield from _places_in(value, file, around, languages)
        return
    if not isinstance(data, dict):
        return
    values = "\n".join(
        str(value) for _position, _key, value in traverse.values(data) if isinstance(value, (str, int))
    )
    covers = data.get("covers", ())
    facts = [(data["id"], data.positions["id"])] if "id" in data else []  # type: ignore[attr-defined]
    facts += [(fact, covers.positions[index]) for index, fact in enumerate(covers)]
    if facts:
        texts = _texts(data, languages)
        name = data.get("id") or data.get("dimension", "")
        for fact, position in facts:
            yield fact, FactPlace(name, Place(file, *position), False, texts, "\n".join((*around, values)))
    own = "\n".join(value for value in _own_values(data))
    for value in data.values():
        yield from _places_in(value, file, (*around, own), languages)


def _own_values(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, str):
            yield value
        elif key in ("title", "text", "remarks") and isinstance(value, dict):
            yield from value.values()


def _texts(data: Any, languages: Sequence[str]) -> dict[str, str]:
    texts: dict[str, list[str]] = {language: [] for language in languages}
    for _owner, language, text in traverse.localized_texts(data):
        texts.setdefault(language, []).append(text)
    return {language: "\n".join(lines) for language, lines in texts.items()}


def carrying_sentences(place: FactPlace, fact: Fact, language: str) -> list[str]:
    """Return the sentences of ``place`` nearest to the fact in ``language``, in their order."""
    parts = _SENTENCE_END.split(place.texts.get(language, ""))
    sentences = list(dict.fromkeys(part.strip() for part in parts if _WORD.search(part)))
    words_of = {sentence: set(_words(sentence)) for sentence in sentences}
    frequency = Counter(word for words in words_of.values() for word in words)
    words = set(_words(fact.texts.get(language, "")))
    ranked = sorted(
        sentences, key=lambda sentence: -sum(1 / frequency[word] for word in words & words_of[sentence])
    )
    nearest = set(ranked[:SENTENCES_SHOWN])
    return [sentence for sentence in sentences if sentence in nearest]


def _words(text: str) -> Iterator[str]:
    """Yield the English words of ``text`` without their ends, its numbers, and its Japanese in pairs of signs."""
    yield from (word[:6] for word in re.findall(r"[a-z]{3,}|\d+", text.lower()))
    japanese = re.findall(r"[ァ-ヿ一-鿿]+", text)
    yield from (run[start : start + 2] for run in japanese for start in range(len(run) - 1))


def not_mentioned(fact: Fact, places: Sequence[FactPlace], names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the numbers, dates and actors that the list names for a fact and none of its places mentions.

    Args:
        fact: The fact, with its text in English or Japanese.
        places: The places that carry it.
        names: Other names of an actor, by its abbreviation.
    """
    text = _ERA_YEAR.sub("", unicodedata.normalize("NFKC", " ".join(fact.texts.values())))
    values = "\n".join(place.values for place in places)
    mentioned_numbers = set(_numbers(values))
    missing = [number for number in dict.fromkeys(_numbers(text)) if number not in mentioned_numbers]
    for actor in dict.fromkeys(_ACTOR.findall(text)):
        stem = actor.removesuffix("s")
        known = (actor, stem, *names.get(stem, ()))
        if actor not in _EVERYWHERE and not any(name.lower() in values.lower() for name in known):
            missing.append(actor)
    return missing


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers in ``text`` without separators, spelled ones and months as digits."""
    for number in _NUMBER.findall(text):
        yield from (part.lstrip("0") or "0" for part in re.split(r"[.](?=\d)", number.replace(",", "")))
    for word in re.findall(r"[A-Za-z]+", text):
        if word.lower() in _SPELLED:
            yield str(_SPELLED.index(word.lower()))
        if word in MONTHS:
            yield str(MONTHS.index(word) + 1)


def actor_names(handbook: Handbook) -> dict[str, list[str]]:
    """Return the titles and other names of every term with an abbreviation, by the abbreviation."""
    names: dict[str, list[str]] = {}
    for item in handbook.items:
        for abbreviation in item.data.get("abbreviations", ()):
            aliases = item.data.get("aliases", {}).values()
            known = [*item.title.values(), *(alias for group in aliases for alias in group)]
            names.setdefault(abbreviation, []).extend(known)
    return names


def places_report(handbook: Handbook, facts: Sequence[Fact], text_of: TextOf) -> Iterator[str]:
    """Yield for each fact its text, the places and sentences that carry it, and what these do not mention.

    Args:
        handbook: The handbook.
        facts: The facts.
        text_of: Makes text of messages.
    """
    places, names = fact_places(handbook), actor_names(handbook)
    incomplete, of_pages = 0, 0
    for fact in facts:
        carriers = places.get(fact.id, ())
        page_alone = bool(carriers) and all(place.whole_page for place in carriers)
        of_pages += page_alone
        heading = Message(
            "upkeep.places.fact", id=fact.id, kind=fact.kind, source=fact.source, line=fact.line
        )
        yield text_of(Message("upkeep.places.page-alone", fact=heading) if page_alone else heading)
        yield from (f"  {language}: {text}" for language, text in fact.texts.items())
        for place in carriers:
            yield f"  {place.at} {place.id}"
            for language in [code for code in handbook.languages if code in fact.texts] or handbook.languages:
                yield from (f"    {language}: {text}" for text in carrying_sentences(place, fact, language))
        if carriers and (missing := not_mentioned(fact, carriers, names)):
            incomplete += 1
            yield text_of(Message("upkeep.places.not-mentioned", names=tuple(missing)))
    yield text_of(Message("upkeep.places.summary", pages=of_pages, incomplete=incomplete))
