"""What is written in Markdown is what is read: small texts, each with the HTML that a reader gets.

``tests/markdown_corpus`` holds pages (``.md``) and texts of items (``.yml``). They take the way of the compiler: laid
out, with links resolved, and rendered with the extensions that a staged ``mkdocs.yml`` has.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import PROJECT
from tebiki.compiling.page_text import PageText
from tebiki.model.markdown_blocks import markdown_blocks
from tebiki.model.page_markdown import page_markdown
from tebiki.model.placement import Placement
from tebiki.reading.yaml_reader import Document, read_yaml

CORPUS = PROJECT / "tests" / "markdown_corpus"
TITLES = {"loan": "貸出し", "reservation": "予約"}
PLACEMENT = Placement(dict.fromkeys(TITLES, "terms"), {name: name for name in TITLES}, {}, ())


def document(path: Path) -> Document:
    read = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(read, Document), read
    return read


SITE = document(PROJECT / "mkdocs.yml").data
INPUTS = sorted(path for path in CORPUS.iterdir() if path.suffix in (".md", ".yml"))


def laid_out(text: str) -> str:
    return "\n".join(block.text for block in markdown_blocks(text))


def rendered(path: Path) -> str:
    text = PageText(PLACEMENT, TITLES, {}, "index")
    if path.suffix == ".yml":
        return str(text.block(document(path).data["text"]["ja"]))
    # without the links beside headings
    site = {
        **SITE,
        "markdown_extensions": [name for name in SITE["markdown_extensions"] if "toc" not in name],
    }
    return page_markdown(site).convert(text.page_links(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_a_text_is_read_as_it_is_written(path: Path) -> None:
    assert rendered(path) + "\n" == path.with_suffix(".html").read_text(encoding="utf-8")


def test_the_corpus_is_complete() -> None:
    assert len(INPUTS) >= 60
    assert {path.with_suffix(".html") for path in INPUTS} == set(CORPUS.glob("*.html"))


@pytest.mark.parametrize(
    "path", [path for path in INPUTS if path.suffix == ".md"], ids=lambda path: path.stem
)
def test_a_text_that_is_laid_out_stays_so(path: Path) -> None:
    once = laid_out(path.read_text(encoding="utf-8"))
    assert laid_out(once) == once
