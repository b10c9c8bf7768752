"""The commands that make a site or use one: ``build``, ``serve``, ``search``, ``offline``."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import click

from tebiki.cli.terminal import message_language, print_diagnostics, print_line, print_text
from tebiki.editor.folder import local_editor
from tebiki.files import write_file
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.reading.load import load
from tebiki.site.build_lock import LockedError, build_lock
from tebiki.site.builders import DEFAULT, PACKAGES, BuildError, is_installed
from tebiki.site.live_reload import LiveReload
from tebiki.site.live_workers import LiveWorkers
from tebiki.site.offline import NoSiteError, pack_site
from tebiki.site.pipeline import STEPS, InvalidHandbookError, Kept, UnknownLanguageError, build_site
from tebiki.site.progress import Progress
from tebiki.site.search_command import Query, SearchError, result_lines, run_queries
from tebiki.site.single_file import NoFormError, single_file
from tebiki.site.swap import ForeignFolderError, refuse_links

#: Errors of opening a port that may not occur with another port.
_PORT_ERRORS = (errno.EADDRINUSE, errno.EACCES, errno.EPERM)

_out = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
    help="The folder of the site. It is replaced only when the build has succeeded.",
)  # fmt: skip


trust_option = click.option(
    "--trust-overrides",
    is_flag=True,
    help="Take templates and scripts of the handbook's own site_overrides/. They run on this computer: use it for"
    " your own handbook only.",
)


@click.command()
@_out
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
        raise click.UsageError(
            f"{builder} is not installed: run pip install {builder}, or build without --builder"
        )
    is_built = _build(
        root, out, languages, builder=builder, uses_cache=not no_cache, trusts_overrides=trust_overrides
    )
    if not is_built:
        sys.exit(1)


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port."
)
@_out
@trust_option
@click.pass_obj
def serve(root: Path, port: int, out: Path, trust_overrides: bool) -> None:
    """Build the site, serve it on this computer, and build again after each change."""

    live = LiveReload(out, local_editor(root), message_language())
    with LiveWorkers() as workers:
        # what is kept in memory includes the templates, which would not follow changes
        kept = None if trust_overrides else Kept(workers, live.open_pages)

        def build_again() -> bool:
            return _build(root, out, live=live, kept=kept, trusts_overrides=trust_overrides)

        def rebuild() -> None:
            if build_again():
                print_line("built again")

        if not build_again() and not out.is_dir():
            sys.exit(1)
        _serve(root, live, port, rebuild)


def _serve(root: Path, live: LiveReload, port: int, rebuild: Callable[[], None]) -> None:
    """Serve until interrupted; a port that cannot be opened is an error of usage."""
    from tebiki.site.serve import serve as serve_site  # noqa: PLC0415 - the server is slow to import

    try:
        serve_site(root.resolve(), live, port, rebuild, print_line)
    except OSError as error:
        if error.errno not in _PORT_ERRORS:
            raise
        raise click.UsageError(f"port {port}: {error.strerror}; choose another with --port") from error


@click.command()
@click.argument("query")
@click.option("--lang", "language", help="Language of the pages. Default: the handbook's first.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many results.")
@_out
@click.pass_obj
def search(root: Path, query: str, language: str | None, limit: int, out: Path) -> None:
    """Search the built site for QUERY, with the engine that runs in the page."""
    handbook, _diagnostics = load(root)
    language = language or next(iter(handbook.languages), None)
    if language is None or language not in handbook.languages:
        known = ", ".join(handbook.languages)
        raise click.UsageError(f"the handbook has no language {language}; it has {known}")
    try:
        (result,) = run_queries(out, [Query(query, language, limit)])
    except SearchError as error:
        raise click.ClickException(str(error)) from error
    print_text("\n".join(result_lines(result)))
    sys.exit(0 if result["hits"] else 1)


@click.command()
@click.option("--site", type=click.Path(path_type=Path), default=None, help="The built site. Default: site/.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="The folder for it. Default: build/offline/."
)
@click.option(
    "--checklist", metavar="ID", help="Write one HTML file with the form of this checklist instead."
)
@click.option("--lang", "language", help="The language of that file. Default: the first of the site.")
@click.pass_obj
def offline(
    root: Path, site: Path | None, out: Path | None, checklist: str | None, language: str | None
) -> None:
    """Pack the built site into one ZIP file that works without a network, opened from disk.

    With --checklist, write a single HTML file (--out FILE.html) with the form of one checklist and all that it needs,
    in one language. It works from a mail attachment or a USB stick, and may open no connection.
    """
    site = site or root / "site"
    if checklist is not None:
        _write_single_file(root, site, checklist, language, out)
        return
    if language is not None:
        raise click.UsageError("--lang is for --checklist: the ZIP file has all languages")
    build_folder = root / "build"
    try:
        if out is None:
            refuse_links(build_folder, build_folder / "offline")
        with build_lock("offline", site, report=_report):
            file = pack_site(site, out or build_folder / "offline")
    except (LockedError, NoSiteError, ForeignFolderError) as error:
        raise click.ClickException(str(error)) from error
    print_line(f"{file} ({file.stat().st_size / 1_000_000:.1f} MB): unpack it and open index.html")


def _write_single_file(
    root: Path, site: Path, checklist: str, language: str | None, out: Path | None
) -> None:
    if out is not None and out.suffix != ".html":
        raise click.UsageError(f"--out {out}: name a file that ends in .html")
    folder = root / "build"
    try:
        if out is None:
            refuse_links(folder, folder / "offline")
        with build_lock("offline", site, report=_report):
            content = single_file(site, checklist, language)
        file = out or folder / "offline" / f"{checklist}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, content, replace=True)
    except (LockedError, NoSiteError, NoFormError, ForeignFolderError) as error:
        raise click.ClickException(str(error)) from error
    print_line(f"{file} ({len(content) / 1_000_000:.1f} MB): open it in a browser")


def _build(
    root: Path,
    out: Path,
    languages: tuple[str, ...] = (),
    *,
    builder: str = DEFAULT,
    uses_cache: bool = True,
    live: LiveReload | None = None,
    kept: Kept | None = None,
    trusts_overrides: bool = False,
) -> bool:
    """Build the site while no other command does, and print its problems; returns whether it was built."""
    command = click.get_current_context().info_name or ""
    try:
        with build_lock(command, root, out, report=_report):
            return build_and_report(
                root,
                out,
                languages,
                builder=builder,
                uses_cache=uses_cache,
                live=live,
                kept=kept,
                trusts_overrides=trusts_overrides,
            )
    except LockedError as error:
        _report(str(error))
        return False


def build_and_report(
    root: Path,
    out: Path,
    languages: tuple[str, ...] = (),
    *,
    base: Path | None = None,
    published_at: str = "",
    builder: str = DEFAULT,
    uses_cache: bool = True,
    live: LiveReload | None = None,
    kept: Kept | None = None,
    trusts_overrides: bool = False,
) -> bool:
    """Build the site and print its problems; returns whether it was built."""
    progress = Progress(sys.stderr, STEPS)
    try:
        warnings = build_site(
            root.resolve(),
            out.resolve(),
            languages,
            progress,
            published_at,
            builder,
            base,
            uses_cache and not trusts_overrides,  # pages are kept under the hash of the generator's templates
            kept,
            trusts_overrides,
        )
    except InvalidHandbookError as error:
        if live:
            live.report(error.diagnostics)
        print_diagnostics(error.diagnostics)
        _report(f"{len(error.diagnostics)} problems; nothing was built")
        return False
    except (UnknownLanguageError, ForeignFolderError) as error:
        raise click.UsageError(str(error)) from error
    except BuildError as error:
        if live:
            live.report([Diagnostic(Place("mkdocs.yml"), "build", str(error))])
        print_text(str(error), err=True)
        return False
    if live:
        live.report(warnings)
    if warnings:
        print_diagnostics(warnings)
    return True


def _report(line: str) -> None:
    print_line(line, err=True)
