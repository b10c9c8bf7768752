"""The number of random cases in a test: few in `make test`, ten thousand in `make soak`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

EXAMPLES = int(os.environ.get("TEBIKI_EXAMPLES", "300"))


def seeds() -> Iterator[random.Random]:
    """Yield a random generator for each case."""
    for seed in range(EXAMPLES):
        yield random.Random(seed)
