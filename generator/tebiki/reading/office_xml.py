"""The XML of the parts of a Word or Excel file: what the DOM of the standard library leaves to write."""

from __future__ import annotations

from typing import cast
from xml.dom import minidom
from xml.dom.minidom import Document, Element, Node

#: The namespaces of both programs, transitional and strict (ECMA-376).
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
EXCEL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parse_part(content: bytes) -> Document:
    """Return the XML of a part that ``read_office_file`` has returned."""
    return minidom.parseString(content.decode("utf-8-sig"))


def serialize(xml: Document) -> bytes:
    """Return the XML of a part in UTF-8."""
    return _HEAD + cast(Element, xml.documentElement).toxml().encode()


def elements(root: Document | Element, namespaces: tuple[str, ...], name: str) -> list[Element]:
    """Return the elements called ``name`` inside ``root``, in order."""
    inside = []
    for child in root.childNodes:
        if isinstance(child, Element):
            # minidom makes a local name anew each time that it is asked for
            if child.tagName.endswith(name) and child.localName == name and child.namespaceURI in namespaces:
                inside.append(child)
            inside += elements(child, namespaces, name)
    return inside


def ancestor(element: Element, namespaces: tuple[str, ...], name: str) -> Element | None:
    """Return the nearest element called ``name`` around ``element``."""
    node = element.parentNode
    while isinstance(node, Element):
        if node.localName == name and node.namespaceURI in namespaces:
            return node
        node = node.parentNode
    return None


def parent_of(element: Element) -> Element:
    """Return the element around ``element``, which is not the root."""
    return cast(Element, element.parentNode)


def copy_of(element: Element, deep: bool = True) -> Element:
    """Return a copy of ``element``, with what is inside it."""
    return cast(Element, element.cloneNode(deep))


def create_like(element: Element, name: str) -> Element:
    """Return a new element called ``name`` in the namespace of ``element``."""
    prefix = f"{element.prefix}:" if element.prefix else ""
    return cast(Document, element.ownerDocument).createElementNS(str(element.namespaceURI), f"{prefix}{name}")


def text_of(element: Element) -> str:
    """Return the text inside an element that holds nothing else."""
    return "".join(
        child.data
        for child in element.childNodes
        if child.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE)
    )


def set_text(element: Element, text: str) -> None:
    """Put ``text`` in place of everything inside ``element``."""
    clear(element)
    element.appendChild(cast(Document, element.ownerDocument).createTextNode(text))


def clear(element: Element) -> None:
    """Remove everything inside ``element``."""
    for child in list(element.childNodes):
        element.removeChild(child)
