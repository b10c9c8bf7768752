"""The words of the site, with what the handbook calls its own statuses and kinds of documents."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from tebiki.locales import words
from tebiki.model.handbook import Handbook


@functools.lru_cache(maxsize=8)  # every term asks
def site_words(handbook: Handbook, language: str) -> Mapping[str, Any]:
    """Return the words of the site in ``language``; what the handbook defines replaces those of the generator."""
    own: dict[str, Any] = {}
    if statuses := handbook.data.get("statuses"):
        notes = {status["id"]: status["note"][language] for status in statuses}
        names = {status["id"]: status["title"][language] for status in statuses}
        own = {"status": names, "status_note": notes, "status_says": notes}
    if kinds := handbook.data.get("document_kinds"):
        own["documents"] = {kind["id"]: kind["title"][language] for kind in kinds}
    return {**words(language, "site"), **own}
