"""The command ``tebiki build``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.commands import Command
from tebiki.cli.site_options import out_option, trust_option
from tebiki.cli.terminal import text_of
from tebiki.model.message import Message
from tebiki.site.builders import DEFAULT, PACKAGES, is_installed
from tebiki.site.workers import Workers


@click.command(cls=Command)
@out_option
@click.option("--lang", "languages", multiple=True, help="Build only this language; may be repeated.")
@click.option(
    "--builder", type=click.Choice(list(PACKAGES)), default=DEFAULT, show_default=True,
    help="The program that makes the pages; docs/zensical.md lists the differences.",
)  # fmt: skip
@click.option(
    "--no-cache",
    is_flag=True,
    help="Build every page, also those that a build has made before from the same text.",
)
@trust_option
@click.pass_obj
def build(
    root: Path,
    out: Path,
    languages: tuple[str, ...],
    builder: str,
    no_cache: bool,
    trust_overrides: bool,
) -> None:
    """Build the site."""
    if not is_installed(builder):
        raise click.UsageError(text_of(Message("commands.build.no-builder", builder=builder)))
    with Workers(len(languages), builder, uses_cache=not no_cache) as workers:
        # while this is imported, so is MkDocs in the process that has been started
        from tebiki.cli.build_and_report import build_alone, original_changes_in  # noqa: PLC0415
        from tebiki.site.build_options import BuildOptions  # noqa: PLC0415

        options = BuildOptions(
            languages,
            builder,
            uses_cache=not no_cache,
            trusts_overrides=trust_overrides,
            original_changes=original_changes_in(root),
            is_last=True,
        )
        is_built = build_alone(root, out, options, workers=workers)
    if not is_built:
        sys.exit(1)
