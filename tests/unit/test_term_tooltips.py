"""The texts of tooltips are filled into built pages, so that pages with a changed term are not built anew."""

from __future__ import annotations

from pathlib import Path

from example_handbook import LANGUAGES, rewrite
from tebiki.compiling.compile import compile_language
from tebiki.compiling.term_tooltips import fill_tooltips, mentioned_terms, staged_tooltips
from tebiki.reading.load import load
from tebiki.site.staged_site import StagedSite, read_staged_site


def staged(root: Path, stage: Path) -> StagedSite:
    handbook, _problems = load(root)
    compile_language(handbook, root, stage, "en", LANGUAGES, frozenset())
    return read_staged_site(stage, 0)


def test_only_the_page_of_a_term_changes_with_its_text(minimal: Path, tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    before = staged(minimal, stage)
    rewrite(minimal / "content/terms.yml", "Taking an item out of", "Carrying an item out of")
    after = staged(minimal, stage)
    assert after.frame == before.frame
    assert [path for path in before.pages if after.pages[path] != before.pages[path]] == ["rules/terms.md"]
    page = (stage / "docs/rules/borrowing.md").read_bytes()
    assert b"an item out of" not in page
    assert "loan" in mentioned_terms(page)
    filled = fill_tooltips(page, staged_tooltips(stage)).decode()
    assert filled.count("Carrying an item out of") == 2  # the title of the link, and the popover


def test_a_text_is_escaped_and_a_foreign_placeholder_stays() -> None:
    page = '<a title="\ue000loan\ue001">\ue000other\ue001</a>'.encode()
    assert (
        fill_tooltips(page, {"loan": 'a <b> "c"'}).decode()
        == '<a title="a &lt;b&gt; &quot;c&quot;">\ue000other\ue001</a>'
    )
