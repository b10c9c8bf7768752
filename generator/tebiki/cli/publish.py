"""The command that adds a version to the publishing branch: ``tebiki publish``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tebiki.cli.build_and_report import build_and_report, original_changes_in
from tebiki.cli.commands import Command
from tebiki.cli.errors import expected_errors
from tebiki.cli.site_options import trust_option
from tebiki.cli.terminal import print_message, text_of
from tebiki.files import temporary_folder
from tebiki.model.message import Message
from tebiki.model.system_errors import operating_system_message
from tebiki.publishing.branch import Branch, PublishError
from tebiki.publishing.publish import Publication
from tebiki.publishing.remote import Remote
from tebiki.reading.git import Repository
from tebiki.site.build_options import BuildOptions


@click.command(cls=Command)
@click.argument("version", help="The version to publish.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds all versions.")
@click.option("--site-url", help="Where the branch will be served. Default: site_url of mkdocs.yml.")
@click.option(
    "--send", "remote_name", metavar="REMOTE", help="Fetch the branch from REMOTE first, and push it there."
)
@trust_option
@click.pass_obj
def publish(
    root: Path,
    version: str,
    branch: str,
    site_url: str | None,
    remote_name: str | None,
    trust_overrides: bool,
) -> None:
    """Build the committed handbook and add it to the publishing branch as VERSION.

    The working tree is not touched, and earlier versions stay as they are. Without --send nothing is
    pushed; git push does that.
    """
    with expected_errors(PublishError):
        remote = Remote(Repository(root), remote_name, branch) if remote_name else None
        if remote:
            remote.take_over()
        if remote and remote.has_unsent_versions and version in Branch(Repository(root), branch).versions:
            print_message(Message("commands.publish.not-sent-yet", version=version, branch=branch))
        else:
            commit = _build_and_commit(root, version, branch, site_url, trust_overrides)
            print_message(
                Message("commands.publish.done", version=version, branch=branch, commit=commit[:12])
            )
        if remote:
            remote.send()
            print_message(Message("commands.publish.sent", remote=str(remote_name)))
        else:
            print_message(Message("commands.publish.to-send", branch=branch))


def _build_and_commit(
    root: Path, version: str, branch: str, site_url: str | None, trusts_overrides: bool
) -> str:
    """Build the site and commit it to the branch as ``version``; returns the commit."""
    try:
        with temporary_folder() as folder:
            publication = Publication(root, version, branch, site_url)
            site = folder.resolve() / "site"
            with publication.tree() as tree:
                options = BuildOptions(
                    trusts_overrides=trusts_overrides,
                    published_at=publication.address,
                    base=root,
                    original_changes=original_changes_in(root),
                )
                is_built = build_and_report(tree, site, options)
            if not is_built:
                sys.exit(1)
            if publication.misses_editor:
                print_message(Message("commands.publish.editor-stays"), err=True)
            return publication.commit(site)
    except OSError as error:
        reason = operating_system_message(error)
        message = Message("commands.publish.unchanged", reason=reason, branch=branch)
        raise click.ClickException(text_of(message)) from error
