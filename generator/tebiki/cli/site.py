"""The commands that use a site: ``serve``, ``search``, ``offline``."""

from __future__ import annotations

import errno
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click

from tebiki.cli.build_and_report import build_alone, report
from tebiki.cli.commands import Command
from tebiki.cli.language import FALLBACK
from tebiki.cli.site_options import SITE_FOLDER, out_option, trust_option
from tebiki.cli.terminal import language_of_person, print_message, print_text, text_of
from tebiki.cli.valid_handbook import no_language
from tebiki.editor.folder import local_editor
from tebiki.files import write_file
from tebiki.history.render import shorten
from tebiki.locales.messages import message_text
from tebiki.model.message import Message
from tebiki.reading.load import load
from tebiki.site.build_lock import LockedError, build_lock
from tebiki.site.build_options import BuildOptions, Kept
from tebiki.site.built_site import NoSiteError
from tebiki.site.live_reload import LiveReload
from tebiki.site.live_workers import LiveWorkers
from tebiki.site.offline import pack_site
from tebiki.site.search_command import Query, SearchError, result_lines, run_queries
from tebiki.site.single_file import NoFormError, single_file
from tebiki.site.swap import ForeignFolderError, refuse_links
from tebiki.upkeep.translation_changes import changes_of_stale

#: Errors of opening a port that may not occur with another port.
_PORT_ERRORS = (errno.EADDRINUSE, errno.EACCES, errno.EPERM)


@click.command(cls=Command)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to serve at; 0 for any free one.",
)
@out_option
@trust_option
@click.pass_obj
def serve(root: Path, port: int, out: Path, trust_overrides: bool) -> None:
    """Build the site, serve it on this computer, and build again after each change."""

    options = BuildOptions(trusts_overrides=trust_overrides)
    guard = threading.Lock()  # the files are read by one thread at a time
    language = language_of_person() or FALLBACK
    live = LiveReload(out, local_editor(root), language, lambda: stale_changes(root, language, guard))
    with LiveWorkers() as workers:
        # what is kept in memory includes the templates, which would not follow changes
        kept = None if trust_overrides else Kept(workers, live.open_pages, live.replacing)

        def build_again() -> bool:
            with guard:
                return build_alone(root, out, options, live=live, kept=kept)

        def rebuild() -> None:
            if build_again():
                print_message(Message("commands.serve.built-again"))

        if not build_again() and not out.is_dir():
            sys.exit(1)
        _serve(root, live, port, rebuild)


def stale_changes(root: Path, language: str, guard: threading.Lock) -> str:
    """Return what has changed in the originals of stale translations, as JSON.

    Args:
        root: The folder of the handbook.
        language: The language of the reason where the changes are not known.
        guard: Held while the files are read.

    Returns:
        "LANGUAGE/ID" → ``reason``, and ``words``: the path of each text with the segments of its word diff.
    """
    with guard:
        handbook, _problems = load(root)
        changes = changes_of_stale(handbook, root)
    return json.dumps(
        {
            key: {
                "reason": message_text(change.unknown, language) if change.unknown else "",
                "words": [(path, list(shorten(segments))) for path, segments in change.words],
            }
            for key, change in changes.items()
        }
    )


def _serve(root: Path, live: LiveReload, port: int, rebuild: Callable[[], None]) -> None:
    """Serve until interrupted; a port that cannot be opened is an error of usage."""
    from tebiki.site.serve import serve as serve_site  # noqa: PLC0415 - the server is slow to import

    try:
        serve_site(root.resolve(), live, port, rebuild, print_message)
    except OSError as error:
        if error.errno not in _PORT_ERRORS:
            raise
        message = Message("commands.serve.port", port=port, reason=str(error.strerror))
        raise click.UsageError(text_of(message)) from error


@click.command(cls=Command)
@click.argument("query", help="The words to search for.")
@click.option("--lang", "language", help="Language of the pages. Default: the handbook's first.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many results.")
@out_option
@click.pass_obj
def search(root: Path, query: str, language: str | None, limit: int, out: Path) -> None:
    """Search the built site for QUERY, with the engine that runs in the page."""
    handbook, _diagnostics = load(root)
    language = language or next(iter(handbook.languages), None)
    if language is None or language not in handbook.languages:
        raise click.UsageError(text_of(no_language(handbook, language or "")))
    try:
        (result,) = run_queries(out, [Query(query, language, limit)])
    except SearchError as error:
        raise click.ClickException(text_of(error.message)) from error
    print_text("\n".join(result_lines(result)))
    sys.exit(0 if result["hits"] else 1)


@click.command(cls=Command)
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
    site = site or root / SITE_FOLDER
    if checklist is not None:
        _write_single_file(root, site, checklist, language, out)
        return
    if language is not None:
        raise click.UsageError(text_of(Message("commands.offline.lang-without-checklist")))
    build_folder = root / "build"
    try:
        if out is None:
            refuse_links(build_folder, build_folder / "offline")
        with build_lock("offline", site, report=report):
            file = pack_site(site, out or build_folder / "offline")
    except (LockedError, NoSiteError, ForeignFolderError) as error:
        raise click.ClickException(text_of(error.message)) from error
    megabytes = f"{file.stat().st_size / 1_000_000:.1f}"
    print_message(Message("commands.offline.packed", file=str(file), megabytes=megabytes))


def _write_single_file(
    root: Path, site: Path, checklist: str, language: str | None, out: Path | None
) -> None:
    if out is not None and out.suffix != ".html":
        raise click.UsageError(text_of(Message("commands.offline.no-html", file=str(out))))
    folder = root / "build"
    try:
        if out is None:
            refuse_links(folder, folder / "offline")
        with build_lock("offline", site, report=report):
            content = single_file(site, checklist, language)
        file = out or folder / "offline" / f"{checklist}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, content, replace=True)
    except (LockedError, NoSiteError, NoFormError, ForeignFolderError) as error:
        raise click.ClickException(text_of(error.message)) from error
    megabytes = f"{len(content) / 1_000_000:.1f}"
    print_message(Message("commands.offline.single-file", file=str(file), megabytes=megabytes))
