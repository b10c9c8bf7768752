"""Random edits: builds that go on from earlier ones, as `tebiki serve` does, make the same site as a full build."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from edits import Edit, edits
from example_handbook import LANGUAGES, copy_minimal, rewrite
from hypothesis import given
from hypothesis import strategies as st
from random_seeds import examples
from tebiki.compiling.compile import LanguageCompiler
from tebiki.compiling.term_tooltips import fill_tooltips_of_site
from tebiki.model.site_layout import MATERIAL_SEARCH
from tebiki.model.translation_units import stale_units
from tebiki.reading.load import load
from tebiki.rules import check
from tebiki.site.build_cache import BuildCache
from tebiki.site.builders.mkdocs import Builder, build_all
from tebiki.site.first_pages import replace_pages, show_first_pages, stage_first_pages
from tebiki.site.postprocess import ERROR_PAGE, BuiltPages, postprocess_page


@pytest.fixture(scope="module", autouse=True)
def _clock() -> Iterator[None]:
    """Takes back the clock of a build, which is set for the whole process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        yield


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def finished_pages(site: Path, *, is_finished: bool = False) -> dict[str, bytes]:
    return {
        path: page if is_finished else postprocess_page(page, site.name)
        for path, page in BuiltPages(site).items()
        if path != ERROR_PAGE
    }


@examples(2)
@given(st.lists(edits(), min_size=1, max_size=2), st.sampled_from(LANGUAGES))
def test_a_cached_build_is_a_full_build(changes: list[Edit], language: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root, stage = copy_minimal(folder / "minimal"), folder / "stage"
        cache, builder = BuildCache(folder / "cache"), Builder()
        for number, change in enumerate([lambda _root: None, *changes]):
            change(root)
            handbook, problems = load(root)
            if any(problem.severity == "error" for problem in [*problems, *check(handbook)]):
                return
            stale = stale_units(handbook, language)
            compiler = LanguageCompiler(handbook, root, language, LANGUAGES, stale)
            pages = {f"{page.path}.md": page for page in handbook.pages}
            site, served = (folder / str(count) / language for count in (number, number - 1))
            first = stage_first_pages(pages, handbook.words, compiler, stage, served)
            show_first_pages(first, builder, cache)
            compiler.write(stage)
            if builder.build(stage, site, timestamp=0, cache=cache):
                replace_pages(BuiltPages(site), served)
                assert finished_pages(site) == finished_pages(served, is_finished=True)
            builder.get_ready()
        build_all(stage, folder / "all", timestamp=0)
        plain = contents(folder / "all")
        assert contents(site) == {path: plain[path] for path in plain if not path.startswith(MATERIAL_SEARCH)}


def test_a_changed_term_is_shown_on_other_pages_before_they_are_built(tmp_path: Path) -> None:
    root, stage, served = copy_minimal(tmp_path / "minimal"), tmp_path / "stage", tmp_path / "site/en"
    cache, builder = BuildCache(tmp_path / "cache"), Builder()

    def compiler() -> LanguageCompiler:
        handbook, _problems = load(root)
        return LanguageCompiler(handbook, root, "en", LANGUAGES, frozenset())

    compiler().write(stage)
    builder.build(stage, served, timestamp=0, cache=cache)
    fill_tooltips_of_site(stage, served)
    before = contents(served)
    rewrite(root / "content/terms.yml", "Taking an item out of", "Carrying an item out of")
    show_first_pages(stage_first_pages({}, (), compiler(), stage, served), builder, cache)
    after = contents(served)
    changed = [path for path in before if after[path] != before[path]]
    assert "rules/borrowing.html" in changed
    for path in changed:
        expected = before[path].replace(b"Taking an item out of", b"Carrying an item out of")
        assert after[path] == postprocess_page(expected, "en")
