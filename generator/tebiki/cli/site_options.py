"""The options that several commands of the site have."""

from __future__ import annotations

from pathlib import Path

import click

out_option = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
    help="The folder of the site. It is replaced only when the build has succeeded.",
)  # fmt: skip


trust_option = click.option(
    "--trust-overrides",
    is_flag=True,
    help="Take templates and scripts of the handbook's own site_overrides/. They run on this computer: use it for"
    " your own handbook only.",
)
