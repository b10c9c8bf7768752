"""Renders the templates of pages and items, and names the place in a template where a value is missing."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from tebiki.compiling.html_parts import HtmlParts
from tebiki.compiling.template_cache import template_cache
from tebiki.resources import PAGE_TEMPLATES, read_resource, resource_names

_LINE_ENDS = re.compile(r"\n\s+")


class TemplateError(Exception):
    """A template reads a variable or a key that does not exist. The text names template, line and key."""


def _page_environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=template_cache(),
        optimized=False,  # nothing in them can be worked out beforehand, and looking for it takes a sixth of compiling
    )


def _template(name: str) -> str | None:
    return read_resource(PAGE_TEMPLATES, name) if name in resource_names(PAGE_TEMPLATES) else None


class Renderer:
    """Renders the templates of ``compiling/templates``.

    Args:
        root: The project, whose ``build/`` caches the compiled templates.
        common: The variables of every template.
    """

    def __init__(self, root: Path, common: Mapping[str, Any]) -> None:
        self._environment = _page_environment()
        self._common = {**self._environment.globals, **common}

    def render(self, template: str, html: HtmlParts, **context: Any) -> str:
        """Return the HTML of a template without blank lines.

        Templates call ``html`` for shared parts, and ``text``, ``inline``, ``plain`` and ``href`` for texts and links.

        Raises:
            TemplateError: The template uses an undefined value.
        """
        text = html.text
        page_variables = {
            "html": html,
            "text": text.block,
            "inline": text.inline,
            "plain": text.plain,
            "href": text.href,
        }
        variables = {**self._common, **page_variables, **context}
        rendered = render_template(self._environment.get_template(template), variables)
        return without_blank_lines(rendered).strip()


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


def without_blank_lines(html: str) -> str:
    """Return HTML without blank lines and indentation.

    A blank line inside HTML ends it for some Markdown parsers, and indentation makes code.
    """
    return _LINE_ENDS.sub("\n", html)


def _position(error: jinja2.UndefinedError) -> str:
    """Return the innermost template that the error passed through, and its line."""
    position = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            position = f"{template.name}:{template.get_corresponding_lineno(line)}"
    return position
