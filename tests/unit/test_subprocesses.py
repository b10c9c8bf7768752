"""Every other program that this one starts, and how: the list is complete, and a new entry is looked at."""

from __future__ import annotations

import ast
from pathlib import Path

from example_handbook import PROJECT

PACKAGE = PROJECT / "generator" / "tebiki"
#: Module → what it starts.
STARTS = {
    "reading/git_process.py": "git, with settings that start no program",
    "site/workers.py": "Python, isolated",
    "site/live_workers.py": "Python, isolated",
    "site/language_jobs.py": "a copy of itself, for each language",
    "site/parallel_calls.py": "copies of itself",
    "site/builders/zensical.py": "Python, isolated",
    "site/search_command.py": "Node.js, with the engine of this package",
    "results/collect.py": "Python, which looks for nothing in the current folder",
}
WAYS = {"subprocess", "multiprocessing", "concurrent.futures", "pty"}
CALLS = {"system", "popen", "fork", "forkpty", "posix_spawn", "startfile"}


def starts_programs(module: Path) -> bool:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and any(alias.name in WAYS for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module in WAYS - {"concurrent.futures"}:
            return True
        if isinstance(node, ast.ImportFrom) and any(
            alias.name == "ProcessPoolExecutor" for alias in node.names
        ):
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            start = node.attr in CALLS or node.attr.startswith(("exec", "spawn"))
        else:
            start = False
        if start:
            return True
    return False


def test_the_list_is_complete() -> None:
    modules = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if starts_programs(path)
    }
    assert modules == set(STARTS)


def test_python_is_started_isolated() -> None:
    for name in (name for name, program in STARTS.items() if program == "Python, isolated"):
        source = (PACKAGE / name).read_text(encoding="utf-8")
        assert "isolated_python(" in source
        assert "sys.executable" not in source


def test_git_is_started_in_one_place() -> None:
    modules = [path.name for path in PACKAGE.rglob("*.py") if '["git"' in path.read_text(encoding="utf-8")]
    assert modules == ["git_process.py"]
