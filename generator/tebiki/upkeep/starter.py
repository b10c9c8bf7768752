"""The handbook that ``tebiki init`` begins with: the texts in ``starter/handbook``, in the languages asked for.

The texts are a handbook in three languages. The others are cut out, and a language that is not among the three gets a
copy of the first, which ``tebiki translations`` lists until it has been translated. A comment that begins with the
code of a language (``#en``) is kept in one language only, and a line that ends with ``#if ja`` where the handbook
has that language. The words of the generator in Chinese, which the generator lacks, are files of the handbook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tebiki.locales import language_names
from tebiki.resources import STARTER_HANDBOOK, read_resource, resource_names
from tebiki.upkeep.language_texts import copy_in_yaml, exchange_heads, remove_from_yaml, short_head

#: The languages of the texts, the one with complete heads of pages first.
LANGUAGES = ("en", "ja", "zh")
_COMMENT = re.compile(r"(?m)^( *)#(en|ja|zh) (.*\n)")
_CONDITION = re.compile(r"(?m)^(.*) #if (\w+)\n")
_PAGE = re.compile(r"(?P<path>content/pages/.*)\.(?P<language>[a-z]+)\.md")
_WORDS = re.compile(r"content/words/(?P<language>[a-z]+)/.*")
_HANDBOOK = "content/handbook.yml"


def starter_texts(languages: Sequence[str], values: Mapping[str, str]) -> dict[str, str]:
    """Return the path and the text of every file of the handbook.

    Args:
        languages: The codes of the languages, the original first.
        values: What stands for ``<name>`` in the files, by name.
    """
    texts = {
        name: _lines_for(languages, read_resource(STARTER_HANDBOOK, name), values)
        for name in resource_names(STARTER_HANDBOOK)
    }
    files: dict[str, str] = {}
    for name, text in texts.items():
        if match := _PAGE.fullmatch(name):
            if match["language"] == LANGUAGES[0]:
                files |= _pages(match["path"], texts, languages)
        elif match := _WORDS.fullmatch(name):
            if match["language"] in languages:
                files[name] = text
        else:
            files[name] = _localized(text, languages)
    files[_HANDBOOK] = _with_languages(files[_HANDBOOK], languages)
    return files


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Replace each ``<name>`` by its value."""
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def _lines_for(languages: Sequence[str], text: str, values: Mapping[str, str]) -> str:
    """The text with the comments of one language, and the lines that are meant for ``languages``."""
    comments = next((code for code in languages if code in LANGUAGES), LANGUAGES[0])
    text = _COMMENT.sub(lambda match: f"{match[1]}# {match[3]}" if match[2] == comments else "", text)
    text = _CONDITION.sub(lambda match: f"{match[1]}\n" if match[2] in languages else "", text)
    return fill_in(text, values)


def _pages(path: str, texts: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The files of a page; the first one gets the complete head."""
    complete = texts[f"{path}.{LANGUAGES[0]}.md"]
    pages = {}
    for code in languages:
        written = texts.get(f"{path}.{code}.md", texts[f"{path}.{_base(languages)}.md"])
        page = exchange_heads(complete, written)
        pages[f"{path}.{code}.md"] = page if code == languages[0] else short_head(page)
    return pages


def _base(languages: Sequence[str]) -> str:
    """The language that is copied where the starter is not written in one of ``languages``."""
    return LANGUAGES[0] if languages[0] not in LANGUAGES else languages[0]


def _localized(text: str, languages: Sequence[str]) -> str:
    known = list(LANGUAGES)
    for code in languages:
        if code not in known:
            text = copy_in_yaml(text, code, _base(languages), known)
            known.append(code)
    for code in known:
        if code not in languages:
            text = remove_from_yaml(text, code, known)
    return text


def _with_languages(text: str, languages: Sequence[str]) -> str:
    """The text of the handbook's own file with ``languages`` in their order."""
    names = language_names()
    entries = "".join(f"  - {{code: {code}, name: {names[code]}}}\n" for code in languages)
    return re.sub(r"(?m)^languages:\n(  - .*\n)*", lambda _match: f"languages:\n{entries}", text)
