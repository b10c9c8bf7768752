"""The number of random cases in a test: few in `make test`, ten thousand in `make soak`."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

from hypothesis import settings

#: Cases in `make test`
FEW = 50
EXAMPLES = int(os.environ.get("TEBIKI_EXAMPLES", FEW))


def seeds() -> Iterator[random.Random]:
    """Yield a random generator for each case."""
    for seed in range(EXAMPLES):
        yield random.Random(seed)


def examples(number: int) -> settings:
    """Return settings for ``number`` examples in `make test`, and as many times more in `make soak` as there are cases."""
    return settings(max_examples=number * EXAMPLES // FEW)
