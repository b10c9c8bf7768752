"""The summary of a change that its pull request shows: for people who review without a command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from tebiki.history.compare import Diff
from tebiki.history.render import markdown_words, render, summary
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.diagnostics_output import TextOf
from tebiki.model.markup import escape_markdown
from tebiki.model.message import Message
from tebiki.model.placement import place_items
from tebiki.upkeep.confirm_translations import RECORD
from tebiki.upkeep.translation_changes import TranslationChange

#: Begins the comment, so that the workflow finds and renews it.
MARK = "<!-- tebiki summary -->"
#: GitHub takes comments of 65,536 characters, GitLab of a million.
MAX_CHARACTERS = 60_000
#: A section lists this many entries, and a word diff in it is this long.
_MAX_ENTRIES, _MAX_WORDS = 40, 400


def change_summary(
    difference: Diff | None,
    problems: Sequence[Diagnostic],
    stale: Mapping[str, Mapping[str, TranslationChange]],
    text_of: TextOf,
    preview: str = "",
) -> str:
    """Write the summary in Markdown.

    Args:
        difference: The change; None if a file cannot be read.
        problems: The diagnostics of the changed handbook.
        stale: For each language, the translations to confirm and what changed in their originals.
        text_of: Makes text of messages.
        preview: The address of the built site, which the changed pages are linked to; "" if there is none.

    Returns:
        At most ``MAX_CHARACTERS``; the word diff is cut where it does not fit.
    """
    heading = f"## {text_of(Message('upkeep.summary.heading'))}"
    problem_lines = _section(Message("upkeep.summary.problems"), _problems(problems, text_of), text_of)
    if difference is None:
        unreadable = text_of(Message("upkeep.summary.unreadable"))
        return "\n".join([MARK, heading, "", unreadable, *problem_lines])
    # the record of fingerprints follows from the rest
    changes = tuple(change for change in difference.changes if change.entry.at.file != RECORD)
    difference = dataclasses.replace(difference, changes=changes)
    lines = [MARK, heading, "", text_of(Message("history.diff.sentence", counts=summary(difference)))]
    lines += _section(Message("upkeep.summary.pages"), _pages(difference, preview), text_of)
    lines += problem_lines
    translations = _translations(stale, text_of)
    lines += _section(Message("upkeep.summary.translations"), translations, text_of)
    words = render(difference, "markdown", text_of).partition("\n")[2] if changes else ""
    text = "\n".join(lines)
    if not words:
        return text + "\n"
    label = text_of(Message("upkeep.summary.words"))
    opening, closing = f"\n\n<details><summary>{label}</summary>\n\n", "\n\n</details>\n"
    room = MAX_CHARACTERS - len(text) - len(opening) - len(closing)
    if len(words) > room:
        cut = f"\n\n{text_of(Message('upkeep.summary.too-long'))}"
        words = words[: room - len(cut)].rpartition("\n")[0] + cut
    return f"{text}{opening}{words}{closing}"


def _section(heading: Message, lines: Iterator[str], text_of: TextOf) -> list[str]:
    content = list(lines)
    if len(content) > _MAX_ENTRIES:
        count = len(content) - _MAX_ENTRIES
        content[_MAX_ENTRIES:] = [f"- {text_of(Message('upkeep.summary.more', count=count))}"]
    return ["", f"### {text_of(heading)}", "", *content] if content else []


def _pages(difference: Diff, preview: str) -> Iterator[str]:
    handbook = difference.new.handbook
    page_of = place_items(handbook).page_of
    paths = {page_of[change.key] for change in difference.changes if change.key in page_of}
    for page in handbook.pages:
        if page.path in paths:
            title = escape_markdown(page.title[handbook.languages[0]])
            addresses = (
                f"[{language}]({preview.rstrip('/')}/{language}/{page.path}.html)"
                if preview
                else f"`{language}/{page.path}.html`"
                for language in handbook.languages
            )
            yield f"- {title}: {', '.join(addresses)}"


def _problems(problems: Sequence[Diagnostic], text_of: TextOf) -> Iterator[str]:
    for problem in sorted(problems):
        yield f"- `{problem.place}` {escape_markdown(text_of(problem.message))} ({problem.rule})"


def _translations(stale: Mapping[str, Mapping[str, TranslationChange]], text_of: TextOf) -> Iterator[str]:
    ids = " ".join(dict.fromkeys(unit for changes in stale.values() for unit in changes))
    if ids:
        yield text_of(Message("upkeep.summary.confirm", ids=ids[:_MAX_WORDS]))
        yield ""
    for language, changes in stale.items():
        for unit, change in changes.items():
            words = [
                f"{escape_markdown(path)}: {markdown_words(segments)}" for path, segments in change.words
            ]
            yield f"- `{unit}` ({language}) {'; '.join(part for part in words if len(part) <= _MAX_WORDS)}"
