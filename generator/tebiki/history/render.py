"""Writes a Diff for people (text, Markdown, HTML) and for programs (JSON)."""

from __future__ import annotations

import base64
import difflib
import hashlib
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tebiki.history.checklist_change import REASONS, ChecklistChange
from tebiki.history.compare import Change, Diff, diff_as_json
from tebiki.history.field_diff import FieldChange, format_path
from tebiki.history.word_diff import Segment, word_diff
from tebiki.model.diagnostics_output import escape_controls
from tebiki.model.markup import escape_markdown

DiffFormat = Literal["text", "markdown", "json", "html"]
DIFF_FORMATS: tuple[DiffFormat, ...] = ("text", "markdown", "json", "html")

_AROUND = 16  # signs of what stayed that are shown on each side of what changed
_HEADINGS = {
    "added": "Added",
    "retired": "Retired",
    "removed": "Removed without being retired",
    "changed": "Changed",
    "moved": "Moved",
}


@dataclass(frozen=True)
class _Line:
    """What is said of one thing: its name, a remark, and its differences as (where, pieces)."""

    name: str
    remark: str
    differences: tuple[tuple[str, tuple[Segment, ...]], ...] = ()


_Section = tuple[str, list[_Line]]


def render(diff: Diff, form: DiffFormat) -> str:
    """``diff`` in ``form``. The JSON is that of ``compare.record``; the HTML is a page that needs nothing else."""
    if form == "json":
        return json.dumps(diff_as_json(diff), ensure_ascii=False, indent=2)
    sections = [section for section in _sections(diff) if section[1]]
    title = f"{_tree_name(diff, 'old')} → {_tree_name(diff, 'new')}"
    write = {"text": _text, "markdown": _markdown, "html": _html}[form]
    return write(title, summary(diff), sections)


def summary(diff: Diff) -> str:
    """The counts in one sentence."""
    counts = {what: sum(change.change_type == what for change in diff.changes) for what in _HEADINGS}
    found = [f"{count} {what}" for what, count in counts.items() if count]
    if diff.statuses:
        found.append(f"{len(diff.statuses)} of another standing")
    return ", ".join(found) if found else "no difference"


def _tree_name(diff: Diff, side: Literal["old", "new"]) -> str:
    tree = diff.old if side == "old" else diff.new
    return f"{tree.name} (version {tree.handbook.data.get('version')})"


def _sections(diff: Diff) -> Iterator[_Section]:
    for what, heading in _HEADINGS.items():
        yield heading, [_line(diff, change) for change in diff.changes if change.change_type == what]
    statuses = [
        _Line(
            one.id, f"{one.old} → {one.new}" + (f", through {', '.join(one.through)}" if one.through else "")
        )
        for one in diff.statuses
    ]
    yield "Standing", statuses
    yield "Checklists", [_checklist(one) for one in diff.checklists]


def _line(diff: Diff, change: Change) -> _Line:
    remarks = [str(change.entry.at)]
    if change.old and change.new and change.old.kind != change.new.kind:
        remarks.append(f"was a {change.old.kind}")
    if change.old and change.new and change.moved:
        here = change.old.place == change.new.place
        remarks.append("moved within its file" if here else f"moved from {change.old.place}")
    if change.change_type == "retired":
        successors = diff.new.handbook.retired[change.key].get("successors", [])
        remarks.append(f"see {', '.join(successors)} instead" if successors else "without a successor")
    differences = tuple(pair for field in change.fields for pair in _differences(field))
    if change.old is None or change.new is None:
        sign = "+" if change.old is None else "-"
        title = change.entry.data.get("title")
        titles = title.items() if isinstance(title, dict) else ()
        differences = tuple((f"title.{language}", ((sign, text),)) for language, text in titles)
    return _Line(f"{change.kind} {change.key}", "; ".join(remarks), differences)


def _differences(field: FieldChange) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    where = format_path(field.path)
    if field.op == "move":
        yield where, (("=", f"now behind {field.after}" if field.after else "now first"),)
    elif field.op in ("add", "remove"):
        for inner, text in _texts(field.new if field.op == "add" else field.old, where):
            yield inner, (("+" if field.op == "add" else "-", text),)
    elif isinstance(field.old, str) and isinstance(field.new, str):
        yield where, tuple(word_diff(field.old, field.new))
    elif isinstance(field.old, list) and isinstance(field.new, list):
        old, new = ([_plain(entry) for entry in entries] for entries in (field.old, field.new))
        for _tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if old[i:j] != new[k:m]:
                yield where, (*(("-", one) for one in old[i:j]), *(("+", one) for one in new[k:m]))
    else:
        yield where, (("-", _plain(field.old)), ("+", _plain(field.new)))


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """The single values inside what was added or removed, each with its place."""
    if isinstance(value, dict) and value:
        for key, inside in value.items():
            yield from _texts(inside, f"{where}.{key}")
    elif isinstance(value, list) and value:
        for index, inside in enumerate(value):
            yield from _texts(inside, f"{where}[{index + 1}]")
    else:
        yield where, _plain(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _checklist(one: ChecklistChange) -> _Line:
    name = f"{one.id} {one.old or '(new)'} → {one.new or '(gone)'}"
    size = f"a {one.size} change" if one.size else "no difference but the number"
    why = tuple(
        (reason.where, (("=", f"{reason.size}: {REASONS[reason.rule][2]}"),)) for reason in one.reasons
    )
    return _Line(name, size, why)


def _shortened(pieces: tuple[Segment, ...]) -> Iterator[Segment]:
    """``pieces`` with what stayed cut down to what stands around the changes."""
    if len(pieces) == 1:
        yield pieces[0]
        return
    for index, (sign, text) in enumerate(pieces):
        if sign != "=":
            yield sign, text
            continue
        begin = text[:_AROUND] if index else ""
        end = text[-_AROUND:] if index < len(pieces) - 1 else ""
        yield sign, text if len(text) <= len(begin) + len(end) else f"{begin}…{end}"


def render_word_diff(pieces: tuple[Segment, ...]) -> str:
    """A word diff on one line: ``[-what is gone-]{+what is new+}`` and a little of what stayed."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[sign].format(text) for sign, text in _shortened(pieces)).replace("\n", "⏎")


def _text(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"{title}: {counts}"]
    for heading, entries in sections:
        lines += ["", heading]
        for entry in entries:
            lines.append(f"  {entry.name}  {entry.remark}")
            lines += [f"    {where}: {render_word_diff(pieces)}" for where, pieces in entry.differences]
    return "\n".join(escape_controls(line) for line in lines)


def _markdown(title: str, counts: str, sections: list[_Section]) -> str:
    lines = [f"# {escape_markdown(title)}", "", f"{counts}."]
    marks = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    for heading, entries in sections:
        lines += ["", f"## {heading}", ""]
        for entry in entries:
            lines.append(f"- **{escape_markdown(entry.name)}** {escape_markdown(entry.remark)}")
            for where, pieces in entry.differences:
                told = "".join(marks[sign].format(_markdown_piece(text)) for sign, text in _shortened(pieces))
                lines.append(f"    - {escape_markdown(where)}: {told}")
    return "\n".join(lines)


def _markdown_piece(text: str) -> str:
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
    hashed = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    marks = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hashed}'\">",
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
            for where, pieces in entry.differences:
                told = "".join(marks[sign].format(html.escape(text)) for sign, text in pieces)
                parts.append(f'<dd><span class="where">{html.escape(where)}</span> {told}</dd>')
        parts.append("</dl>")
    return "\n".join([*parts, "</body></html>"])
