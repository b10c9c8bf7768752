"""Sites that the tests of built sites share."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_handbook import copy_minimal, rewrite, tebiki
from hostile_texts import build_hostile_site
from shared_folder import make_once
from tebiki.resources import OVERRIDES

REPOSITORY = """\
repository:
  edit: https://git.example.org/guide/edit/main
  report: https://git.example.org/guide/issues/new
"""


@pytest.fixture(scope="session")
def hostile_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``site``, built from the example with hostile texts, and ``output.txt``, what the build printed."""
    return make_once(tmp_path_factory, "hostile-texts", build_hostile_site)


@pytest.fixture(scope="session")
def hostile_site(hostile_build: Path) -> Path:
    return hostile_build / "site"


@pytest.fixture(scope="session")
def english_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example built in English alone, with links to its repository and an error page of its own."""

    def build(folder: Path) -> None:
        root = copy_minimal(folder / "minimal")
        rewrite(root / "content/handbook.yml", "version: 1.2.0\n", f"version: 1.2.0\n{REPOSITORY}")
        own = root / "site_overrides"
        own.unlink(missing_ok=True)
        (own / "assets").mkdir(parents=True)
        template = (OVERRIDES / "404.html").read_text(encoding="utf-8")
        (own / "404.html").write_text(
            template.replace("<h1>{{ words.not_found }}", "<h1>Lost"), encoding="utf-8"
        )
        (own / "assets" / "own.js").write_text("document.title;\n")
        options = ("--lang", "en", "--lang", "en", "--trust-overrides")
        result = tebiki(root, "build", *options, "--out", folder / "site")
        assert result.exit_code == 0, result.output

    return make_once(tmp_path_factory, "english", build) / "site"
