from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.message import Message


@rule("site-overrides")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A file of the handbook's own ``site_overrides`` is not taken into the site.

    Style sheets, fonts (.woff2) and pictures there are added to those of the generator, or replace the file of the
    same path. Templates (.html) and scripts (.js) are programs. They come from the generator, unless the person who
    builds decides otherwise with ``--trust-overrides``. Take the file out, or use that option in your own handbook.
    """
    for file in handbook.ignored_overrides:
        message = Message("rules.site-overrides.not-taken")
        yield Diagnostic(Place(file), "site-overrides", message, severity="warning")
