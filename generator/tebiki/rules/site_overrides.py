from __future__ import annotations

from collections.abc import Iterator

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook


@rule("site-overrides")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A file of the handbook's own ``site_overrides`` is not taken into the site.

    Style sheets, fonts (.woff2) and pictures there are added to those of the generator, or replace the file of the
    same path. Templates and scripts are programs, and come from the generator alone. Take the file out.
    """
    for file in handbook.ignored_overrides:
        message = "only style sheets, fonts and pictures are taken from here: take it out"
        yield Diagnostic(Place(file), "site-overrides", message, severity="warning")
