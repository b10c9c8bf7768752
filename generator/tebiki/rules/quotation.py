from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tebiki.model.diagnostics import Diagnostic, Place, rule
from tebiki.model.handbook import Handbook
from tebiki.model.markup import Quotation, quotations
from tebiki.model.message import Message
from tebiki.model.positions import YamlList, YamlMap, place_of
from tebiki.model.traverse import seems_localized

#: Characters of a quotation, its marks and emphasis not counted.
LONGEST = 120
#: Up to this length text in quotation marks may be a name or a term; a longer quotation needs a source.
LONGEST_TERM = 40


@rule("quotation")
def check(handbook: Handbook) -> Iterator[Diagnostic]:
    """A quotation is longer than 120 characters, or has no source.

    Quotations are block quotes (lines that begin with ``>``), and text between 「 and 」, 『 and 』, or “ and
    ”. Up to 40 characters between such marks may be a name or a term, which needs no source.
    A definition is a quotation as a whole in the languages under its ``quoted``, unless it has such
    marks inside. Of a link the words shown are counted; signs of emphasis are not.

    Shorten it, or use your own words. The source is among the ``sources`` of the entry, of an entry around
    it, or of the page; a quotation that is itself a link (“[[id]]”) names its source.
    """
    yield from _in_data(handbook.at.file, handbook.data, False)
    for item in handbook.items:
        yield from _in_data(item.at.file, item.data, item.kind == "source")  # which is the document itself
    for answer_set in handbook.answer_sets:
        yield from _in_data(answer_set.at.file, answer_set.data, False)
    for checklist in handbook.checklists:
        yield from _in_data(checklist.head.at.file, checklist.head.data, False)
    for added in handbook.overlay.additions if handbook.overlay else ():
        yield from _in_data(added.at.file, added.data, False)
    for page in handbook.pages:
        for language, body in page.body.items():
            for quotation in quotations(body):
                yield from _judge(quotation, page.place(language, quotation.start), bool(page.head.sources))


def _in_data(file: str, data: Any, sourced: bool) -> Iterator[Diagnostic]:
    if isinstance(data, YamlList):
        for value in data:
            yield from _in_data(file, value, sourced)
    elif isinstance(data, YamlMap):
        sourced = sourced or bool(data.get("sources"))
        quoted_languages = data.get("quoted", ())
        for key, value in data.items():
            if not isinstance(value, YamlMap) or not seems_localized(value):
                yield from _in_data(file, value, sourced)
                continue
            for language, text in value.items():
                text_quotations = list(quotations(text))
                if not text_quotations and key == "text" and language in quoted_languages:
                    text_quotations = [Quotation(text, 0, True)]
                for quotation in text_quotations:
                    yield from _judge(quotation, place_of(value, language, file), sourced)


def _judge(quotation: Quotation, at: Place, sourced: bool) -> Iterator[Diagnostic]:
    if len(quotation.words) <= LONGEST_TERM and not quotation.block:
        return  # so that most quotations are not measured
    length = quotation.length
    if length > LONGEST:
        message = Message("rules.quotation.long", length=length, longest=LONGEST)
        yield Diagnostic(at, "quotation", message)
    if not sourced and not quotation.names_its_source and (quotation.block or length > LONGEST_TERM):
        message = Message("rules.quotation.no-source")
        yield Diagnostic(at, "quotation", message)
