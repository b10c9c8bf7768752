"""The search of a built site on the command line: the engine that runs in the page, run by Node.js."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.resources import SEARCH_ENGINE

#: Bundled by browser/build.mjs from browser/search/cli.ts.


class CannotSearch(Exception):
    """Something that the search needs is not there; the text says what, and what to do."""


@dataclass(frozen=True)
class Question:
    """What is looked for, in which language's pages, and how many results are wanted."""

    query: str
    language: str
    limit: int = 10


def answers(site: Path, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The answers to ``questions`` from the site in the folder ``site``, in their order.

    Each has ``hits`` (best first, with id, location, title, kind, status, source, definition,
    sentence), ``pages``, ``corrected`` (the query as it was probably meant), ``loose`` and
    ``nearest``; ``browser/search/cli.ts`` writes them. Raises CannotSearch.
    """
    for language in sorted({question.language for question in questions}):
        if not (site / language / SEARCH_INDEX).is_file():
            raise CannotSearch(
                f"{site / language / SEARCH_INDEX} is missing: build the site first (tebiki build)"
            )
    asked = "".join(json.dumps(vars(question)) + "\n" for question in questions)
    command = [_node(), str(SEARCH_ENGINE), str(site)]
    if not SEARCH_ENGINE.is_file():
        raise CannotSearch(
            f"{SEARCH_ENGINE} is missing: make it with 'npm run build' in {SEARCH_ENGINE.parent.parent}"
        )
    done = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise CannotSearch(f"the engine stopped: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _node() -> str:
    """Node.js of the environment, otherwise of the machine."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which("node", path=path)
    if found is None:
        raise CannotSearch("Node.js is missing: 'make check' puts it into the environment, or install it")
    return found


def answer_lines(answer: dict[str, Any]) -> list[str]:
    """An answer as lines for a terminal."""
    lines = []
    if corrected := answer.get("corrected"):
        lines.append(f"? {corrected}")
    for place, hit in enumerate(answer["hits"], 1):
        facts = " · ".join(one for one in (hit["kind"], hit["status"], hit["source"]) if one)
        lines += [f"{place}. {hit['title']}  {hit['location']}", f"   {facts}"]
        lines += [f"   {hit[part]}" for part in ("definition", "sentence") if hit[part]]
    lines += [f"~ {near['title']}  {near['location']}" for near in answer["nearest"]]
    return lines
