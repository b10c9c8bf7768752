"""Drawings in SVG that run nothing, load nothing and stay small."""

from __future__ import annotations

import pytest
from english import english
from tebiki.reading.safe_svg import MAX_ELEMENTS, svg_problems

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "content",
    [
        '<title>図</title><g id="a" class="b"><path d="M0 0" style="fill:url(#c);stroke:#333"/></g>',
        '<defs><rect id="r" width="1" height="1"/></defs><use href="#r"/><use xlink:href="#r"/>',
        '<image xlink:href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>',
        "<style>/* plain */ .a { fill: red } @media print { .a { fill: black } }</style>",
        "<style>@font-face { font-family: F; src: url(data:font/woff2;base64,AA==) format('woff2') }</style>",
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" about="x"/></metadata>',
        '<text data-name="x" aria-label="\\ @ (1)" xml:space="preserve">&lt;script&gt;</text>',
    ],
)
def test_a_drawing_is_published(content: str) -> None:
    for start in (b"", b"\xef\xbb\xbf", b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn -->'):
        assert svg_problems(start + SVG.format(content).encode()) == []


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "<foreignObject/>",
        '<a href="https://example.org"><rect/></a>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<rect onclick="alert(1)"/>',
        '<rect x:onclick="alert(1)" xmlns:x="http://example.org"/>',
        '<use href="other.svg#a"/>',
        '<use xlink:href="&#x20;data:image/svg+xml;base64,AA=="/>',
        '<image href="data:image/svg+xml;base64,AA=="/>',
        '<image href="//example.org/a.png"/>',
        '<g xml:base="https://example.org/"/>',
        '<rect style="fill:url(https://example.org/a)"/>',
        '<rect fill="ur\\6c(https://example.org/a)"/>',
        "<rect filter=\"URL( 'a.svg#f' )\"/>",
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>@im<![CDATA[port 'a.css';]]></style>",
        "<style>rect { fill: image-set('https://example.org/a') }</style>",
        "<?xml-stylesheet href='a.css'?>",
        "<tref/>",
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_refused(content: str) -> None:
    assert svg_problems(SVG.format(content).encode())


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no element found"),
        (b"<svg", "unclosed token"),
        (b"<svg/>", "its first element"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "its first element"),
        (SVG.format("").encode("utf-16"), "UTF-16"),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + SVG.format("").encode(), "it is in UTF-7"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + SVG.format("").encode(), "DOCTYPE"),
        (SVG.format("&a;").encode(), "undefined entity"),
        (SVG.format("<g>" * 200 + "</g>" * 200).encode(), "inside each other"),
        (SVG.format("<g/>" * MAX_ELEMENTS).encode(), "more than"),
    ],
)
def test_a_file_that_is_no_drawing_is_refused(raw: bytes, reason: str) -> None:
    (problem,) = svg_problems(raw)
    assert reason in english(problem.message)


def test_uses_of_uses_do_not_multiply() -> None:
    level = '<g id="a{0}">' + '<use href="#a{1}"/>' * 10 + "</g>"
    levels = "".join(level.format(number, number - 1) for number in range(1, 10))
    for drawing in (f'<g id="a0"/>{levels}', '<g id="a"><use href="#a"/></g>'):
        (problem,) = svg_problems(SVG.format(drawing).encode())
        assert "repeat more than" in english(problem.message)
    assert (
        svg_problems(SVG.format('<g id="a"/><g id="b"><use href="#a"/></g><use href="#b"/>').encode()) == []
    )


def test_problems_of_one_drawing_are_limited() -> None:
    assert len(svg_problems(SVG.format("<a/>" * 1000).encode())) == 20
