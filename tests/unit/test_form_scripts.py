"""The scripts by which a form page gets the form templates."""

from __future__ import annotations

import base64
import json

from example_handbook import MINIMAL
from tebiki.compiling.form_scripts import form_scripts, form_titles
from tebiki.reading.load import load


def test_a_script_holds_the_mapping_and_the_form_of_the_language() -> None:
    handbook = load(MINIMAL)[0]
    for language in handbook.languages:
        scripts = dict(form_scripts(handbook, language))
        assert list(scripts) == [
            f"form-templates/{entry['id']}.js" for entry in form_titles(handbook, language)
        ]
        for template in handbook.form_templates:
            start, _, data = scripts[f"form-templates/{template.id}.js"].partition("]=")
            form = template.form(language)
            assert form is not None
            assert start == f'(globalThis.tebikiFormTemplates??={{}})["{template.id}"'
            content = json.loads(data.removesuffix(";\n"))
            assert base64.b64decode(content["form"]) == form.raw
            assert content["mapping"]["marks"] == template.marks


def test_titles_are_in_the_language() -> None:
    handbook = load(MINIMAL)[0]
    assert [entry["title"] for entry in form_titles(handbook, "en")] == [
        "Notice of an event (Excel)",
        "Notice of an event (Word)",
    ]
