"""The words of the tools of a form, as a script that the form loads on demand."""

from __future__ import annotations

import json

from tebiki.compiling.figure_scripts import figure_scripts, published_checklists
from tebiki.compiling.form_scripts import form_scripts, form_titles
from tebiki.locales import words
from tebiki.model.figure_titles import kind_titles
from tebiki.model.handbook import Handbook

#: The parts of ``result.yml`` that reports and tables use; the command line alone uses the rest.
_RESULT_WORDS = (
    "answered",
    "unanswered",
    "no-label",
    "not-known",
    "orphans",
    "sheets",
    "columns",
    "standings",
    "about",
    "schemes",
    "statuses",
    "actions",
    "action-states",
    "report",
    "gaps",
    "changes",
    "compare",
    "joined",
    "merge",
    "tables",
)


def form_files(handbook: Handbook, language: str) -> dict[str, str]:
    """Return the scripts that hold the words, the templates and the published figures of forms, by their paths in the staged tree."""
    if not handbook.checklists:
        return {}
    scripts = {
        "form-words.js": form_words(handbook, language),
        **dict(form_scripts(handbook, language)),
        **dict(figure_scripts(handbook)),
    }
    return {f"docs/assets/{name}": script for name, script in scripts.items()}


def form_words(handbook: Handbook, language: str) -> str:
    """Return the text of ``form-words.js``, which ``browser/tools/main.ts`` loads.

    It is a script because form pages may fetch nothing. It sets ``tebikiFormWords``: ``tools`` and ``result``
    (messages), ``kinds`` (id and title of each kind of subject, in the order of the handbook), ``templates`` (of
    forms to be filled), and ``figures`` (ids of the checklists of which figures are published).
    """
    result_words = words(language, "result")
    data = {
        "tools": words(language, "form_tools"),
        "result": {key: result_words[key] for key in _RESULT_WORDS},
        "kinds": list(kind_titles(handbook, language).items()),
        "templates": form_titles(handbook, language),
        "figures": sorted(published_checklists(handbook)),
    }
    return f"globalThis.tebikiFormWords={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
