"""The form templates of a handbook, as scripts that a form page loads when one is filled."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from tebiki.model.form_template import form_kind
from tebiki.model.handbook import Handbook

_MAPPING = ("ticked", "unticked", "each", "marks")


def form_scripts(handbook: Handbook, language: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the script of each template, which ``browser/tools/fill-view.ts`` loads.

    They are scripts because form pages may fetch nothing. Each adds a template to ``tebikiFormTemplates``: ``kind``
    (``docx`` or ``xlsx``), ``mapping`` (of ``form.yml``) and ``form`` (the file in base64).
    """
    for template in handbook.form_templates:
        form = template.form(language)
        if form is not None:
            data = {
                "kind": form_kind(form),
                "mapping": {key: template.data[key] for key in _MAPPING if key in template.data},
                "form": base64.b64encode(form.raw).decode(),
            }
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            yield (
                f"form-templates/{template.id}.js",
                f"(globalThis.tebikiFormTemplates??={{}})[{json.dumps(template.id)}]={text};\n",
            )


def form_titles(handbook: Handbook, language: str) -> list[dict[str, Any]]:
    """Return the templates in the order of the handbook: id, title, text and the id of the checklist."""
    return [
        {
            "id": template.id,
            "title": template.data["title"][language],
            "text": template.data.get("text", {}).get(language, ""),
            "checklist": template.checklist,
        }
        for template in handbook.form_templates
        if template.form(language) is not None
    ]
