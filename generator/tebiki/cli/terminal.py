"""Printing: every message of every command reaches the terminal through this module."""

from __future__ import annotations

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator, Sequence

import click

from tebiki.cli.language import FALLBACK
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.diagnostics_output import OutputFormat, escape_controls, format_diagnostics
from tebiki.model.message import Message
from tebiki.resources import message_languages

_ESCAPE = "tebiki-escape"
_chosen = {"person": "", "messages": FALLBACK}


def use_language(code: str) -> None:
    """Remember the language that the person has chosen, or "": messages are in it if they exist in it."""
    _chosen["person"] = code
    _chosen["messages"] = code if code in message_languages() else FALLBACK


def language_of_person() -> str:
    """Return the language that the person has chosen, which messages need not exist in; "" for none."""
    return _chosen["person"]


def message_language() -> str:
    """Return the language that messages are printed in."""
    return _chosen["messages"]


def text_of(message: Message | str) -> str:
    """Return a message in the language of this process, as text; a text is returned as it is."""
    from tebiki.locales.messages import message_text  # noqa: PLC0415 - reading YAML is slow to import

    return message_text(message, message_language())


def interrupted_word() -> str:
    """Return what a command that was ended by Ctrl-C prints."""
    return text_of(Message("commands.interrupted"))


def print_message(message: Message, *, err: bool = False) -> None:
    """Print a message as one line.

    Args:
        message: The message.
        err: Whether to print to standard error.
    """
    print_line(text_of(message), err=err)


def print_diagnostics(diagnostics: Sequence[Diagnostic], output_format: OutputFormat = "text") -> None:
    """Print diagnostics in one of the formats of ``format_diagnostics``."""
    print_text(format_diagnostics(diagnostics, output_format, text_of))


def print_line(text: str, *, err: bool = False) -> None:
    """Print ``text`` as one line, with escapes for invisible and directional characters and for line ends.

    Args:
        text: A message; names and texts in it may come from anyone.
        err: Whether to print to standard error.
    """
    click.echo(escape_controls(text), err=err)


def print_text(text: str, *, err: bool = False) -> None:
    """Print lines, separated by line feeds, each as ``print_line`` does.

    Args:
        text: The lines; a line feed in a text of someone else has to be escaped already.
        err: Whether to print to standard error.
    """
    click.echo(_escape_lines(text), err=err)


@contextlib.contextmanager
def escaped_errors() -> Iterator[None]:
    """Escape the messages of errors that click prints, which quote arguments and file names."""
    try:
        yield
    except click.ClickException as error:
        vars(error).update(
            message=_escape_lines(error.message)
        )  # click declares it final, and prints it at the end
        raise


def _escape_lines(text: str) -> str:
    return "\n".join(map(escape_controls, text.split("\n")))


def escape_what_cannot_be_shown() -> None:
    r"""Let standard output and error write ``\uXXXX`` for characters that their encoding does not have.

    These escapes are those of JSON, so that output as JSON stays JSON.
    """
    codecs.register_error(_ESCAPE, _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPE)


def _escape(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[index : index + 2].hex() for index in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs), error.end
