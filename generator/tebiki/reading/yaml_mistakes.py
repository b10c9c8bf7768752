"""Guesses which mistake makes a line unreadable as YAML, and how the line should be.

Every guess is a Correction; ``yaml_repair`` keeps the first that makes the file readable beyond the place of the
error. So a guess may be wrong, and the most telling come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tebiki.model.message import Argument, Message

_INDENT = r"^(?P<indent>[ ]*)"
_KEY = r"[A-Za-z_][\w-]*"
_BEGINNING = rf"{_INDENT}(?:- +)*(?:{_KEY}: +)?"
_TAB = re.compile(r"^[ -]*\t[ \t]*")
_WIDE_SPACE = re.compile(
    r"^[ \u3000]*\u3000[ \u3000]*(?=\S)|(?<=-)[ \u3000]*\u3000[ \u3000]*|(?<={)\u3000+|(?<=[:,])[ \u3000]*\u3000[ \u3000]*"
)
_WIDE_DASH = re.compile(r"^(?P<indent> *)(?P<sign>[－―ー−–—・•])[ \u3000]*(?=\S)")
#: A full-width sign in the place of one of YAML's, and what should stand there.
_WIDE_SIGN = re.compile(
    rf"(?<![\w-])(?P<key>{_KEY})[ \u3000]*(?P<colon>：)[ \u3000]*|(?P<comma>[，、])[ \u3000]*(?={_KEY}[:：])|(?P<open>[｛［])[ \u3000]*|(?P<close>[｝］])|(?P<quote>[＂＇])"
)
_IN_WORDS: Mapping[str, Argument] = {
    ": ": Message("reading.signs.colon-and-space"),
    ", ": Message("reading.signs.comma-and-space"),
}
_ORDINARY = {
    "：": ": ",
    "，": ", ",
    "、": ", ",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "＂": '"',
    "＇": "'",
}
_NO_SPACE_AFTER_COLON = re.compile(
    rf"^(?P<before> *(?:- +)*{_KEY}):(?=[^\s:/])|(?<=[{{,])(?P<inner> *{_KEY}):(?=[^\s:/])"
)
_NO_SPACE_AFTER_DASH = re.compile(rf"^(?P<before> *)-(?=[{{\[]|{_KEY}: )")
_CURLY = re.compile("[“”„‟‘’]")
_BLOCK_VALUE = re.compile(rf"^(?P<before> *(?:- +)*(?:{_KEY}: +|(?<=- )))(?P<value>[^\s#].*?)[ ]*$")
_FLOW_VALUE = re.compile(
    rf"(?P<before>[{{,] *{_KEY}: +)(?P<value>(?:\[\[|[^{{}}\[\s,]).*?)(?P<end>(?=, *{_KEY}: )|(?= *\}}+\]*[ ]*$)|[ ]*$)"
)
_MISSING_COMMA = re.compile(r"(?<=[^\s,{:]) +(?P<key>[a-z]{2,3}|place|source|title|text): ")
_SIGNS_AT_START = "@`%&*!?,]}#|>"
_QUOTED_AT_START = re.compile(r"""(?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?P<rest>.*)""")
_WITHOUT_BRACE = re.compile(rf"(?P<before> *(?:- +)*(?:{_KEY}: +)?)(?={_KEY}: [^{{}}]*\}}[ ]*$)")
_ANCHOR = re.compile(r"[&!][\w!/:.,-]* +(?=\S)", re.ASCII)
_BRACKETS = {"{": "}", "[": "]"}

#: Mistakes that have one correction, whatever the author means.
CERTAIN_MISTAKES = frozenset([
        "backslash", "bracket-in-text", "colon-in-text", "curly-quote", "link-at-start",
        "missing-space", "number", "quote-inside", "sign-at-start", "switch", "tab", "wide-sign",
        "wide-space", "words-after-quote", "written-date",
])  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """A mistake in a line, and the line without it.

    Attributes:
        mistake: The name of the mistake, a key of the messages on ``mistakes``.
        column: Where it is, from 0.
        line: The line as it should be.
        words: What is filled into the words on it.
    """

    mistake: str
    column: int
    line: str
    words: Mapping[str, Argument] = field(default_factory=dict)


def indentations(line: str, before: list[str]) -> Iterator[Correction]:
    """Yield the line with the indentation of the lines before it.

    Args:
        line: The line.
        before: The lines before it, the nearest first.
    """
    text = line.lstrip(" ")
    spaces = len(line) - len(text)
    known: dict[int, None] = {}
    for other in before[:30]:
        indent = len(other) - len(other.lstrip(" "))
        dash = re.match(r" *(?:- +)+", other)
        if text.startswith("- "):
            known |= dict.fromkeys([indent] if dash else [indent + 2, indent])
        else:
            known |= dict.fromkeys([dash.end()] if dash else [indent])
    for column in known:
        if column != spaces:
            words = {"spaces": str(spaces), "expected": str(column)}
            yield Correction("indentation", spaces, " " * column + text, words)


def _tab(line: str) -> Iterator[Correction]:
    if match := _TAB.match(line):
        for width in (4, 2, 8):
            yield Correction("tab", line.index("\t"), match[0].expandtabs(width) + line[match.end() :])


def _wide_space(line: str) -> Iterator[Correction]:
    if match := _WIDE_SPACE.search(line):
        column = line.index("\u3000", match.start())
        # a text of the line may hold such signs too, so the first alone is tried first
        for rest in (line[match.end() :], _WIDE_SPACE.sub(" ", line[match.end() :])):
            if match.start() > 0:
                yield Correction("wide-space", column, f"{line[: match.start()]} {rest}")
                continue
            for width in (2, 1):
                yield Correction("wide-space", column, match[0].replace("\u3000", " " * width) + rest)


def _wide_signs(line: str) -> Iterator[Correction]:
    if match := _WIDE_DASH.match(line):
        dash: dict[str, Argument] = {
            "sign": match["sign"],
            "expected": Message("reading.signs.hyphen-and-space"),
        }
        yield Correction("wide-sign", match.start("sign"), f"{match['indent']}- {line[match.end() :]}", dash)
    if match := _WIDE_SIGN.search(line):
        group = match.lastgroup or "colon"
        sign = match[group].strip(" \u3000")
        words: dict[str, Argument] = {
            "sign": sign,
            "expected": _IN_WORDS.get(_ORDINARY[sign], _ORDINARY[sign]),
        }
        for count in (0,) if group in ("open", "close") else (1, 0):  # 0: all of them
            corrected = _WIDE_SIGN.sub(_ordinary, line, count)
            yield Correction("wide-sign", match.start(group), corrected, words)


def _ordinary(match: re.Match[str]) -> str:
    group = match.lastgroup or ""
    ordinary = _ORDINARY[match[group].strip(" \u3000")]
    return f"{match['key']}{ordinary}" if group == "colon" else ordinary


def _missing_space(line: str) -> Iterator[Correction]:
    if match := _NO_SPACE_AFTER_DASH.match(line):
        yield Correction(
            "missing-space", match.end(), f"{match['before']}- {line[match.end() :]}", {"sign": "-"}
        )
    if match := _NO_SPACE_AFTER_COLON.search(line):
        for count in (1, 0):
            corrected = _NO_SPACE_AFTER_COLON.sub(lambda colon: f"{colon[0]} ", line, count)
            yield Correction(
                "missing-space", match.end(), corrected, {"sign": Message("reading.signs.colon")}
            )


def _curly_quotes(line: str) -> Iterator[Correction]:
    if match := _CURLY.search(line):
        straight = re.sub("[‘’]", "'", re.sub("[“”„‟]", '"', line))
        yield Correction("curly-quote", match.start(), straight, {"sign": match[0]})


def _values(line: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the values of a line, and whether each stands inside of braces."""
    block = _BLOCK_VALUE.match(line)
    flow = list(_FLOW_VALUE.finditer(line))
    if block and not (flow and block["value"].startswith(("{", "["))):
        yield block, False
    for match in flow:
        yield match, True


