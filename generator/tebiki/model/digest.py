"""Fingerprints that do not depend on how the data was written down."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def digest(data: Any) -> str:
    """``sha256:`` and the SHA-256 of the canonical JSON of ``data`` (RFC 8785), in hexadecimal.

    Raises ValueError for what JSON cannot hold, such as half of a surrogate pair.
    """
    return "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()
