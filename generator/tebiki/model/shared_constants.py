"""The constants that Python and the browser share.

Both read ``shared_constants.json``, which describes each of them; ``browser/generate.mjs`` makes a module for
TypeScript of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_CONSTANTS: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def _texts(name: str) -> tuple[str, ...]:
    return tuple(_CONSTANTS[name]["value"])


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(_CONSTANTS[name]["value"])


def _text(name: str) -> str:
    return str(_CONSTANTS[name]["value"])


def _number(name: str) -> int:
    return int(_CONSTANTS[name]["value"])


ROLES = _texts("ROLES")
COMBINABLE_ROLES = _texts("COMBINABLE_ROLES")
ROLE_RANKS: dict[str, int] = _CONSTANTS["ROLE_RANKS"]["value"]
ROLE_GAPS: dict[str, str] = _CONSTANTS["ROLE_GAPS"]["value"]

ANSWERED = _text("ANSWERED")
UNANSWERED = _text("UNANSWERED")
WITHHELD = _text("WITHHELD")
SETTLED_STATUSES = _texts("SETTLED_STATUSES")
COMPARED_STATUSES = _texts("COMPARED_STATUSES")
GAP_ORDER = _texts("GAP_ORDER")
CHANGES = _texts("CHANGES")

TEXT_FIELDS = _texts("TEXT_FIELDS")
INVISIBLE = _text("INVISIBLE")
URL_PATTERN = _text("URL_PATTERN")
EMAIL_PATTERN = _text("EMAIL_PATTERN")
ACTION_COLUMNS = _texts("ACTION_COLUMNS")
ACTION_STATES = _texts("ACTION_STATES")
ANSWER_COLUMNS = _texts("ANSWER_COLUMNS")
ANSWER_COLUMN_WIDTHS = _numbers("ANSWER_COLUMN_WIDTHS")
ACTION_COLUMN_WIDTHS = _numbers("ACTION_COLUMN_WIDTHS")
PROVENANCE_COLUMN_WIDTHS = _numbers("PROVENANCE_COLUMN_WIDTHS")

REPORT_RECORD_ID = _text("REPORT_RECORD_ID")
RESULT_FORMAT = _text("RESULT_FORMAT")
RESULT_FORMAT_MAJOR = _number("RESULT_FORMAT_MAJOR")
MAX_RESULT_BYTES = _number("MAX_RESULT_BYTES")
MAX_REPORT_BYTES = _number("MAX_REPORT_BYTES")
MAX_TEXT_LENGTH = _number("MAX_TEXT_LENGTH")
CLOCK_TOLERANCE_HOURS = _number("CLOCK_TOLERANCE_HOURS")
MAX_ID_LENGTH = _number("MAX_ID_LENGTH")
MAX_QUOTED_LENGTH = _number("MAX_QUOTED_LENGTH")
MAX_CELL_LENGTH = _number("MAX_CELL_LENGTH")
MERGE_NAMESPACE = _text("MERGE_NAMESPACE")

BAR_WIDTH = _number("BAR_WIDTH")
BAR_LABEL_WIDTH = _number("BAR_LABEL_WIDTH")
LIGHT_BAR_ROLES = _texts("LIGHT_BAR_ROLES")

LATEST = _text("LATEST")

VARIANT_CHARACTERS = _text("VARIANT_CHARACTERS")
