"""``tebiki build --builder zensical``, the canary: the same addresses, and what docs/zensical.md says differs."""

from __future__ import annotations

import html
import importlib.metadata
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from built_pages import Article, broken_links, html_pages
from example_handbook import PROJECT, SOAK, copy_minimal, rewrite, tebiki
from tebiki.site.builders import BuildError, load_builder

DOCS = (PROJECT / "docs" / "zensical.md").read_text(encoding="utf-8")
NAMES = ("real", "example") if SOAK else ("example",)


def files(site: Path) -> set[str]:
    """Every address but those of the theme's own files and of parts of the search, whose names are of their content."""
    paths = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    by_content = re.compile(r"\w\w/(assets/(javascripts|stylesheets|images)/|search/[0-9a-f]{12}(-\d+)?\.js)")
    return {name for name in paths if not by_content.match(name)}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_addresses(name: str, built: dict[str, Path], by_zensical: dict[str, Path]) -> None:
    expected, actual = files(built[name]), files(by_zensical[name])
    assert expected - actual == {"ja/sitemap.xml.gz", "en/sitemap.xml.gz"}
    assert actual - expected == set()
    assert "`sitemap.xml.gz`" in DOCS


@pytest.mark.parametrize("name", NAMES)
def test_every_article_is_the_same(name: str, built: dict[str, Path], by_zensical: dict[str, Path]) -> None:
    differ = []
    for page in html_pages(built[name]):
        path = page.relative_to(built[name])
        expected, actual = article(page), article(by_zensical[name] / path)
        differ += [f"{path}: {what}" for what in expected if expected[what] != actual[what]]
    assert differ == []


def article(page: Path) -> dict[str, object]:
    """What a reader finds in the article of ``page``, without what docs/zensical.md says differs."""
    read = Article(page)
    whole = re.search(r"<article.*?>(.*)</article>", page.read_text(encoding="utf-8"), re.DOTALL)
    return {
        "headings": read.headings,
        "tables": read.tables,
        "badges": read.badges,
        "classes": read.classes,
        "ids": [value for value in read.ids if value != "__skip"],
        "links": [value.removeprefix("./") for value in read.links],
        "text": "".join(html.unescape(re.sub(r"<[^>]*>", "", whole[1] if whole else "")).split()),
    }


def test_no_link_or_fragment_is_broken(by_zensical: dict[str, Path]) -> None:
    assert broken_links(by_zensical["example"]) == []


def test_two_builds_are_the_same(by_zensical: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again"
    done = tebiki(copy_minimal(tmp_path / "minimal"), "build", "--builder", "zensical", "--out", again)
    assert done.exit_code == 0, done.output
    differ = [
        file.relative_to(again).as_posix()
        for file in sorted(again.rglob("*"))
        if file.is_file()
        and file.read_bytes() != (by_zensical["example"] / file.relative_to(again)).read_bytes()
    ]
    assert differ == []


def test_what_differs_is_written_down(by_zensical: dict[str, Path]) -> None:
    version = importlib.metadata.version("zensical")
    assert f"Zensical {version}" in DOCS
    page = (by_zensical["example"] / "ja/index.html").read_text(encoding="utf-8")
    assert f'content="zensical-{version}"' in page
    for difference in ("md-search__button", 'id="__skip"'):
        assert difference in page
        assert f"`{difference}`" in DOCS


def test_a_tree_that_zensical_refuses(minimal: Path, tmp_path: Path) -> None:
    """What cannot be built is said without the insides of the builder."""
    assert tebiki(minimal, "build", "--lang", "en", "--out", tmp_path / "built").exit_code == 0
    stage = minimal / "build/stage/en"
    theme = tmp_path / "theme"
    shutil.copytree(PROJECT / "site_overrides", theme)
    rewrite(theme / "main.html", "{% block header %}", "{% block header %}{{ nothing.at_all }}")
    config = yaml.safe_load((stage / "mkdocs.yml").read_text(encoding="utf-8"))
    config["theme"]["custom_dir"] = str(theme)
    (stage / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BuildError) as refused:
        load_builder("zensical").build(stage, tmp_path / "site", timestamp=0, cache=None)
    assert "main.html" in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert "File " not in str(refused.value)
    assert not (tmp_path / "site").exists()


def test_where_zensical_is_not_installed(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zensical", None)  # as Python marks what it may not import
    done = tebiki(minimal, "build", "--builder", "zensical", "--out", minimal / "site")
    assert done.exit_code == 2
    assert "zensical is not installed: run pip install zensical" in done.output
    assert not (minimal / "site").exists()
