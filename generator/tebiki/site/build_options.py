"""What a build is told: what is built, and what is kept from an earlier one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.model.handbook import Handbook, WordDiffs
from tebiki.site.builders import DEFAULT

if TYPE_CHECKING:
    from tebiki.site.live_workers import LiveWorkers


@dataclass(frozen=True)
class Kept:
    """What a process that builds a handbook again and again keeps from one build to the next.

    Attributes:
        workers: The processes that build the languages.
        open_pages: Returns the addresses of the pages that somebody is looking at ("/en/procedure/four-steps.html").
        replacing: Returns a context in which the site may be replaced.
    """

    workers: LiveWorkers
    open_pages: Callable[[], Iterable[str]]
    replacing: Callable[[], contextlib.AbstractContextManager[None]]


@dataclass(frozen=True)
class BuildOptions:
    """What is built, and how.

    Attributes:
        languages: The codes of the languages to build; all of them when empty.
        builder: The name of the builder, one of ``builders.PACKAGES``.
        uses_cache: Whether pages that have been built before are taken from the cache; the site is the same.
        trusts_overrides: Whether to take templates and scripts of its ``site_overrides``; only a person decides that.
        published_at: The address of the folder of all versions, with a slash at its end; "" without versions.
        base: The folder that a path to the upstream handbook starts from, if not that of the handbook.
        original_changes: Returns what has changed in the originals of stale translations, by "LANGUAGE/ID"; without
            it the site does not tell.
        is_last: Whether this process reads no handbook afterwards.
    """

    languages: tuple[str, ...] = ()
    builder: str = DEFAULT
    uses_cache: bool = True
    trusts_overrides: bool = False
    published_at: str = ""
    base: Path | None = None
    original_changes: Callable[[Handbook], Mapping[str, WordDiffs]] | None = None
    is_last: bool = False
