"""Releases what this process remembers of the handbooks that it has read."""

from __future__ import annotations

import functools
import gc
import sys

from tebiki.reading.load import forget_parsed_files

#: Where functions remember what they have returned for a handbook, or for a text of it.
_PACKAGES = ("tebiki.compiling.", "tebiki.model.", "tebiki.reading.", "tebiki.rules.")
_REMEMBERING = type(functools.lru_cache(int))


def forget_handbooks() -> None:
    """Release all handbooks that nothing refers to but caches."""
    forget_parsed_files()
    for name, module in list(sys.modules.items()):
        if name.startswith(_PACKAGES):
            for value in vars(module).values():
                if isinstance(value, _REMEMBERING):
                    value.cache_clear()
    gc.collect()
