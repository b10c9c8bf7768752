"""What is said of each mistake in YAML, by its name; what is in braces is filled in."""

from __future__ import annotations

from collections.abc import Mapping

MISTAKE_WORDS: Mapping[str, str] = {
    "anchor": "{sign} begins an anchor or a tag, which are not used here: remove it",
    "backslash": "in double quotation marks a \\ begins an escape: use single quotation marks",
    "block-sign": "after {sign} the text begins on the next line: remove {sign}, or begin a new line after it",
    "bracket-in-text": "the text holds a {sign}, which ends it here: put the text into quotation marks",
    "colon-in-text": "the text holds a colon and a space, as keys do: put the text into quotation marks",
    "comma-in-text": "a comma ends the text before it here: put the whole text into quotation marks",
    "conflict": "git left both sides of a merge here, the other in the lines {first} to {last}: keep one of them, and remove the three lines of marks",
    "curly-quote": "{sign} is no quotation mark of YAML: write \" or '",
    "indentation": "the line is indented by {spaces} spaces, which fits none of the lines before it: indent it by {expected}",
    "languages-expected": "{key}: write the text for each language, in braces: {{CODE: text, CODE: text}}",
    "link-at-start": "a text that begins with [[ is read as a list: put the text into quotation marks",
    "list-expected": "{key}: a list is needed here, also for a single entry: write it in brackets",
    "misspelt-key": "unknown key {key}; did you mean {expected}?",
    "missing-bracket": "the {sign} is missing that the closing one belongs to",
    "missing-comma": "a comma is missing before {key}",
    "missing-space": "a space is missing after the {sign}",
    "no-value": "{key}: nothing is written after the colon",
    "number": "{written} is read as a number or a switch, and text is needed: put it into quotation marks",
    "quote-inside": "the text holds the {sign} that encloses it: enclose it in the other kind of quotation marks",
    "sign-at-start": "a text that begins with {sign} means something else in YAML: put the text into quotation marks",
    "stray-bracket": "this {sign} closes nothing: remove it",
    "switch": "{written} is text, and true or false is needed: write {expected}",
    "tab": "a tab stands in the indentation: indent with spaces",
    "unclosed-bracket": "the {sign} is not closed",
    "unclosed-quote": "the quotation mark is not closed",
    "unreadable": "YAML cannot be read from here ({reason}): compare the line and the one before with an entry that is in order",
    "wide-sign": "{sign} is a full-width sign, which YAML reads as text: write {expected}",
    "wide-space": "a full-width space stands where YAML needs an ordinary one",
    "written-date": "{written} is not written as a date: write {expected}",
    "words-after-quote": "words follow the closing quotation mark: put the whole text into quotation marks of the other kind",
}

#: Mistakes that have one correction, whatever the author means.
CERTAIN_MISTAKES = frozenset(
    [
        "backslash",
        "bracket-in-text",
        "colon-in-text",
        "curly-quote",
        "link-at-start",
        "missing-space",
        "number",
        "quote-inside",
        "sign-at-start",
        "switch",
        "tab",
        "wide-sign",
        "wide-space",
        "words-after-quote",
        "written-date",
    ]
)