def _with_value(line: str, match: re.Match[str], value: str) -> str:
    return f"{line[: match.start('value')]}{value}{line[match.end('value') :]}"


def _unquoted_values(line: str) -> Iterator[Correction]:
    """Values that need quotation marks."""
    for match, in_braces in _values(line):
        value, at = match["value"], match.start("value")
        if value[0] in "\"'":
            continue
        mistake = _reason_to_quote(value, in_braces)
        if mistake is None:
            continue
        name, offset, sign = mistake
        if name == "block-sign":
            yield Correction(name, at, _with_value(line, match, value[1:].lstrip()), {"sign": sign})
        if anchor := _ANCHOR.match(value):
            yield Correction("anchor", at, _with_value(line, match, value[anchor.end() :]), {"sign": sign})
        yield Correction(name, at + offset, _with_value(line, match, quoted(value)), {"sign": sign})


def _reason_to_quote(value: str, in_braces: bool) -> tuple[str, int, str] | None:
    if value.startswith("[["):
        return "link-at-start", 0, "[["
    if value[0] in "|>" and len(value) > 2 and not in_braces:
        return "block-sign", 0, value[0]
    if value[0] in _SIGNS_AT_START:
        return "sign-at-start", 0, value[0]
    if colon := re.search(r":(?= |$)", value):
        return "colon-in-text", colon.start(), ":"
    is_balanced = all(value.count(opening) == value.count(closing) for opening, closing in _BRACKETS.items())
    if in_braces and is_balanced and (bracket := re.search(r"[\[{]", value)):
        return "bracket-in-text", bracket.start(), bracket[0]
    return None


