"""The options that several commands of the site have."""

from __future__ import annotations

from pathlib import Path

import click

#: The folder of the site in that of the handbook.
SITE_FOLDER = "site"


def _in_handbook(context: click.Context, _option: click.Parameter, out: Path | None) -> Path:
    root: Path = context.obj
    return root / SITE_FOLDER if out is None else out


out_option = click.option(
    "--out", type=click.Path(path_type=Path), callback=_in_handbook,
    help="The folder of the site, which is replaced only when the build has succeeded."
    " Default: site/ in the handbook's folder.",
)  # fmt: skip


trust_option = click.option(
    "--trust-overrides",
    is_flag=True,
    help="Take templates and scripts of the handbook's own site_overrides/. They run on this computer: use it for"
    " your own handbook only.",
)
