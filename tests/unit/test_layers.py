"""The folders of the package depend on each other one way only, as docs/architecture.md draws it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import PROJECT

PACKAGE = PROJECT / "generator" / "tebiki"
#: What each folder or module of the package may import, besides itself.
MAY_IMPORT = {
    "resources": set(),
    "files": set(),
    "processes": set(),
    "model": set(),
    "reading": {"model", "resources", "files"},
    "writing": {"reading", "model"},
    "locales": {"reading", "model", "resources"},
    "rules": {"locales", "reading", "model"},
    "history": {"writing", "locales", "reading", "model", "files"},
    "results": {"locales", "reading", "model", "files", "processes", "resources"},
    "compiling": {"locales", "reading", "model", "files", "resources"},
    "upkeep": {
        "history",
        "rules",
        "writing",
        "locales",
        "reading",
        "model",
        "files",
        "resources",
        "__init__",
    },
    "editor": {"locales", "reading", "model", "files", "resources"},
    "interchange": {
        "writing",
        "upkeep",
        "results",
        "history",
        "rules",
        "locales",
        "reading",
        "model",
        "files",
        "resources",
    },
    "site": {
        "editor",
        "compiling",
        "rules",
        "locales",
        "reading",
        "model",
        "files",
        "processes",
        "resources",
    },
    "publishing": {"site", "editor", "history", "locales", "reading", "model", "files", "resources"},
}
MAY_IMPORT["__init__"] = set()
MAY_IMPORT["cli"] = set(MAY_IMPORT)
MAY_IMPORT["__main__"] = {"cli"}


def imported_names(module: Path) -> Iterator[str]:
    """The full name of everything that ``module`` imports."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports(module: Path, package: Path) -> Iterator[tuple[str, str]]:
    """The folder of ``module`` and the folder of each module of the package that it imports."""
    folder = module.relative_to(package).parts[0].removesuffix(".py")
    for name in imported_names(module):
        if name.startswith("tebiki."):
            target = name.split(".")[1]
            yield folder, "__init__" if target == "__version__" else target


def arrows_up(package: Path) -> list[str]:
    """Every import that the table does not allow, as "module → folder"."""
    return [
        f"{module.relative_to(package)} → {target}"
        for module in sorted(package.rglob("*.py"))
        for folder, target in imports(module, package)
        if target != folder and target not in MAY_IMPORT[folder]
    ]


def test_dependencies_point_one_way() -> None:
    assert arrows_up(PACKAGE) == []


def test_the_table_knows_every_folder() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert set(MAY_IMPORT) == folders | modules


def test_the_table_has_no_circle() -> None:
    done: set[str] = set()
    while rest := {folder for folder in MAY_IMPORT if folder not in done}:
        free = {folder for folder in rest if MAY_IMPORT[folder] - {folder} <= done}
        assert free, f"circle among {sorted(rest)}"
        done |= free


@pytest.mark.parametrize(
    "line", ["import tebiki.site.pipeline", "from tebiki.compiling import compile", "from tebiki import cli"]
)
def test_an_arrow_that_runs_up_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "handbook.py").write_text(f"def late():\n    {line}\n", encoding="utf-8")
    assert len(arrows_up(tmp_path)) == 1


def test_only_its_own_module_imports_a_builder() -> None:
    modules = {
        module.relative_to(PACKAGE).as_posix()
        for module in PACKAGE.rglob("*.py")
        for name in imported_names(module)
        if name.partition(".")[0] in ("mkdocs", "material", "zensical")
    }
    assert modules == {f"site/builders/{name}.py" for name in ("mkdocs", "mkdocs_site", "raw_html")}
