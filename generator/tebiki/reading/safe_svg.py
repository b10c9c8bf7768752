"""Which SVG may stand in ``content/files``: drawings that run nothing, load nothing and stay small.

A page shows an SVG file as a picture, in which browsers run no script; but a reader can also open it on its own, at the
address of the handbook. So its elements, attributes and styles are taken from a list of what drawings need. The
file is read by expat, without entities, as the names and signs of SVG 2 (https://www.w3.org/TR/SVG2/) require.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from tebiki.model.message import Message
from tebiki.reading.svg_names import ATTRIBUTES, EDITOR_NAMESPACES, ELEMENTS

#: How many elements a drawing may have, those that ``use`` repeats counted each time.
MAX_ELEMENTS = 200_000
MAX_DEPTH = 100
_MOST = 20  # problems of one file
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_INSIDE = re.compile(r"\s*(?:#|\Z)")
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=\s]*")
#: What in a style could load something, or hide that it does.
_STYLE = re.compile(
    r"""\\|@(?!font-face\b|media\b)|\b(?:image|image-set|src|paint|element)\s*\("""
    r"""|\burl\s*\((?!\s*["']?\s*(?:#|data:(?:font/|application/(?:x-)?font))[^()"']*["']?\s*\))""",
    re.IGNORECASE,
)
#: Attributes that are no style: their values are words or names.
_WORDS = re.compile(r"aria-|data-|(?:class|id|lang|role|title)$")


@dataclass(frozen=True)
class SvgProblem:
    """A problem in an SVG file; line and column count from 1."""

    line: int
    column: int
    message: Message


def svg_problems(raw: bytes) -> list[SvgProblem]:
    """Find what may not stand in an SVG file.

    Args:
        raw: The content of the file.

    Returns:
        The problems in the order of the file, at most 20.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [SvgProblem(1, 1, Message("reading.unsafe-svg.encoding", encoding="UTF-16"))]
    reader = _Reader()
    try:
        reader.parser.Parse(raw, True)
    except _StopError:
        pass
    except expat.ExpatError as error:
        message = Message("reading.unsafe-svg.xml", reason=str(expat.ErrorString(error.code)))
        reader.problems.append(SvgProblem(error.lineno, error.offset + 1, message))
    return list(itertools.islice(dict.fromkeys(reader.problems), _MOST))


class _StopError(Exception):
    """Nothing after this place is looked at."""


@dataclass
class _Subtree:
    """An open element: how many elements and uses came before it."""

    ids: list[str]
    elements: int
    uses: int


@dataclass
class _Uses:
    """What ``use`` repeats, so that a small file cannot be a huge drawing."""

    targets: list[str] = field(default_factory=list)
    #: Id → number of its elements, and from which to which of ``targets`` its own uses are.
    sizes: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def total(self) -> int:
        """The number of elements that all uses add; more than MAX_ELEMENTS where that is not worth counting."""
        sizes: dict[str, int] = {}
        return sum(self._size(target, sizes, 0) for target in self.targets)

    def _size(self, target: str, sizes: dict[str, int], depth: int) -> int:
        if target not in self.sizes:
            return 0
        if depth > MAX_DEPTH:
            return MAX_ELEMENTS + 1
        if target not in sizes:
            sizes[target] = MAX_ELEMENTS + 1  # for a use inside of what it repeats
            elements, start, end = self.sizes[target]
            for inner in self.targets[start:end]:
                elements = min(elements + self._size(inner, sizes, depth + 1), MAX_ELEMENTS + 1)
            sizes[target] = elements
        return sizes[target]


class _Reader:
    """Follows expat through the file."""

    def __init__(self) -> None:
        self.problems: list[SvgProblem] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._open: list[_Subtree] = []
        self._style: list[str] | None = None
        self._elements = 0
        self._uses = _Uses()

    def _report(self, message: Message) -> None:
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.problems.append(SvgProblem(*place, message))
        if len(self.problems) >= _MOST:
            raise _StopError

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            self._report(Message("reading.unsafe-svg.encoding", encoding=encoding))

    def _doctype(self, *_: object) -> None:
        self._report(Message("reading.unsafe-svg.doctype"))
        raise _StopError

    def _instruction(self, target: str, _data: str) -> None:
        self._report(Message("reading.unsafe-svg.instruction", target=target))

    def _start(self, qualified: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            self._report(Message("reading.unsafe-svg.large", elements=MAX_ELEMENTS, depth=MAX_DEPTH))
            raise _StopError
        namespace, name = _names(qualified)
        if not self._open and (namespace, name) != (_SVG, "svg"):
            self._report(Message("reading.unsafe-svg.first", name=name, namespace=_SVG))
            raise _StopError
        if namespace not in EDITOR_NAMESPACES and (namespace != _SVG or name not in ELEMENTS):
            self._report(
                Message("reading.unsafe-svg.html")
                if name == "foreignObject"
                else Message("reading.unsafe-svg.element", name=name)
            )
        if namespace not in EDITOR_NAMESPACES:
            for key, value in attributes.items():
                self._attribute(name, *_names(key), value)
        if name == "use":
            target = attributes.get("href") or attributes.get(f"{_XLINK} href") or ""
            self._uses.targets.append(target.strip().removeprefix("#"))
        ids = [attributes["id"]] if "id" in attributes else []
        self._open.append(_Subtree(ids, self._elements, len(self._uses.targets)))
        self._style = [] if name == "style" else self._style

    def _end(self, qualified: str) -> None:
        subtree = self._open.pop()
        for id_ in subtree.ids:
            size = self._elements - subtree.elements + 1
            # an id that is there twice counts for both
            known, start, _end = self._uses.sizes.get(id_, (0, subtree.uses, 0))
            self._uses.sizes[id_] = known + size, min(start, subtree.uses), len(self._uses.targets)
        if _names(qualified)[1] == "style" and self._style is not None:
            self._check_style("".join(self._style))
            self._style = None
        if not self._open and self._elements + self._uses.total() > MAX_ELEMENTS:
            self._report(Message("reading.unsafe-svg.uses", elements=MAX_ELEMENTS))

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _attribute(self, element: str, namespace: str, name: str, value: str) -> None:
        if namespace in EDITOR_NAMESPACES or (namespace == _XML and name in ("lang", "space")):
            return
        if namespace not in ("", _XLINK) or not (name in ATTRIBUTES or name.startswith("data-")):
            self._report(Message("reading.unsafe-svg.attribute", name=name, element=element))
        elif name == "href":
            if not _INSIDE.match(value) and not (element == "image" and _PICTURE.fullmatch(value)):
                self._report(Message("reading.unsafe-svg.address", address=value.strip()[:40]))
        elif not _WORDS.match(name):
            self._check_style(value)

    def _check_style(self, style: str) -> None:
        if refused := _STYLE.search(style):
            trace = re.split(r"[;}\n]", style[refused.start() : refused.start() + 60])[0].strip()
            self._report(Message("reading.unsafe-svg.style", trace=trace))


def _names(qualified: str) -> tuple[str, str]:
    """Return the namespace and the local name of what expat calls ``NAMESPACE NAME``."""
    namespace, _, name = qualified.rpartition(" ")
    return namespace, name
