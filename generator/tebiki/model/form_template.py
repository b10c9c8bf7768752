"""A Word or Excel form that is filled with the answers to a checklist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tebiki.model.content_file import ContentFile, ending_of
from tebiki.model.diagnostics import Place

#: The folder of all templates, and the endings of a form.
TEMPLATES_FOLDER = "templates/"
FORM_ENDINGS = ("docx", "xlsx")
_FORM_PATH = re.compile(r"templates/[^/]+/form(?:\.[A-Za-z0-9-]+)?\.(?:docx|xlsx)")
#: A mark of a form: a name in double braces.
MARK = re.compile(r"\{\{[ \t\u00a0\u3000]*([a-z][a-z0-9-]*)[ \t\u00a0\u3000]*\}\}")
DEFAULT_TICKS = ("☑", "□")


@dataclass(frozen=True)
class FormTemplate:
    """A form with the mapping from its marks to the questions of a checklist.

    Attributes:
        id: The id, which is the name of its folder.
        data: The data of ``form.yml``.
        at: The place of the id.
        forms: The files beside ``form.yml``.
    """

    id: str
    data: Mapping[str, Any]
    at: Place
    forms: tuple[ContentFile, ...] = ()

    @property
    def checklist(self) -> str:
        """The id of the checklist whose answers fill the form."""
        return str(self.data["checklist"])

    @property
    def marks(self) -> Mapping[str, Mapping[str, Any]]:
        """Where the text of each mark comes from."""
        marks: Mapping[str, Mapping[str, Any]] = self.data["marks"]
        return marks

    @property
    def ticks(self) -> tuple[str, str]:
        """The signs for ticked and for not ticked."""
        return self.data.get("ticked", DEFAULT_TICKS[0]), self.data.get("unticked", DEFAULT_TICKS[1])

    @property
    def each(self) -> str | None:
        """The question of whose rows each gets a document of its own, if there is one."""
        return self.data["each"]["question"] if "each" in self.data else None

    def form(self, language: str) -> ContentFile | None:
        """Return the form in ``language``, otherwise that for all languages, otherwise the first: an official form
        often exists in one language only."""
        for name in (f"form.{language}", "form"):
            for form in self.forms:
                if form.path.rpartition("/")[2] in {f"{name}.{ending}" for ending in FORM_ENDINGS}:
                    return form
        return self.forms[0] if self.forms else None

    def row_question(self, mark: str) -> str | None:
        """Return the question whose rows repeat the row of a table in which ``mark`` stands; None where none does."""
        source = self.marks.get(mark, {})
        is_of_row = "field" in source or "position" in source
        return source["question"] if is_of_row and source["question"] != self.each else None


def is_form(path: str) -> bool:
    """Whether ``path``, relative to the handbook, is that of a form: ``templates/ID/form.ja.docx``."""
    return _FORM_PATH.fullmatch(path) is not None


def form_kind(form: ContentFile) -> str:
    """Return ``docx`` or ``xlsx``."""
    return ending_of(form.path)
