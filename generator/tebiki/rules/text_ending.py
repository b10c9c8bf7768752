from __future__ import annotations

import re
from collections.abc import Iterator

from tebiki.model import traverse
from tebiki.model.diagnostics import Diagnostic, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message
from tebiki.model.positions import place_of

_OPEN_END = re.compile(r"[「『（(\[【〔“、，,]\s*$")


@rule("text-ending")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A text ends with a comma or with a bracket that has just been opened: a part of it seems to be missing.

    Often YAML has taken the rest for a comment or for another key. Put the text into quotation marks.
    """
    for file, owner, key, text in traverse.all_localized_texts(handbook):
        if match := _OPEN_END.search(text[-100:]):
            message = Message("rules.text-ending.open", sign=match[0].strip())
            yield Diagnostic(place_of(owner, key, file), "text-ending", message)
