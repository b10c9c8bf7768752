from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tebiki.locales import english_words, word_problem
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook, HandbookWords
from tebiki.model.message import Message
from tebiki.model.positions import place_of
from tebiki.reading.schema import suggestion


@rule("words")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A file of words holds a word that the generator does not have, or cannot use.

    The keys are those of the English file, which ``tebiki new language CODE`` copies. A word keeps the placeholders
    of the English one (``{title}``), and holds no HTML, since it gets into pages. The language is one of the handbook.
    """
    for entry in handbook.words:
        if entry.language not in handbook.languages:
            hint = suggestion(entry.language, handbook.languages)
            message = Message("rules.words.language", language=entry.language, hint=hint)
            yield Diagnostic(entry.at, "words", message)
        yield from _in_words(entry, english_words(entry.subject), entry.words)


def _in_words(
    entry: HandbookWords, english: Mapping[str, Any], texts: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    for key, text in texts.items():
        if key not in english:
            hint = suggestion(key, list(english)) or Message("rules.words.remove")
            problem: Message | None = Message("rules.words.unknown", key=key, hint=hint)
        else:
            problem = word_problem(key, english[key], text)
        if problem:
            yield Diagnostic(place_of(texts, key, entry.at.file), "words", problem)
        elif isinstance(text, Mapping):
            yield from _in_words(entry, english[key], text)
