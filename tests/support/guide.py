"""Parses and runs the guides in docs/, so that they show what really happens.

In a ``console`` block, lines that begin with ``$ `` are commands, and the lines below are their expected output;
``…`` matches anything, and on a line of its own any number of lines. A ``diff`` block edits the file named after
``+++``. Each section (``##``) starts from the released example handbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = "```"
_ANY = "…"


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string, its lines, the section around it, and the number of its first line."""

    kind: str
    lines: tuple[str, ...]
    section: str
    first_line: int


@dataclass(frozen=True)
class Guide:
    """A guide: ``headings`` are pairs of level and text, ``text`` is everything outside the blocks."""

    headings: list[tuple[int, str]]
    blocks: list[Block]
    links: list[str]
    text: str


def read_guide(file: Path) -> Guide:
    headings: list[tuple[int, str]] = []
    blocks: list[Block] = []
    lines: list[str] = []
    section, inside = "", False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(_FENCE):
            inside = not inside
            if inside:
                kind, start, block_lines = line.removeprefix(_FENCE), number + 1, []
            else:
                blocks.append(Block(kind, tuple(block_lines), section, start))
        elif inside:
            block_lines.append(line)
        else:
            lines.append(line)
            if heading := re.match(r"(#+) (.*)", line):
                headings.append((len(heading[1]), heading[2]))
                section = heading[2] if len(heading[1]) == 2 else section
    text = "\n".join(lines)
    return Guide(headings, blocks, re.findall(r"\]\(([^)]+)\)", text), text)


def run_block(block: Block, root: Path, run_command: Callable[[str], str]) -> str:
    """Run the commands or apply the edit of ``block`` in ``root``.

    Args:
        block: A block of a guide; blocks other than ``console`` and ``diff`` are ignored.
        root: The handbook.
        run_command: Runs a command line in ``root`` and returns its output.

    Returns:
        The first deviation from what the block shows; empty when there is none.
    """
    if block.kind == "diff":
        return _edit(block, root)
    if block.kind != "console":
        return ""
    for command, expected in _commands(block):
        output = run_command(command).rstrip("\n")
        if not re.fullmatch(_pattern(expected), output):
            return f"line {block.first_line}: {command}\n{output}"
    return ""


def _commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    command, expected = "", list[str]()
    for line in (*block.lines, "$ "):
        if line.startswith("$ "):
            if command:
                yield command, expected
            command, expected = line.removeprefix("$ "), []
        else:
            expected.append(line)


def _pattern(lines: list[str]) -> str:
    parts = [
        r"(?s:.*)" if line == _ANY else ".*".join(re.escape(part) for part in line.split(_ANY))
        for line in lines
    ]
    return r"\n".join(parts)


def _edit(block: Block, root: Path) -> str:
    head, *lines = block.lines
    file = root / head.removeprefix("+++ ")
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " -")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in " +")
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if old and text.count(old) != 1:
        return f"line {block.first_line}: the text to replace occurs {text.count(old)} times in {file.name}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    return ""
