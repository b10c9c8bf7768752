"""What writing and reading a lake agree on. ``docs/results-at-scale.md`` describes the format."""

from __future__ import annotations

LAKE_FORMAT = "tebiki-lake"
LAKE_FORMAT_VERSION = "1.0.0"
#: The value of a partition for what a result does not state: engines read an empty one differently.
NOT_STATED = "_"
#: The folders of a lake, by the table that their parts belong to.
TABLE_FOLDERS = {"answers": "answers", "assessments": "assessments", "left_out": "left-out"}
