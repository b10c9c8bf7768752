"""Shows pages before the whole site is built, for ``tebiki serve``: first those that somebody is looking at.

``stage_first_pages`` runs where the handbook has been read, ``show_first_pages`` in the process of the language.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from tebiki.compiling.compile import LanguageCompiler
from tebiki.compiling.term_tooltips import fill_tooltips, mentioned_terms, staged_tooltips
from tebiki.files import write_file
from tebiki.model.handbook import HandbookWords, Page
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import Builder
from tebiki.site.postprocess import ERROR_PAGE, postprocess_page
from tebiki.site.staged_site import shared_head


@dataclass(frozen=True)
class FirstPages:
    """What can be shown of a changed handbook before its language is built.

    Attributes:
        language: The language.
        served: The folder of the language in the site before.
        words: The handbook's own words of the generator.
        paths: The pages whose new text is in the staged tree, by their path below ``docs/`` ("procedure/four-steps.md").
        tooltips: The texts of all tooltips by the ids of their terms.
        changed_terms: The terms whose text differs from the staged tree before.
    """

    language: str
    served: Path
    words: tuple[HandbookWords, ...]
    paths: tuple[str, ...]
    tooltips: Mapping[str, str]
    changed_terms: Set[str]


def stage_first_pages(
    pages: Mapping[str, Page],
    words: tuple[HandbookWords, ...],
    compiler: LanguageCompiler,
    stage: Path,
    served: Path,
) -> FirstPages:
    """Write the new texts of pages that have changed to the staged tree, where nothing else in them can have changed.

    A page whose title is new, or a new configuration, waits until everything is built.

    Args:
        pages: The pages by their path below ``docs/`` ("procedure/four-steps.md").
        words: The handbook's own words of the generator.
        compiler: The compiler of their language.
        stage: The staged tree of the site before.
        served: The folder of their language in the site before.
    """
    before, tooltips = staged_tooltips(stage), compiler.tooltips()
    changed = frozenset(term for term, text in tooltips.items() if before.get(term) != text)
    configuration = stage / "mkdocs.yml"
    written = []
    if configuration.is_file() and compiler.configuration(stage) == _read(configuration):
        written = [
            path for path, page in pages.items() if _is_written(stage / "docs" / path, compiler.page(page))
        ]
    return FirstPages(served.name, served, words, tuple(written), tooltips, changed)


def _is_written(staged: Path, text: str) -> bool:
    """Write the text of a page to the staged tree if it has changed and its head has not; returns whether it is."""
    if not staged.is_file() or text == (before := _read(staged)) or shared_head(text) != shared_head(before):
        return False
    staged.write_text(text, encoding="utf-8", newline="\n")
    return True


def show_first_pages(first: FirstPages, builder: Builder, cache: BuildCache) -> None:
    """Put ``first`` into the served site, and new texts of terms into the pages there that only mention them.

    Args:
        first: What is shown.
        builder: The builder of the site before.
        cache: Where its pages are.
    """
    if first.changed_terms:
        pages = {
            path: fill_tooltips(page, first.tooltips)
            for path, page in builder.last_pages(cache)
            if not first.changed_terms.isdisjoint(mentioned_terms(page))
        }
        replace_pages(pages, first.served)
    for path in first.paths:
        html = builder.build_page(path)
        target = first.served / f"{path.removesuffix('.md')}.html"
        if html is not None and target.is_file():
            page = postprocess_page(fill_tooltips(html, first.tooltips), first.language)
            write_file(target, page, replace=True)


def replace_pages(pages: Mapping[str, bytes], served: Path) -> None:
    """Put all pages that have changed into the served site, before what follows from all pages is made.

    Args:
        pages: The pages as they were built, by their path in the folder ("procedure/four-steps.html"), where nothing but
            single pages has changed.
        served: The folder of their language in the site before.
    """
    for path, page in pages.items():
        target = served / path
        if path == ERROR_PAGE or not target.is_file():
            continue
        finished = postprocess_page(page, served.name)
        if target.read_bytes() != finished:
            write_file(target, finished, replace=True)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
