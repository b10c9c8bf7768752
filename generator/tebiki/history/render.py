"""Rendering of a diff as text, Markdown, HTML or JSON."""

from __future__ import annotations

import base64
import difflib
import hashlib
import html
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tebiki.history.checklist_change import ChecklistChange
from tebiki.history.compare import Change, Diff, StatusChange, diff_as_json
from tebiki.history.field_diff import FieldChange, format_path
from tebiki.history.state import State, state_label
from tebiki.history.word_diff import Segment, word_diff
from tebiki.model.diagnostics_output import TextOf, escape_controls, format_json
from tebiki.model.markup import escape_markdown
from tebiki.model.message import Message

DiffFormat = Literal["text", "markdown", "json", "html"]
DIFF_FORMATS: tuple[DiffFormat, ...] = ("text", "markdown", "json", "html")

_CONTEXT = 16  # characters of equal text that are shown on each side of a change
_CHANGE_TYPES = ("added", "retired", "removed", "changed", "moved")

_Difference = tuple[str, tuple[Segment, ...]]  # path and segments


@dataclass(frozen=True)
class _Line:
    """An entry of the diff: its name, a remark, and its differences by path."""

    name: str
    remark: str
    differences: tuple[_Difference, ...] = ()


_Section = tuple[str, list[_Line]]  # heading and entries


def render(diff: Diff, output_format: DiffFormat, text_of: TextOf) -> str:
    """Render a diff.

    Args:
        diff: The diff.
        output_format: The format; JSON is that of ``compare.diff_as_json``, HTML is a page without other files.
        text_of: Makes text of messages.
    """
    if output_format == "json":
        return format_json(diff_as_json(diff))
    sections = [section for section in _sections(diff, text_of) if section[1]]
    title = f"{text_of(_state_name(diff.old))} → {text_of(_state_name(diff.new))}"
    counts = text_of(summary(diff))
    if output_format == "html":
        return _html(title, counts, sections, text_of(Message("history.diff.html-language")))
    if output_format == "markdown":
        return _markdown(title, text_of(Message("history.diff.sentence", counts=summary(diff))), sections)
    return _text(title, counts, sections)


def summary(diff: Diff) -> Message:
    """Return the number of changes of each type in one line."""
    counts = Counter(change.change_type for change in diff.changes)
    parts = [
        Message(f"history.counts.{change_type}", count=counts[change_type])
        for change_type in _CHANGE_TYPES
        if counts[change_type]
    ]
    if diff.statuses:
        parts.append(Message("history.counts.status", count=len(diff.statuses)))
    return Message("history.diff.summary", parts=tuple(parts)) if parts else Message("history.diff.equal")


def _state_name(state: State) -> Message:
    version = str(state.handbook.data.get("version"))
    return Message("history.diff.state", name=state_label(state.name), version=version)


def _sections(diff: Diff, text_of: TextOf) -> Iterator[_Section]:
    for change_type in _CHANGE_TYPES:
        changes = [change for change in diff.changes if change.change_type == change_type]
        yield _heading(change_type, text_of), [_change_line(diff, change, text_of) for change in changes]
    yield _heading("status", text_of), [_status_line(status, text_of) for status in diff.statuses]
    checklists = [_checklist_line(checklist, text_of) for checklist in diff.checklists]
    yield _heading("checklists", text_of), checklists


def _heading(name: str, text_of: TextOf) -> str:
    return text_of(Message(f"history.headings.{name}"))


def _change_line(diff: Diff, change: Change, text_of: TextOf) -> _Line:
    remarks = [str(change.entry.at), *map(text_of, _remarks(diff, change))]
    differences = tuple(pair for field in change.fields for pair in field_differences(field, text_of))
    if change.old is None or change.new is None:
        sign = "+" if change.old is None else "-"
        title = change.entry.data.get("title")
        titles = title.items() if isinstance(title, dict) else ()
        differences = tuple((f"title.{language}", ((sign, text),)) for language, text in titles)
    return _Line(f"{change.kind} {change.key}", "; ".join(remarks), differences)


def _remarks(diff: Diff, change: Change) -> Iterator[Message]:
    if change.old and change.new and change.old.kind != change.new.kind:
        yield Message("history.diff.other-kind", kind=change.old.kind)
    if change.old and change.new and change.moved:
        if change.old.place == change.new.place:
            yield Message("history.diff.moved-in-file")
        else:
            yield Message("history.diff.moved-from", place=change.old.place)
    if change.change_type == "retired":
        successors = diff.new.handbook.retired[change.key].get("successors", [])
        if successors:
            yield Message("history.diff.successors", ids=tuple(successors))
        else:
            yield Message("history.diff.no-successor")


