"""Writes migration.json: run it after a change to what migrating, counting or the digest mean.

Python and TypeScript are both held to the file: tests/property/test_migration.py and
browser/tests/migrate-vectors.test.ts. Each record's digest covers its figures, so the vectors test conditions,
standings, figures, digest and migration at once.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from random_versions import random_case

FILE = Path(__file__).resolve().parent / "migration.json"
_CASES = 12


def vectors(count: int, seed: int) -> bytes:
    """``count`` cases as JSON, one on each line."""
    chance = random.Random(seed)
    cases = [json.dumps(random_case(chance), ensure_ascii=False) for _number in range(count)]
    return ("[\n" + ",\n".join(cases) + "\n]\n").encode()


def released() -> bytes:
    """The content of the file."""
    return vectors(_CASES, 1)


if __name__ == "__main__":
    FILE.write_bytes(released())