def quoted(value: str) -> str:
    """Return a text in quotation marks."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'{}'".format(value.replace("'", "''"))


def _quotes(line: str) -> Iterator[Correction]:
    """Values that begin with a quotation mark and do not end with it."""
    for match, _in_braces in _values(line):
        value, at = match["value"], match.start("value")
        if value[0] not in "\"'":
            continue
        opening = _QUOTED_AT_START.fullmatch(value)
        if opening and opening["rest"].strip() and value[-1] == value[0]:
            inside = _with_value(line, match, quoted(value[1:-1]))
            yield Correction("quote-inside", at + opening.end("quoted") - 1, inside, {"sign": value[0]})
        if opening and opening["rest"].strip():
            for whole in (quoted(value), f"'{value.replace(chr(39), chr(39) * 2)}'"):
                yield Correction(
                    "words-after-quote", at + opening.end("quoted"), _with_value(line, match, whole)
                )
        if "\\" in value and value[0] == '"':
            inside = value[1:].removesuffix('"').replace("'", "''")
            yield Correction("backslash", at + value.index("\\"), _with_value(line, match, f"'{inside}'"))
        if not opening:
            yield Correction("unclosed-quote", at, _with_value(line, match, value + value[0]))
            inner = value[1:].removesuffix(value[0])
            yield Correction("unclosed-quote", at, _with_value(line, match, quoted(inner)))
    for match, _in_braces in _values(line):
        value = match["value"]
        if value[-1] in "\"'" and value[0] not in "\"'":
            yield Correction(
                "unclosed-quote", match.end("value") - 1, _with_value(line, match, value[-1] + value)
            )


def _brackets(line: str) -> Iterator[Correction]:
    if match := _MISSING_COMMA.search(line, line.find("{") + 1) if "{" in line else None:
        yield Correction(
            "missing-comma",
            match.start(),
            f"{line[: match.start()]}, {line[match.start() :].lstrip()}",
            {"key": match["key"]},
        )
    for opening, closing in _BRACKETS.items():
        more = line.count(opening) - line.count(closing)
        if more > 0:
            end = line.rstrip()
            yield Correction("unclosed-bracket", line.index(opening), end + closing * more, {"sign": opening})
            if end.endswith("]") and opening == "{":
                yield Correction(
                    "unclosed-bracket", line.index(opening), f"{end[:-1]}{closing * more}]", {"sign": opening}
                )
        elif more < 0:
            if closing == "}" and (match := _WITHOUT_BRACE.match(line)):
                at = match.end("before")
                yield Correction("missing-bracket", at, f"{line[:at]}{{{line[at:]}", {"sign": opening})
            at = line.rindex(closing)
            yield Correction("stray-bracket", at, line[:at] + line[at + 1 :], {"sign": closing})


#: Yield guesses at what is wrong in a line.
GUESSES: tuple[Callable[[str], Iterator[Correction]], ...] = (
    _tab,
    _wide_space,
    _wide_signs,
    _missing_space,
    _curly_quotes,
    _quotes,
    _brackets,
    _unquoted_values,
)


def mistake_message(mistake: str, words: Mapping[str, Argument]) -> Message:
    """Return the message on a mistake, by its name."""
    return Message(f"mistakes.{mistake}", **words)
