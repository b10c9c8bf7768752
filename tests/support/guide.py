"""Reads and runs a guide in docs/: what it shows is what happens.

In a block ``console`` a line after ``$ `` is typed, and the lines below are what is said; ``…`` stands for
anything, on a line of its own for any number of lines. A block ``diff`` is an edit of the file named after
``+++``. Each section (``##``) begins anew with the example handbook as it was released.
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
    """A fenced block: what stands after the fence, its lines, the section it stands in, its first line."""

    kind: str
    lines: tuple[str, ...]
    section: str
    at: int


@dataclass(frozen=True)
class Guide:
    """``headings`` are pairs of level and words, ``links`` the addresses in their order."""

    headings: list[tuple[int, str]]
    blocks: list[Block]
    links: list[str]
    words: str


def read_guide(file: Path) -> Guide:
    headings: list[tuple[int, str]] = []
    blocks: list[Block] = []
    text: list[str] = []
    section, inside = "", False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(_FENCE):
            inside = not inside
            if inside:
                kind, start, held = line.removeprefix(_FENCE), number + 1, []
            else:
                blocks.append(Block(kind, tuple(held), section, start))
        elif inside:
            held.append(line)
        else:
            text.append(line)
            if heading := re.match(r"(#+) (.*)", line):
                headings.append((len(heading[1]), heading[2]))
                section = heading[2] if len(heading[1]) == 2 else section
    words = "\n".join(text)
    return Guide(headings, blocks, re.findall(r"\]\(([^)]+)\)", words), words)


def follow(block: Block, root: Path, typed: Callable[[str], str]) -> str:
    """Do in ``root`` what ``block`` says; returns what is otherwise than it says, empty when nothing is.

    ``typed`` runs one command there and returns the answer.
    """
    if block.kind == "diff":
        return _edit(block, root)
    if block.kind != "console":
        return ""
    for command, expected in _commands(block):
        said = typed(command).rstrip("\n")
        if not re.fullmatch(_pattern(expected), said):
            return f"line {block.at}: {command}\n{said}"
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
        return f"line {block.at}: what is to be replaced stands {text.count(old)} times in {file.name}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
    return ""
