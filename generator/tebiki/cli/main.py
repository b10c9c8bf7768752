"""The command ``tebiki``. Exit codes: 0 in order, 1 problems found, 2 used wrongly."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from tebiki import __version__
from tebiki.cli.history import diff, expected_errors, release
from tebiki.cli.overlay import init, upstream
from tebiki.cli.results import result
from tebiki.cli.upkeep import impact, new_command, review, translations
from tebiki.model.diagnostics_output import OUTPUT_FORMATS, OutputFormat, escape_controls, format_diagnostics
from tebiki.model.handbook import Handbook
from tebiki.publishing.branch import Branch
from tebiki.publishing.publish import Publishing
from tebiki.publishing.remote import Remote
from tebiki.reading.git import Repository
from tebiki.reading.load import load
from tebiki.rules import check as check_handbook
from tebiki.site.builders import DEFAULT, PACKAGES, BuildFailed, is_installed
from tebiki.site.offline import NoSite
from tebiki.site.offline import offline as pack_offline
from tebiki.site.pipeline import STEPS, InvalidHandbook, UnknownLanguage, build_site
from tebiki.site.progress import Progress
from tebiki.site.search_command import CannotSearch, Question, answer_lines, answers
from tebiki.site.serve import serve as serve_site
from tebiki.site.swap import ForeignFolder
from tebiki.upkeep.coverage import InventoryError, coverage, coverage_table, read_inventory

#: Errors that a person can remove by making room or by allowing writing.
_NO_ROOM_OR_PERMISSION = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)
#: Errors of opening a port that another port may not have.
_PORT_ERRORS = (errno.EADDRINUSE, errno.EACCES, errno.EPERM)


def operating_system_message(error: OSError) -> str:
    """Describe ``error`` in one line: path, reason, and the remedy where there is one."""
    path = f"{error.filename}: " if error.filename else ""
    remedy = ""
    if error.errno in _NO_ROOM_OR_PERMISSION:
        remedy = "; nothing was replaced: make room or allow writing, and run the command again"
    return f"{path}{error.strerror or error}{remedy}"


class _Commands(click.Group):
    """Ends any command with one line when the operating system refuses something."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of the output has closed it: click ends quietly
                raise
            raise click.ClickException(operating_system_message(error)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
    help="The handbook's folder, with mkdocs.yml (or overlay.yml), content/ and checklists/. Default: the current folder.",
)  # fmt: skip
@click.version_option(__version__, prog_name="tebiki", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Compile a policy handbook from YAML and Markdown into a bilingual static site."""
    made_here = context.invoked_subcommand == "init"
    if not made_here and not any(os.path.lexists(root / name) for name in ("mkdocs.yml", "overlay.yml")):
        raise click.UsageError(
            f"there is no mkdocs.yml in {root.resolve()}: go to the handbook's folder, or use --root"
        )
    context.obj = root


for command in (diff, release, impact, review, translations, new_command, result, init, upstream):
    main.add_command(command)


@main.command()
@click.option(
    "--format", "form", type=click.Choice(OUTPUT_FORMATS), default="text", help="How to write the problems."
)
@click.pass_obj
def check(root: Path, form: OutputFormat) -> None:
    """Report every problem of the handbook as FILE:LINE:COLUMN RULE MESSAGE."""
    handbook, problems = load(root)
    problems = sorted({*problems, *check_handbook(handbook)})
    if problems or form == "json":
        click.echo(format_diagnostics(problems, form))
    if form == "text":
        count = len(handbook.items) + len(handbook.pages) + len(handbook.checklists)
        click.echo(f"{len(problems)} problems in {count} items, pages and checklists", err=True)
    sys.exit(1 if problems else 0)


def _language_of(handbook: Handbook, language: str | None) -> str:
    if language is None or language not in handbook.languages:
        raise click.UsageError(
            f"the handbook has no language {language}; it has {', '.join(handbook.languages)}"
        )
    return language


_out = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
    help="Where the site goes. What stands there is replaced only when the build has succeeded.",
)  # fmt: skip
_languages = click.option(
    "--lang", "languages", multiple=True, help="Build only this language; may be repeated."
)


@main.command()
@_out
@_languages
@click.option(
    "--builder", type=click.Choice(list(PACKAGES)), default=DEFAULT, show_default=True,
    help="The program that makes the pages; docs/zensical.md lists the differences.",
)  # fmt: skip
@click.pass_obj
def build(root: Path, out: Path, languages: tuple[str, ...], builder: str) -> None:
    """Build the site."""
    if not is_installed(builder):
        raise click.UsageError(
            f"{builder} is not installed: run make check once, which installs it, or build without --builder"
        )
    if not _build(root, out, languages, builder=builder):
        sys.exit(1)


@main.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port."
)
@_out
@click.pass_obj
def serve(root: Path, port: int, out: Path) -> None:
    """Build the site, serve it on this computer, and build again after each change."""
    if not _build(root, out, ()) and not out.is_dir():
        sys.exit(1)
    try:
        serve_site(root.resolve(), out.resolve(), port, lambda: _rebuild(root, out), click.echo)
    except OSError as error:
        if error.errno not in _PORT_ERRORS:
            raise
        raise click.UsageError(f"port {port}: {error.strerror}; choose another with --port") from error


def _rebuild(root: Path, out: Path) -> None:
    if _build(root, out, ()):
        click.echo("built again: reload the page")


@main.command()
@click.argument("version")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds all versions.")
@click.option("--site-url", help="Where the branch will be served. Default: site_url of mkdocs.yml.")
@click.option(
    "--send", "to", metavar="REMOTE", help="Take the branch over from there first, and send it there."
)
@click.pass_obj
def publish(root: Path, version: str, branch: str, site_url: str | None, to: str | None) -> None:
    """Build the committed handbook and add it to the publishing branch as VERSION.

    The working tree is not touched, and earlier versions stay as they are. Without --send, nothing is
    sent anywhere: that is what git push is for.
    """
    with expected_errors():
        remote = Remote(Repository(root), to, branch) if to else None
        if remote:
            remote.take_over()
        if remote and remote.waits and version in Branch(Repository(root), branch).versions:
            click.echo(f"{version} is on {branch}, and was not sent yet")
        else:
            commit = _add(root, version, branch, site_url)
            click.echo(f"{version} is on {branch}, {commit[:12]}")
        if remote:
            remote.send()
            click.echo(f"sent to {to}")
        else:
            click.echo(f"to send it: git push origin {branch}")


def _add(root: Path, version: str, branch: str, site_url: str | None) -> str:
    """Build, and add what was built to the branch; the new commit."""
    try:
        with tempfile.TemporaryDirectory(prefix="tebiki-") as folder:
            publishing = Publishing(root, version, branch, site_url)
            site = Path(folder).resolve() / "site"
            if not _build(root, site, (), publishing.address):
                sys.exit(1)
            return publishing.finish(site)
    except OSError as error:
        raise click.ClickException(f"{operating_system_message(error)}; {branch} is as it was") from error


def _build(
    root: Path, out: Path, languages: tuple[str, ...], published_at: str = "", builder: str = DEFAULT
) -> bool:
    """Build, and say what went wrong; whether it succeeded."""
    progress = Progress(sys.stderr, STEPS)
    try:
        warnings = build_site(root.resolve(), out.resolve(), languages, progress, published_at, builder)
    except InvalidHandbook as error:
        click.echo(format_diagnostics(error.diagnostics, "text"))
        click.echo(f"{len(error.diagnostics)} problems; nothing was built", err=True)
        return False
    except (UnknownLanguage, ForeignFolder) as error:
        raise click.UsageError(str(error)) from error
    except BuildFailed as error:
        click.echo(str(error), err=True)
        return False
    if warnings:
        click.echo(format_diagnostics(warnings, "text"))
    return True


@main.command()
@click.argument("query")
@click.option("--lang", "language", help="Language of the pages. Default: the handbook's first.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many results.")
@_out
@click.pass_obj
def search(root: Path, query: str, language: str | None, limit: int, out: Path) -> None:
    """Look for QUERY in the site that was built, with the engine that runs in the page."""
    handbook, _problems = load(root)
    chosen = _language_of(handbook, language or next(iter(handbook.languages), None))
    try:
        (found,) = answers(out, [Question(query, chosen, limit)])
    except CannotSearch as error:
        raise click.ClickException(str(error)) from error
    click.echo("\n".join(escape_controls(line) for line in answer_lines(found)))
    sys.exit(0 if found["hits"] else 1)


@main.command()
@click.option("--site", type=click.Path(path_type=Path), default=None, help="The built site. Default: site/.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="The folder for it. Default: build/offline/."
)
@click.pass_obj
def offline(root: Path, site: Path | None, out: Path | None) -> None:
    """Pack the built site into one ZIP file that works without a network, opened from disk."""
    try:
        file = pack_offline(site or root / "site", out or root / "build" / "offline")
    except NoSite as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} ({file.stat().st_size / 1_000_000:.1f} MB): unpack it and open index.html")


@main.command("coverage")
@click.argument("inventory", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def coverage_command(root: Path, inventory: Path) -> None:
    """Compare INVENTORY, a CSV list of what the sources say, with what the handbook carries."""
    handbook, problems = load(root)
    if problems:
        click.echo(format_diagnostics(problems, "text"))
        sys.exit(1)
    try:
        found = coverage(handbook, read_inventory(inventory))
    except InventoryError as error:
        click.echo(str(error))
        sys.exit(1)
    click.echo("\n".join(coverage_table(found)))
    sys.exit(1 if found.missing or found.unknown else 0)
