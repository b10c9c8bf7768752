"""The values of a checklist as texts of cells, and back.

A value that its plain text would not give back, such as a line that is empty, is written as JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from tebiki.interchange.columns import Codec
from tebiki.interchange.condition_text import ConditionTextError, condition_text, parse_condition_text

_TRUTH = {"true": True, "yes": True, "はい": True, "false": False, "no": False, "いいえ": False}


class CellError(ValueError):
    """A cell cannot be read; the message is the reason: a key of ``cells`` in ``interchange.yml``."""


def cell_text(value: Any, codec: Codec) -> str:
    """Return the text of a cell for a value of one language, or of none; lists of texts see ``line_cells``."""
    text = _plain_text(value, codec)
    if codec in ("text", "word"):
        return text
    try:
        is_same = text != "" and same(cell_value(text, codec), value)
    except CellError:
        is_same = False
    return text if is_same else json.dumps(value, ensure_ascii=False)


def cell_value(text: str, codec: Codec) -> Any:
    """Return the value that the text of a cell stands for, if it is not empty.

    Raises:
        CellError: The text is none that such a cell can hold.
    """
    if codec == "text":
        return text
    text = text.strip()
    if text.startswith(("[", "{")) and codec in ("ids", "sources", "condition"):
        return _json(text)
    match codec:
        case "word":
            return text
        case "json":
            return _json(text)
        case "word-or-ids":
            return _json(text) if text.startswith("[") else text
        case "truth":
            if (truth := _TRUTH.get(text.lower())) is None:
                raise CellError("truth")
            return truth
        case "whole" | "decimal":
            return _number(text, codec)
        case "ids":
            return [
                part.strip() for part in text.replace("、", ",").replace("\n", ",").split(",") if part.strip()
            ]
        case "sources":
            return [_source(line) for line in text.split("\n") if line.strip()]
        case _:
            try:
                return parse_condition_text(text)
            except ConditionTextError:
                raise CellError("condition") from None


def line_cells(entries: Sequence[Mapping[str, str]], languages: Sequence[str]) -> dict[str, str]:
    """Return the cell of each language for a list of texts, a line for each; a text that is missing is an empty line."""
    cells = {language: "\n".join(entry.get(language, "") for entry in entries) for language in languages}
    if entries and line_values(cells) == list(entries):
        return cells
    return {**dict.fromkeys(languages, ""), languages[0]: json.dumps(list(entries), ensure_ascii=False)}


def line_values(cells: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the list of texts that ``line_cells`` wrote.

    Raises:
        CellError: A cell begins like JSON, and is none.
    """
    for text in cells.values():
        if text.startswith(("[{", "[]")):
            entries: list[dict[str, str]] = _json(text)
            return entries
    lines = {language: text.rstrip().split("\n") for language, text in cells.items() if text.strip()}
    count = max(map(len, lines.values()), default=0)
    values = (
        {
            language: texts[index].strip()
            for language, texts in lines.items()
            if index < len(texts) and texts[index].strip()
        }
        for index in range(count)
    )
    return [value for value in values if value]


def same(left: Any, right: Any) -> bool:
    """Return whether two values are the same as JSON; true is not 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def _plain_text(value: Any, codec: Codec) -> str:
    match codec:
        case "truth" if isinstance(value, bool):
            return "true" if value else "false"
        case "ids" if isinstance(value, list):
            return ", ".join(map(str, value))
        case "sources" if isinstance(value, list):
            return "\n".join(
                f"{entry['source']}: {entry['place']}" for entry in value if set(entry) == {"source", "place"}
            )
        case "condition" if isinstance(value, Mapping):
            return condition_text(value)
        case _:
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _source(line: str) -> dict[str, str]:
    source, separator, place = line.partition(":" if ":" in line else "：")
    if not separator or not place.strip() or not source.strip():
        raise CellError("sources")
    return {"source": source.strip(), "place": place.strip()}


def _number(text: str, codec: Codec) -> int | float:
    try:
        number = float(text)
    except ValueError:
        raise CellError(codec) from None
    if number.is_integer():
        return int(number)
    if codec == "whole" or not math.isfinite(number):
        raise CellError(codec)
    return number


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise CellError("json") from None
