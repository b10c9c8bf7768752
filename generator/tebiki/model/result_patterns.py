"""Patterns of ``schemas/assessment-result.schema.json`` that more than one module reads, without ``^`` and ``$``."""

from __future__ import annotations

#: An id, such as the kind of a subject.
ID = r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
#: A round: a year, or a year and a month.
ROUND = r"[0-9]{4}(-(0[1-9]|1[0-2]))?"