def field_differences(field: FieldChange, text_of: TextOf) -> Iterator[_Difference]:
    """Yield the path and the segments of each difference in a changed field."""
    where = format_path(field.path)
    if field.op == "move":
        place = (
            Message("history.diff.now-after", id=str(field.after))
            if field.after
            else Message("history.diff.now-first")
        )
        yield where, (("=", text_of(place)),)
    elif field.op in ("add", "remove"):
        for path, text in _texts(field.new if field.op == "add" else field.old, where):
            yield path, (("+" if field.op == "add" else "-", text),)
    elif isinstance(field.old, str) and isinstance(field.new, str):
        yield where, tuple(word_diff(field.old, field.new))
    elif isinstance(field.old, list) and isinstance(field.new, list):
        old, new = ([_plain(entry) for entry in entries] for entries in (field.old, field.new))
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
            if tag != "equal":
                removed = (("-", text) for text in old[old_start:old_end])
                added = (("+", text) for text in new[new_start:new_end])
                yield where, (*removed, *added)
    else:
        yield where, (("-", _plain(field.old)), ("+", _plain(field.new)))


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """The single values inside a value that was added or removed, each with its path."""
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from _texts(member, f"{where}.{key}")
    elif isinstance(value, list) and value:
        for index, element in enumerate(value):
            yield from _texts(element, f"{where}[{index + 1}]")
    else:
        yield where, _plain(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _status_line(status: StatusChange, text_of: TextOf) -> _Line:
    if not status.through:
        return _Line(status.id, f"{status.old} → {status.new}")
    message = Message(
        "history.diff.through", old=str(status.old), new=str(status.new), ids=tuple(status.through)
    )
    return _Line(status.id, text_of(message))


def _checklist_line(change: ChecklistChange, text_of: TextOf) -> _Line:
    old = change.old or text_of(Message("history.diff.new-checklist"))
    new = change.new or text_of(Message("history.diff.removed-checklist"))
    size = (
        Message("history.diff.checklist-change", size=change.size)
        if change.size
        else Message("history.diff.checklist-equal")
    )
    reasons = tuple(
        (
            reason.where,
            (("=", text_of(Message("history.diff.reason", size=reason.size, reason=reason.description))),),
        )
        for reason in change.reasons
    )
    return _Line(f"{change.id} {old} → {new}", text_of(size), reasons)


def shorten(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Yield the segments of a word diff, with equal text reduced to the context of the changes."""
    if len(segments) == 1:
        yield segments[0]
        return
    for index, (sign, text) in enumerate(segments):
        if sign != "=":
            yield sign, text
            continue
        begin = text[:_CONTEXT] if index else ""
        end = text[-_CONTEXT:] if index < len(segments) - 1 else ""
        yield sign, text if len(text) <= len(begin) + len(end) else f"{begin}…{end}"


def render_word_diff(segments: tuple[Segment, ...]) -> str:
    """Return a word diff on one line: ``[-removed-]{+added+}`` with some context."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[sign].format(text) for sign, text in shorten(segments)).replace("\n", "⏎")


def _text(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"{title}: {counts}"]
    for heading, entries in sections:
        lines += ["", heading]
        for entry in entries:
            lines.append(f"  {entry.name}  {entry.remark}")
            lines += [f"    {where}: {render_word_diff(segments)}" for where, segments in entry.differences]
    return "\n".join(escape_controls(line) for line in lines)


def _markdown(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"# {escape_markdown(title)}", "", counts]
    for heading, entries in sections:
        lines += ["", f"## {heading}", ""]
        for entry in entries:
            lines.append(f"- **{escape_markdown(entry.name)}** {escape_markdown(entry.remark)}")
            for where, segments in entry.differences:
                lines.append(f"    - {escape_markdown(where)}: {markdown_words(segments)}")
    return "\n".join(lines)


def markdown_words(segments: tuple[Segment, ...]) -> str:
    """Return a word diff on one line of Markdown, with some context."""
    marks = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return "".join(marks[sign].format(_markdown_text(text)) for sign, text in shorten(segments))


def _markdown_text(text: str) -> str:
    # spaces at the ends belong to the words beside them
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inside = escape_markdown(text)
    return f"{' ' if before else ''}{inside}{' ' if after and inside else ''}"


_STYLE = """\
body{font:1rem/1.7 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.15rem;border-bottom:1px solid #767676}
dt{font-weight:600;margin-top:1rem}dd{margin:0 0 0 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.where{color:#595959;font-size:.85rem}
ins{background:#d6f5dc;color:#0b4a1a}del{background:#fbdcdc;color:#7a1212}
@media (prefers-color-scheme:dark){body{color:#eee;background:#181818}.where{color:#b5b5b5}
ins{background:#10401d;color:#d9f7df}del{background:#551717;color:#ffdede}}
"""


def _html(title: str, counts: str, sections: list[_Section], language: str) -> str:
    style_hash = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    marks = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    parts = [
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style_hash}'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{html.escape(title)}</h1><p>{html.escape(counts)}</p>",
    ]
    for heading, entries in sections:
        parts.append(f"<h2>{html.escape(heading)}</h2><dl>")
        for entry in entries:
            parts.append(
                f'<dt>{html.escape(entry.name)} <span class="where">{html.escape(entry.remark)}</span></dt>'
            )
            for where, segments in entry.differences:
                words = "".join(marks[sign].format(html.escape(text)) for sign, text in segments)
                parts.append(f'<dd><span class="where">{html.escape(where)}</span> {words}</dd>')
        parts.append("</dl>")
    return "\n".join([*parts, "</body></html>"])
