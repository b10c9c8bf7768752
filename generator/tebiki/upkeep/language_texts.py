"""Adds a language to the text of a file, or removes it, and leaves every other character as it is.

A text in several languages is a mapping from language codes. Only its entry is cut out or copied, so comments, order
and quotation marks stay as their author wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import yaml

from tebiki.model.traverse import seems_localized
from tebiki.reading.yaml_reader import YamlLoader

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)
_COMMENT_LINE = re.compile(r"\n[ \t]*(?=#)")


def remove_from_yaml(text: str, code: str, languages: Sequence[str]) -> str:
    """Return the YAML ``text`` without its entries in the language ``code``.

    Args:
        text: The text of a YAML file or of the head of a page.
        code: The language to remove.
        languages: The languages of the handbook, ``code`` among them.
    """
    mappings = _mappings(text)
    cuts = [_cut(text, node, code) for node in _localized(mappings, languages) if len(node.value) > 1]
    cuts += [_cut_from_list(text, node, entry) for node, entry in _list_entries(mappings, code)]
    cuts += [_cut(text, node, key) for node, key in _only_in(mappings, code)]
    for start, end in sorted((cut for cut in cuts if cut), reverse=True):
        text = text[:start] + text[end:]
    return text


def copy_in_yaml(text: str, code: str, base: str, languages: Sequence[str]) -> str:
    """Return the YAML ``text`` with a copy of each entry in the language ``base`` as the language ``code``."""
    insertions = [_copy(text, node, code, base) for node in _localized(_mappings(text), languages)]
    for position, copied in sorted((insertion for insertion in insertions if insertion), reverse=True):
        text = text[:position] + copied + text[position:]
    return text


def edit_head(page: str, edit: Callable[[str], str]) -> str:
    """Return ``page`` with its head, which is YAML, changed by ``edit``."""
    match = _FRONT_MATTER.match(page)
    return f"---\n{edit(match['head'])}---\n{page[match.end() :]}" if match else page


def exchange_heads(original: str, translation: str) -> str:
    """Return the page ``translation`` with the head of ``original``, but with its own title and description.

    Only the file in the first language has a complete head; this makes ``translation`` that file.
    """
    old, new = _FRONT_MATTER.match(original), _FRONT_MATTER.match(translation)
    if not old or not new:
        return translation
    own = dict(_head_entries(new["head"]))
    parts = [own.get(key, lines) if key else lines for key, lines in _head_entries(old["head"])]
    return f"---\n{''.join(parts)}---\n{translation[new.end() :]}"


def short_head(page: str) -> str:
    """Return ``page`` with nothing but a title and a description in its head, as a translation has it."""
    match = _FRONT_MATTER.match(page)
    if not match:
        return page
    entries = dict(_head_entries(match["head"]))
    lines = "".join(entries[key] for key in ("title", "description") if key in entries)
    return f"---\n{lines}---\n{page[match.end() :]}"


def add_to_languages(text: str, code: str, name: str) -> str:
    """Return the text of the handbook's own file with another language at the end of ``languages``."""
    root: Any = yaml.compose(text, Loader=YamlLoader)
    languages = next(value for key, value in root.value if key.value == "languages")
    last = languages.value[-1]
    if languages.flow_style:
        return f"{text[: _end(last)]}, {{code: {code}, name: {name}}}{text[_end(last) :]}"
    start, end = _start_of_line(text, last.start_mark.index), _end_of_line(text, _end(last))
    before = re.match(r"[ ]*-[ ]+", text[start:end])
    return f"{text[:end]}{before[0] if before else '  - '}{{code: {code}, name: {name}}}\n{text[end:]}"


