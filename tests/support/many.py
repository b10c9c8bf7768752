"""How many random cases a test looks at: few in `make test`, ten thousand in `make soak`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

EXAMPLES = int(os.environ.get("TEBIKI_EXAMPLES", "300"))


def seeds() -> Iterator[random.Random]:
    """A source of chance for each case; the message of a failing test names the seed."""
    for seed in range(EXAMPLES):
        yield random.Random(seed)
