"""A handbook's own ``site_overrides`` adds to the files of the generator, and replaces none but those of its name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from example_handbook import MINIMAL
from tebiki.compiling.compile import compile_language
from tebiki.compiling.site_config import site_config
from tebiki.model.diagnostics import Diagnostic
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.resources import BUNDLES, OVERRIDES
from tebiki.rules import check
from tebiki.site.pipeline import with_trusted_overrides


def loaded(root: Path, files: dict[str, bytes]) -> tuple[Handbook, list[Diagnostic]]:
    (root / "site_overrides").unlink(missing_ok=True)
    for name, raw in files.items():
        path = root / "site_overrides" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    return load(root)


def test_styles_are_added_and_single_files_replaced(minimal: Path, tmp_path: Path) -> None:
    handbook, problems = loaded(minimal, {"assets/own.css": b"p {}", "assets/bundles/site.css": b"body {}"})
    assert problems == []
    compile_language(handbook, minimal, tmp_path, "en", ("en",), frozenset())
    assert (tmp_path / "docs/assets/own.css").read_bytes() == b"p {}"
    assert (tmp_path / "docs/assets/bundles/site.css").read_bytes() == b"body {}"
    config = yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))
    assert (tmp_path / config["theme"]["custom_dir"]).resolve() == OVERRIDES
    assert config["extra_css"] == ["assets/own.css"]


def test_templates_and_scripts_are_not_taken_and_named(minimal: Path) -> None:
    handbook, problems = loaded(minimal, {"main.html": b"{{ 1/0 }}", "assets/bundles/search.js": b"alert(1)"})
    assert problems == []
    assert handbook.overrides == ()
    warnings = [problem.place.file for problem in check(handbook) if problem.rule == "site-overrides"]
    assert sorted(warnings) == ["site_overrides/assets/bundles/search.js", "site_overrides/main.html"]


def test_only_a_person_lets_templates_and_scripts_in(minimal: Path, tmp_path: Path) -> None:
    script = "assets/bundles/versions.js"
    files = {"main.html": b"own", "assets/own.js": b"0", "run.py": b"1/0", script: b"1"}
    handbook, _problems = loaded(minimal, files)
    compile_language(handbook, minimal, tmp_path / "default", "en", ("en",), frozenset())
    assert not (tmp_path / "default" / "theme").exists()
    trusting = with_trusted_overrides(handbook, minimal)
    compile_language(trusting, minimal, tmp_path / "trusting", "en", ("en",), frozenset())
    theme = tmp_path / "trusting" / "theme"
    assert (theme / "main.html").read_bytes() == b"own"
    assert (theme / "assets/own.js").read_bytes() == b"0"
    assert (tmp_path / "trusting/docs" / script).read_bytes() == b"1"
    assert (tmp_path / "default/docs" / script).read_bytes() == (BUNDLES / "versions.js").read_bytes()
    assert (theme / "partials/palette.html").read_bytes() == (
        OVERRIDES / "partials/palette.html"
    ).read_bytes()
    assert not (theme / "run.py").exists()
    config = yaml.safe_load((tmp_path / "trusting" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config["theme"]["custom_dir"] == "theme"
    [warning] = [problem for problem in check(trusting) if problem.rule == "site-overrides"]
    assert warning.place.file == "site_overrides/run.py"


def test_a_link_that_leads_out_is_not_trusted(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    loaded(minimal, {"assets/own.js": b"0"})
    (minimal / "site_overrides" / "main.html").symlink_to(tmp_path / "secret.html")
    handbook, problems = load(minimal)
    assert [problem.rule for problem in problems] == ["symlink"]
    assert list(with_trusted_overrides(handbook, minimal).trusted_overrides) == ["assets/own.js"]


@pytest.mark.parametrize(
    "style",
    [b"@import '//host.example/a.css';", b"p { background: url(https://host.example/a.png) }", b"\xff"],
)
def test_a_style_that_loads_from_another_host_is_refused(minimal: Path, style: bytes) -> None:
    handbook, problems = loaded(minimal, {"own.css": style})
    assert [problem.rule for problem in problems] == ["file-type"]
    assert handbook.overrides == ()


def test_the_folder_of_the_generator_itself_is_no_part_of_a_handbook(minimal: Path) -> None:
    handbook, _problems = load(minimal)
    assert (handbook.overrides, handbook.ignored_overrides) == ((), ())
    assert not (MINIMAL / "site_overrides").exists()


def test_a_site_without_a_palette_has_the_colours_of_the_styles(minimal: Path, tmp_path: Path) -> None:
    text = (minimal / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = text.index("  palette:"), text.index("plugins:")
    (minimal / "mkdocs.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    handbook, problems = load(minimal)
    assert problems == []
    config = site_config(handbook, "en", ("en",), minimal, tmp_path)
    assert [palette["scheme"] for palette in config["theme"]["palette"]] == ["default", "slate"]
