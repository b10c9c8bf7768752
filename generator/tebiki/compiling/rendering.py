"""Renders a template, and says where in it a value is missing."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

import jinja2


class TemplateError(Exception):
    """A template reads a variable or a key that does not exist. The text names template, line and key."""


def render_template(template: jinja2.Template, variables: Mapping[str, Any]) -> str:
    """Return the text of ``template`` with ``variables``, which include the globals of its environment.

    ``jinja2.Template.render`` would copy the globals for every call.

    Raises:
        TemplateError: An undefined value is used.
    """
    context = template.new_context(dict(variables), shared=True)
    try:
        return "".join(template.root_render_func(context))
    except jinja2.UndefinedError as error:
        raise TemplateError(f"{_position(error)}: {error.message}") from error


def _position(error: jinja2.UndefinedError) -> str:
    """The innermost template that the error passed through, and its line."""
    position = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            position = f"{template.name}:{template.get_corresponding_lineno(line)}"
    return position