def _head_entries(head: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of the head of a page with their lines; first the comments above them, with an empty key."""
    node: Any = yaml.compose(head, Loader=YamlLoader)
    starts = [(key.value, key.start_mark.index) for key, _value in node.value] if node else []
    ends = [start for _key, start in starts[1:]] + [len(head)]
    yield "", head[: starts[0][1] if starts else len(head)]
    for (key, start), end in zip(starts, ends, strict=True):
        yield key, head[start:end]


def _localized(mappings: Iterable[Any], languages: Sequence[str]) -> Iterator[Any]:
    """Yield each of ``mappings`` whose keys are languages of the handbook."""
    for node in mappings:
        if node.value:
            keys = [key.value for key, _value in node.value]
            if set(keys) <= set(languages) and seems_localized(dict.fromkeys(keys, "")):
                yield node


def _only_in(mappings: Iterable[Any], code: str) -> Iterator[tuple[Any, str]]:
    """Yield each of ``mappings`` with a key whose value exists in the language ``code`` alone, and that key."""
    for node in mappings:
        if len(node.value) > 1:
            yield from ((node, key.value) for key, value in node.value if _has_only(value, code))


def _has_only(node: Any, code: str) -> bool:
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return False
    key, value = node.value[0]
    return key.value == code and isinstance(value, yaml.ScalarNode)


def _list_entries(mappings: Iterable[Any], code: str) -> Iterator[tuple[Any, int]]:
    """Yield each list of languages in ``mappings``, with the place in it of the language ``code``."""
    for node in mappings:
        for key, entries in node.value:
            if key.value in ("languages", "quoted") and isinstance(entries, yaml.SequenceNode):
                yield from (
                    (entries, index) for index, entry in enumerate(entries.value) if _code_of(entry) == code
                )


def _code_of(entry: Any) -> str:
    """The language of an entry of a list: ``code`` of a mapping, or the word itself."""
    if isinstance(entry, yaml.MappingNode):
        return next((str(value.value) for key, value in entry.value if key.value == "code"), "")
    return str(entry.value)


def _mappings(text: str) -> list[Any]:
    """The mappings in ``text``, at every level."""
    mappings, waiting = [], [yaml.compose(text, Loader=YamlLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            mappings.append(node)
            waiting += [value for _key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return mappings


def _end(node: Any) -> int:
    """The index behind ``node``; PyYAML gives that of the next token for collections in block style."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _end_of_line(text: str, index: int) -> int:
    if index and text[index - 1] == "\n":  # a block scalar ends with its last line
        return index
    newline = text.find("\n", index)
    return len(text) if newline < 0 else newline + 1


def _start_of_line(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _cut(text: str, node: Any, code: str) -> tuple[int, int] | None:
    """The range of the entry ``code`` of a mapping."""
    keys = [key.value for key, _value in node.value]
    if code not in keys:
        return None
    index = keys.index(code)
    starts = [key.start_mark.index for key, _value in node.value]
    ends = [_end(value) for _key, value in node.value]
    return _range(text, index, starts, ends, node.flow_style)


def _cut_from_list(text: str, node: Any, index: int) -> tuple[int, int]:
    """The range of an entry of a list."""
    starts = [entry.start_mark.index for entry in node.value]
    ends = [_end(entry) for entry in node.value]
    if node.flow_style:
        return _range(text, index, starts, ends, True)
    return _start_of_line(text, starts[index]), _end_of_line(text, ends[index])


def _range(text: str, index: int, starts: list[int], ends: list[int], flow: bool) -> tuple[int, int]:
    if index + 1 < len(starts):
        if flow:
            return starts[index], starts[index + 1]
        # comments above the next entry stay
        search_from = ends[index] - (text[ends[index] - 1] == "\n")
        comment = _COMMENT_LINE.search(text, search_from, starts[index + 1])
        return starts[index], comment.end() if comment else starts[index + 1]
    if flow:
        return (ends[index - 1] if index else starts[index]), ends[index]
    return _start_of_line(text, starts[index]), _end_of_line(text, ends[index])


def _copy(text: str, node: Any, code: str, base: str) -> tuple[int, str] | None:
    """The place and the text of a copy of the entry ``base`` of a mapping."""
    pairs = {key.value: (key, value) for key, value in node.value}
    if base not in pairs or code in pairs:
        return None
    key, value = pairs[base]
    end = _end(value)
    copied = code + text[key.end_mark.index : end]
    if node.flow_style:
        last = _end(node.value[-1][1])
        return last, f", {copied}"
    indent = " " * key.start_mark.column
    if text[end - 1] == "\n":
        return end, f"{indent}{copied}"
    line_end = _end_of_line(text, end)
    newline = "" if text[line_end - 1 : line_end] == "\n" else "\n"
    return line_end, f"{newline}{indent}{copied}" + ("\n" if not newline else "")
