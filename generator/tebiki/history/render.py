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

from tebiki.history.change_rules import REASONS
from tebiki.history.checklist_change import ChecklistChange
from tebiki.history.compare import Change, Diff, StatusChange, diff_as_json
from tebiki.history.field_diff import FieldChange, format_path
from tebiki.history.state import State
from tebiki.history.word_diff import Segment, word_diff
from tebiki.model.diagnostics_output import escape_controls, format_json
from tebiki.model.markup import escape_markdown

DiffFormat = Literal["text", "markdown", "json", "html"]
DIFF_FORMATS: tuple[DiffFormat, ...] = ("text", "markdown", "json", "html")

_CONTEXT = 16  # characters of equal text that are shown on each side of a change
_HEADINGS = {
    "added": "Added",
    "retired": "Retired",
    "removed": "Removed without being retired",
    "changed": "Changed",
    "moved": "Moved",
}


_Difference = tuple[str, tuple[Segment, ...]]  # path and segments


@dataclass(frozen=True)
class _Line:
    """An entry of the diff: its name, a remark, and its differences by path."""

    name: str
    remark: str
    differences: tuple[_Difference, ...] = ()


_Section = tuple[str, list[_Line]]  # heading and entries


def render(diff: Diff, output_format: DiffFormat) -> str:
    """Render a diff.

    Args:
        diff: The diff.
        output_format: The format; JSON is that of ``compare.diff_as_json``, HTML is a page without other files.
    """
    if output_format == "json":
        return format_json(diff_as_json(diff))
    sections = [section for section in _sections(diff) if section[1]]
    title = f"{_state_name(diff.old)} → {_state_name(diff.new)}"
    write = {"text": _text, "markdown": _markdown, "html": _html}[output_format]
    return write(title, summary(diff), sections)


def summary(diff: Diff) -> str:
    """Return the number of changes of each type in one line."""
    counts = Counter(change.change_type for change in diff.changes)
    parts = [f"{counts[change_type]} {change_type}" for change_type in _HEADINGS if counts[change_type]]
    if diff.statuses:
        parts.append(f"{len(diff.statuses)} with another status")
    return ", ".join(parts) if parts else "no difference"


def _state_name(state: State) -> str:
    return f"{state.name} (version {state.handbook.data.get('version')})"


def _sections(diff: Diff) -> Iterator[_Section]:
    for change_type, heading in _HEADINGS.items():
        yield (
            heading,
            [_change_line(diff, change) for change in diff.changes if change.change_type == change_type],
        )
    yield "Status", [_status_line(status) for status in diff.statuses]
    yield "Checklists", [_checklist_line(checklist) for checklist in diff.checklists]


def _change_line(diff: Diff, change: Change) -> _Line:
    remarks = [str(change.entry.at)]
    if change.old and change.new and change.old.kind != change.new.kind:
        remarks.append(f"was a {change.old.kind}")
    if change.old and change.new and change.moved:
        same_file = change.old.place == change.new.place
        remarks.append("moved within its file" if same_file else f"moved from {change.old.place}")
    if change.change_type == "retired":
        successors = diff.new.handbook.retired[change.key].get("successors", [])
        remarks.append(f"see {', '.join(successors)} instead" if successors else "without a successor")
    differences = tuple(pair for field in change.fields for pair in field_differences(field))
    if change.old is None or change.new is None:
        sign = "+" if change.old is None else "-"
        title = change.entry.data.get("title")
        titles = title.items() if isinstance(title, dict) else ()
        differences = tuple((f"title.{language}", ((sign, text),)) for language, text in titles)
    return _Line(f"{change.kind} {change.key}", "; ".join(remarks), differences)


def field_differences(field: FieldChange) -> Iterator[_Difference]:
    """Yield the path and the segments of each difference in a changed field."""
    where = format_path(field.path)
    if field.op == "move":
        yield where, (("=", f"now after {field.after}" if field.after else "now first"),)
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


def _status_line(status: StatusChange) -> _Line:
    through = f", through {', '.join(status.through)}" if status.through else ""
    return _Line(status.id, f"{status.old} → {status.new}{through}")


def _checklist_line(change: ChecklistChange) -> _Line:
    name = f"{change.id} {change.old or '(new)'} → {change.new or '(removed)'}"
    size = f"a {change.size} change" if change.size else "no difference except the version"
    reasons = tuple(
        (reason.where, (("=", f"{reason.size}: {REASONS[reason.rule][2]}"),)) for reason in change.reasons
    )
    return _Line(name, size, reasons)


def _shorten(segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """Segments with equal text reduced to the context of the changes."""
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
    return "".join(marks[sign].format(text) for sign, text in _shorten(segments)).replace("\n", "⏎")


def _text(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"{title}: {counts}"]
    for heading, entries in sections:
        lines += ["", heading]
        for entry in entries:
            lines.append(f"  {entry.name}  {entry.remark}")
            lines += [f"    {where}: {render_word_diff(segments)}" for where, segments in entry.differences]
    return "\n".join(escape_controls(line) for line in lines)


def _markdown(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"# {escape_markdown(title)}", "", f"{counts}."]
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
    return "".join(marks[sign].format(_markdown_text(text)) for sign, text in _shorten(segments))


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


def _html(title: str, counts: str, sections: list[_Section]) -> str:
    style_hash = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    marks = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
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
