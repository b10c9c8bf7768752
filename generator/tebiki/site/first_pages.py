"""Shows pages before the whole site is built, for ``tebiki serve``: first those that somebody is looking at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tebiki.compiling.compile import LanguageCompiler
from tebiki.compiling.term_tooltips import fill_tooltips, mentioned_terms, staged_tooltips
from tebiki.files import write_file
from tebiki.model.handbook import Page
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders import Builder
from tebiki.site.postprocess import ERROR_PAGE, postprocess_page
from tebiki.site.staged_site import shared_head


def build_first_pages(
    pages: Mapping[str, Page], compiler: LanguageCompiler, builder: Builder, stage: Path, served: Path
) -> None:
    """Put pages that have changed into the served site, where nothing else in them can have changed.

    A page whose title is new, or a new configuration, waits until everything is built.

    Args:
        pages: The pages by their path below ``docs/`` ("procedure/four-steps.md").
        compiler: The compiler of their language.
        builder: The builder of the site before.
        stage: The staged tree of the site before, to which the new texts are written.
        served: The folder of their language in the site before.
    """
    if not (stage / "mkdocs.yml").is_file() or compiler.configuration(stage) != _read(stage / "mkdocs.yml"):
        return
    tooltips = compiler.tooltips()
    for path, page in pages.items():
        staged, text = stage / "docs" / path, compiler.page(page)
        if (
            not staged.is_file()
            or text == (before := _read(staged))
            or shared_head(text) != shared_head(before)
        ):
            continue
        staged.write_text(text, encoding="utf-8", newline="\n")
        html = builder.build_page(path)
        target = served / f"{path.removesuffix('.md')}.html"
        if html is not None and target.is_file():
            write_file(target, postprocess_page(fill_tooltips(html, tooltips), served.name), replace=True)


def show_new_tooltips(
    compiler: LanguageCompiler, builder: Builder, cache: BuildCache, stage: Path, served: Path
) -> None:
    """Put the new texts of terms into the pages of the served site that only mention them.

    Args:
        compiler: The compiler of their language.
        builder: The builder of the site before.
        cache: Where its pages are.
        stage: The staged tree of the site before.
        served: The folder of their language in the site before.
    """
    before, tooltips = staged_tooltips(stage), compiler.tooltips()
    changed = {term for term, text in tooltips.items() if before.get(term) != text}
    if changed:
        pages = {
            path: fill_tooltips(page, tooltips)
            for path, page in builder.last_pages(cache)
            if not changed.isdisjoint(mentioned_terms(page))
        }
        replace_pages(pages, served)


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
