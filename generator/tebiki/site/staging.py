"""Compiles the languages of a handbook one after the other, each for the process that builds it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tebiki.model.handbook import Handbook
from tebiki.site.build_options import BuildOptions, Kept
from tebiki.site.swap import refuse_links
from tebiki.site.workers import Job, available_cores

if TYPE_CHECKING:  # what compiles is imported when the handbook has been read: meanwhile, a copy checks it
    from tebiki.compiling.compile import LanguageCompiler
    from tebiki.site.first_pages import FirstPages


@dataclass(frozen=True)
class Stager:
    """Writes the staged trees of a handbook, and makes the jobs of the processes that build them.

    Attributes:
        handbook: The handbook.
        root: Its folder.
        languages: The languages to build.
        stale: Language → the ids of the translation units that are not up to date.
        new_site: The folder for the finished site.
        out: The folder of the site that it replaces.
        options: What is built, and how.
        messages: The language in which a reason is given where a job fails.
        kept: What an earlier build of the same handbook has left in memory.
    """

    handbook: Handbook
    root: Path
    languages: tuple[str, ...]
    stale: Mapping[str, frozenset[str]]
    new_site: Path
    out: Path
    options: BuildOptions
    messages: str
    kept: Kept | None

    def jobs(self) -> Iterator[Job]:
        """Yield the job of each language when its staged tree is there.

        First comes a language that somebody looks at, then the one with the longest text, which takes longest.

        Raises:
            ForeignFolderError: The folder of a staged tree is a link.
        """
        refuse_links(*map(self._stage, self.languages))
        languages = sorted(self.languages, key=self._length, reverse=True)
        if self.kept:
            open_pages = tuple(self.kept.open_pages())
            languages.sort(key=lambda code: not _paths(open_pages, code))
            self.kept.workers.wait_until_ready()
            for language in languages:
                self.kept.workers.show(self._first_pages(language, _paths(open_pages, language)))
        for language in languages:
            self._compiler(language).write(self._stage(language))
            yield self._job(language)

    def _length(self, language: str) -> int:
        return sum(len(page.body[language]) for page in self.handbook.pages)

    def _first_pages(self, language: str, paths: frozenset[str]) -> FirstPages:
        from tebiki.site.first_pages import stage_first_pages  # noqa: PLC0415

        pages = {f"{page.path}.md": page for page in self.handbook.pages if page.path in paths}
        served, words = self.out / language, self.handbook.words
        return stage_first_pages(pages, words, self._compiler(language), self._stage(language), served)

    def _compiler(self, language: str) -> LanguageCompiler:
        from tebiki.compiling.compile import LanguageCompiler  # noqa: PLC0415

        return LanguageCompiler(self.handbook, self.root, language, self.languages, self.stale[language])

    def _stage(self, language: str) -> Path:
        return self.root / "build" / "stage" / language

    def _job(self, language: str) -> Job:
        from tebiki.compiling.facts import language_facts  # noqa: PLC0415

        date = datetime.datetime.fromisoformat(f"{self.handbook.data['date']}T00:00Z")
        return Job(
            language=language,
            stage=self._stage(language),
            facts=language_facts(self.handbook, language, self.languages),
            site=self.new_site / language,
            timestamp=int(date.timestamp()),
            # the keys of the cache know our templates only
            uses_cache=self.options.uses_cache and not self.options.trusts_overrides,
            messages=self.messages,
            replaced=self.out / language,
            processes=1 if self.kept else max(1, available_cores() // len(self.languages)),
            served=self.out / language if self.kept else None,
        )


def _paths(open_pages: tuple[str, ...], language: str) -> frozenset[str]:
    """The paths of the pages of a language among ``open_pages`` ("/en/procedure/four-steps.html")."""
    folder = f"/{language}/"
    pages = (page for page in open_pages if page.startswith(folder) and page.endswith(".html"))
    return frozenset(page.removeprefix(folder).removesuffix(".html") for page in pages)
