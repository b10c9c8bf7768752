"""What a template may read of an entry: the properties of its schema, and nothing else."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from example_handbook import LANGUAGES, MINIMAL, PROJECT, loaded
from tebiki.compiling.rendering import TemplateError, render_template
from tebiki.model.localise import localise
from tebiki.reading.schema import schema_shape

TERM = next(item for item in loaded(MINIMAL).items if item.kind == "term")


def rendered(**templates: str) -> str:
    """The text of the template ``main`` for a term, in English."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates), undefined=jinja2.StrictUndefined, autoescape=True
    )
    item: Any = localise(TERM.data, "en", LANGUAGES, schema_shape("term").value("items"))
    return render_template(environment.get_template("main"), {"item": item})


def test_a_property_of_the_schema_is_none_where_the_entry_lacks_it() -> None:
    assert "superseded_by" not in TERM.data
    assert rendered(main="{{ item.title }}{{ '!' if item.superseded_by }}") == TERM.title["en"]


def test_a_misspelt_key_is_an_error_that_names_template_line_and_key() -> None:
    with pytest.raises(TemplateError, match=r"^main:2: .*'titel'"):
        rendered(main="<p>\n{{ item.titel }}</p>")


def test_a_misspelt_key_inside_a_part_is_an_error() -> None:
    with pytest.raises(TemplateError, match=r"^main:1: .*'txt'"):
        rendered(main="{% for definition in item.definitions %}{{ definition.txt }}{% endfor %}")


def test_the_error_names_the_template_that_was_included() -> None:
    with pytest.raises(TemplateError, match=r"^part:2: .*'titel'"):
        rendered(main="{% include 'part' %}", part="\n{{ item.titel }}")


@pytest.mark.parametrize("kind", sorted({item.kind for item in loaded(PROJECT).items}))
def test_the_shape_of_every_kind_lists_the_head_that_all_share(kind: str) -> None:
    assert {"id", "title", "sources", "status"} <= schema_shape(kind).value("items").properties.keys()


def test_the_shape_of_a_condition_holds_itself() -> None:
    condition = schema_shape("checklist").value("sections").value("items").value("when")
    assert condition.value("all").value("any") is condition
