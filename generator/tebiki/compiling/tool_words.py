"""The words of what is done with assessments as a whole, as a script that a form loads on demand."""

from __future__ import annotations

import json

from tebiki.locales import words
from tebiki.model.handbook import Handbook

#: What reports and tables are made of, out of ``result.yml``; the rest is for the command line alone.
_OF_RESULTS = (
    "answered",
    "unanswered",
    "no-label",
    "orphans",
    "sheets",
    "columns",
    "standings",
    "about",
    "statuses",
    "actions",
    "action-states",
    "report",
    "gaps",
    "changes",
    "compare",
    "joined",
    "merge",
)


def form_words(handbook: Handbook, language: str) -> str:
    """What ``browser/tools/main.ts`` loads; a script, because form pages may fetch nothing.

    It sets ``tebikiFormWords``: ``tools`` and ``result`` (messages), and ``kinds`` (pairs of the id and the
    title of each kind of subject, in the handbook's order).
    """
    result = words(language, "result")
    data = {
        "tools": words(language, "form_tools"),
        "result": {key: result[key] for key in _OF_RESULTS},
        "kinds": [[one["id"], one["title"][language]] for one in handbook.data.get("subject_kinds", ())],
    }
    return f"globalThis.tebikiFormWords={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
