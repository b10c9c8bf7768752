"""Names of the package and of the tests say what they hold; modules and functions are short enough to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from example_handbook import PROJECT
from jinja2 import nodes

PACKAGE = PROJECT / "generator" / "tebiki"
EMPTY_WORDS = {"one", "found", "told", "said", "named", "about", "thing"}
#: Indices and coordinates, and the name of what is not used.
SHORT_NAMES = {"i", "j", "k", "x", "y", "_"}
LONGEST_FUNCTION = 60
LONGEST_MODULE = 300

PYTHON = [
    file
    for folder in (PACKAGE, PROJECT / "tests", PROJECT / "bench")
    for file in sorted(folder.rglob("*.py"))
]
TEMPLATES = sorted(file for file in PACKAGE.rglob("*.jinja*") if file.is_file())


def bound_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a definition, a parameter, an assignment, a loop, an import or a pattern binds, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name, node.lineno
            case ast.Import() | ast.ImportFrom():
                yield from ((alias.asname, node.lineno) for alias in node.names if alias.asname)


def template_names(source: str) -> Iterator[tuple[str, int]]:
    """Every name that a template binds: macros, their parameters, loop variables and assignments."""
    tree = jinja2.Environment(autoescape=True).parse(source)
    for name in tree.find_all(nodes.Name):
        if name.ctx in ("store", "param"):
            yield name.name, name.lineno
    for macro in tree.find_all(nodes.Macro):
        yield macro.name, macro.lineno


def says_nothing(name: str) -> bool:
    bare = name.strip("_").lower()
    return name not in SHORT_NAMES and (len(bare) < 2 or bare in EMPTY_WORDS)


def empty_names(file: Path) -> list[str]:
    """The names in ``file`` that say nothing, as "file:line name"; the name of the file included."""
    source = file.read_text(encoding="utf-8")
    names = [(file.name.split(".")[0], 1)] if file.suffix == ".py" and file.stem != "__main__" else []
    names += bound_names(ast.parse(source)) if file.suffix == ".py" else template_names(source)
    return [f"{file.relative_to(PROJECT)}:{line} {name}" for name, line in names if says_nothing(name)]


@pytest.mark.parametrize(
    "folder", [PACKAGE, PROJECT / "tests", PROJECT / "bench"], ids=lambda folder: folder.name
)
def test_names_say_what_they_hold(folder: Path) -> None:
    files = [file for file in (*PYTHON, *TEMPLATES) if file.is_relative_to(folder)]
    assert files
    assert [name for file in files for name in empty_names(file)] == []


@pytest.mark.parametrize(
    "line",
    [
        "def said(text): ...",
        "def show(one): ...",
        "lambda a: a",
        "[found for found in range(3)]",
        "import json as j2, re as r",
        "thing: int = 3",
        "match 1:\n    case told: ...",
        "try: ...\nexcept OSError as e: ...",
        "self.about = 1",
        "if (n := 3): ...",
    ],
)
def test_a_name_that_says_nothing_is_reported(line: str) -> None:
    assert any(says_nothing(name) for name, _line in bound_names(ast.parse(line)))


def test_a_template_name_that_says_nothing_is_reported() -> None:
    source = "{% macro row(m) %}{% for one in m %}{% set t = one %}{% endfor %}{% endmacro %}"
    assert sorted(name for name, _line in template_names(source) if says_nothing(name)) == ["m", "one", "t"]


def long_functions(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{file.relative_to(PROJECT)} {function}"
        for file in PYTHON
        for function in long_functions(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert long == []


def test_no_module_is_too_long() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in PYTHON}
    assert [
        f"{file.relative_to(PROJECT)}: {length} lines"
        for file, length in lengths.items()
        if length > LONGEST_MODULE
    ] == []


def test_a_long_function_is_reported() -> None:
    body = "    pass\n"
    assert list(long_functions(ast.parse("def short():\n" + body * (LONGEST_FUNCTION - 1)))) == []
    assert list(long_functions(ast.parse("def long():\n" + body * LONGEST_FUNCTION))) == ["long: 61 lines"]
