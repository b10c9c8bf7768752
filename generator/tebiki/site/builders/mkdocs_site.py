"""A staged tree as MkDocs has read it, of which single pages can be built.

The steps are those of ``mkdocs.commands.build.build``, which builds all pages or none. Where MkDocs would complain, this
refuses, and the command ``mkdocs build`` says why.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import markdown
import yaml
from material.plugins.search.plugin import SearchPlugin
from mkdocs.commands.build import _build_theme_template, get_context
from mkdocs.config import defaults, load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.theme import Theme
from mkdocs.utils.yaml import get_yaml_loader

from tebiki.compiling.template_cache import compile_templates, template_cache
from tebiki.model.page_markdown import OF_MKDOCS
from tebiki.model.site_layout import MATERIAL_SEARCH
from tebiki.resources import OVERRIDES
from tebiki.site.builders.built_page import BuiltPage, Frame, RefusedError
from tebiki.site.builders.plain_texts import patch_inline_patterns
from tebiki.site.builders.raw_html import patch_markdown

_NAVIGATION = ("partials/nav.html", "partials/nav-item.html")
#: What Material includes under a condition that few handbooks meet.
_SELDOM_USED = (
    "partials/consent.html",
    "partials/path.html",
    "partials/progress.html",
    "partials/social.html",
    "partials/source.html",
    "partials/javascripts/announce.html",
    "partials/javascripts/consent.html",
    "partials/javascripts/outdated.html",
)
_LOADER = getattr(yaml, "CLoader", yaml.Loader)  # the parser in C, where PyYAML's wheel has it
_ENTRY = re.compile(r"\{\{ (item\.|)render\(")


class MkDocsSite:
    """What all pages of a staged tree share, read once.

    Args:
        stage: The staged tree.
        site: A folder for what MkDocs writes.
        timestamp: Seconds since 1970, used in place of the clock.

    Raises:
        RefusedError: MkDocs has a complaint.
    """

    def __init__(self, stage: Path, site: Path, timestamp: int) -> None:
        patch_mkdocs()
        os.environ["SOURCE_DATE_EPOCH"] = str(timestamp)
        with _refusing():
            config = load_config(str(stage / "mkdocs.yml"), strict=True, site_dir=str(site))
            self._plugins = config.plugins
            self._plugins.on_startup(command="build", dirty=False)
            self._config = config = self._plugins.on_config(config)
            self._plugins.on_pre_build(config=config)
            files = get_files(config)
            environment = config.theme.get_env()
            files.add_files_from_theme(environment, config)
            self._files = files = self._plugins.on_files(files, config=config)
            set_exclusions(files, config)
            self._navigation = self._plugins.on_nav(get_navigation(files, config), config=config, files=files)
            self._documents = files.documentation_pages()
            for file in self._documents:
                page = file.page or Page(None, file, config)
                page.read_source(config)  # pages show the titles of others
                page.markdown = ""
            self._environment = self._plugins.on_env(environment, config=config, files=files)

    def page(self, path: str) -> BuiltPage:
        """Build the page at ``path`` below ``docs/`` from its present text.

        Raises:
            RefusedError: MkDocs has a complaint.
        """
        file = self._files.get_file_from_path(path)
        assert file and file.page
        with _refusing():
            return self._build(file.page)

    def frame(self) -> Frame:
        """Build what stands around the pages, and leave it in the folder of the site, which is new.

        Raises:
            RefusedError: MkDocs has a complaint.
        """
        site = Path(self._config.site_dir)
        others = [
            file
            for file in self._files
            if not file.is_documentation_page() and not file.src_uri.startswith(MATERIAL_SEARCH)
        ]
        copied = [file.src_uri for file in others if self._is_staged(file) and _is_published(file)]
        with _refusing():
            for file in others:
                if not self._is_staged(file):
                    file.copy_file()
            for template in sorted(self._config.theme.static_templates):
                _build_theme_template(
                    template, self._environment, self._files, self._config, self._navigation
                )
            self._plugins.on_post_build(config=self._config)
        written = sorted(path for path in site.rglob("*") if path.is_file())
        return Frame({path.relative_to(site).as_posix(): path.read_bytes() for path in written}, copied)

    def _build(self, page: Page) -> BuiltPage:
        config = self._config
        config._current_page = page
        page.read_source(config)
        page.render(config, self._files)
        page.active = True
        try:
            context = get_context(self._navigation, self._documents, config, page)
            html = self._environment.get_template("main.html").render(context)
        finally:
            page.active = False
            config._current_page = None
        # no other page shows them
        page.content, page.markdown, page.toc = None, "", TableOfContents([])
        links = {file.src_uri: sorted(anchors) for file, anchors in (page.links_to_anchors or {}).items()}
        return BuiltPage(
            html.encode("utf-8", errors="xmlcharrefreplace"), frozenset(page.present_anchor_ids or ()), links
        )

    def _is_staged(self, file: File) -> bool:
        return file.src_dir == self._config.docs_dir


def _is_published(file: File) -> bool:
    return file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)


@functools.cache
def patch_mkdocs() -> None:
    """Skip Material's own index, keep the compiled templates of the theme, and do not list its 11,000 icons.

    The index of a handbook is made of the finished pages; Material's own would take a third of the time. Compiling the
    templates takes 0.2 seconds, and listing the icons, which MkDocs leaves out afterwards, as long. The search is the
    only plugin of a staged tree, and MkDocs calls plugins by this name.
    """

    def on_page_context(*_: object, **_options: object) -> None:
        pass

    def get_env(self: Theme) -> jinja2.Environment:
        environment = original(self)
        environment.loader = ThemeLoader([os.path.realpath(folder) for folder in self.dirs])
        environment.bytecode_cache = template_cache()
        environment.optimized = False  # see ``compiling.rendering``
        environment.globals["render_entry"] = NavigationEntries().render
        return environment

    original = Theme.get_env
    SearchPlugin.on_page_context = on_page_context
    Theme.get_env = get_env  # type: ignore[method-assign]
    vars(defaults)["get_yaml_loader"] = functools.partial(get_yaml_loader, _LOADER)
    patch_markdown()
    patch_inline_patterns()


class NavigationEntries:
    """The entries of the navigation as the theme renders them, each once for all pages of a folder that do not show
    what is below it.

    A page lists its section, so that without this a page costs more the more pages there are.
    """

    def __init__(self) -> None:
        self._rendered: dict[tuple[object, ...], str] = {}

    def render(self, render: Callable[..., str], page: Page | None, entry: Any, *arguments: Any) -> str:
        """Return what the macro ``render`` makes of an ``entry`` and its other ``arguments`` on ``page``."""
        if page is None or entry.active or entry is page:
            return render(entry, *arguments)
        path, level, *parents = arguments
        # addresses are relative to the folder of the page; the entries of a navigation live as long as this
        folder = page.url.rpartition("/")[0]
        key = (folder, id(entry), path, level, *(parent.active for parent in parents))
        if key not in self._rendered:
            self._rendered[key] = render(entry, *arguments)
        return self._rendered[key]


class ThemeLoader(jinja2.FileSystemLoader):
    """Loads the templates of the theme, and lists what is in no hidden folder."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the source of a template; those of the navigation ask ``NavigationEntries`` for its entries."""
        source, path, is_current = super().get_source(environment, template)
        if template in _NAVIGATION:
            source = _ENTRY.sub(r"{{ render_entry(\1render, page, ", source)
        return source, path, is_current

    def list_templates(self) -> list[str]:
        """Return the names of all templates, sorted."""
        names = set()
        for folder in self.searchpath:
            for path, folders, files in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                names |= {Path(path, name).relative_to(folder).as_posix() for name in files}
        return sorted(names)


def import_extensions() -> None:
    """Import the extensions of Markdown that MkDocs adds to every site; one of them imports all of Pygments."""
    markdown.Markdown(extensions=OF_MKDOCS)


def compile_theme_templates() -> None:
    """Compile the templates that any page is made of, into the cache of compiled templates."""
    patch_mkdocs()
    environment = Theme(name="material", custom_dir=str(OVERRIDES)).get_env()
    compile_templates(environment, ["main.html", "404.html"], without=_SELDOM_USED)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Raise RefusedError where MkDocs logs a warning or fails."""
    complaints = _Complaints(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(complaints)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield
    except (MkDocsException, SystemExit, OSError, ValueError) as error:
        raise RefusedError(str(error)) from error
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagates
    if complaints.messages:
        raise RefusedError("\n".join(complaints.messages))


class _Complaints(logging.Handler):
    """Collects the messages of a logger."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
