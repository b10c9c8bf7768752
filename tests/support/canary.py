"""What tells that something of an attacker's ran or was followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Canary:
    """What tells that something of the attacker's ran or was followed.

    Attributes:
        file: Nothing may be written here.
        address: Nothing may be asked for here.
        requests: What was asked for all the same.
    """

    file: Path
    address: str
    requests: list[str] = field(default_factory=list)
