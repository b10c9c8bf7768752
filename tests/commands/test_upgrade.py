"""``tebiki upgrade``: what the generator wrote is renewed, what somebody changed is shown, nothing else is touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from repository import commit, git
from tebiki import __version__
from tebiki.upkeep.project_record import fingerprint

RECORD = ".tebiki.json"
EARLIER = "0.0.9"


@pytest.fixture
def handbook(earlier: Path, tmp_path: Path) -> Path:
    """A copy of the handbook that an earlier version made."""
    return shutil.copytree(earlier, tmp_path / "our-handbook")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook as an earlier version would have made it: with another workflow, and one file more."""
    root = tmp_path_factory.mktemp("earlier") / "our-handbook"
    assert tebiki(root.parent, "init", "our-handbook", "--lang", "en").exit_code == 0
    for name in (".github/workflows/check.yml", ".gitlab-ci.yml"):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8").replace(__version__, EARLIER), encoding="utf-8")
    (root / "old.cfg").write_text("old\n", encoding="utf-8")
    record = json.loads((root / RECORD).read_text(encoding="utf-8"))
    record["tebiki"] = EARLIER
    for name in (".github/workflows/check.yml", ".gitlab-ci.yml", "old.cfg"):
        record["files"][name] = fingerprint((root / name).read_text(encoding="utf-8"))
    (root / RECORD).write_text(json.dumps(record), encoding="utf-8")
    commit(root)
    return root


def changes(root: Path) -> set[str]:
    return {line[3:] for line in git(root, "status", "--porcelain").splitlines()}


def test_every_command_refuses_another_version(handbook: Path) -> None:
    done = tebiki(handbook, "check")
    assert done.exit_code == 2
    assert f"asks for tebiki {EARLIER}, and {__version__} is installed" in done.output
    assert f'pip install "tebiki=={EARLIER}"' in done.output


def test_what_nobody_changed_is_renewed(handbook: Path) -> None:
    done = tebiki(handbook, "upgrade")
    assert done.exit_code == 0, done.output
    assert changes(handbook) == {".github/workflows/check.yml", ".gitlab-ci.yml", "old.cfg", RECORD}
    assert not (handbook / "old.cfg").exists()
    assert f"tebiki=={__version__}" in (handbook / ".gitlab-ci.yml").read_text(encoding="utf-8")
    assert tebiki(handbook, "check").exit_code == 0
    commit(handbook)
    tebiki(handbook, "upgrade")
    assert changes(handbook) == set()


def test_what_was_changed_is_shown_and_left(handbook: Path) -> None:
    rewrite(handbook / ".gitlab-ci.yml", "timeout: 20 minutes", "timeout: 60 minutes")
    (handbook / ".github/workflows/check.yml").unlink()
    commit(handbook)
    done = tebiki(handbook, "upgrade")
    assert changes(handbook) == {"old.cfg", RECORD}
    assert ".gitlab-ci.yml: changed by you, and left as it is" in done.output
    assert f'-    - pip install "tebiki=={EARLIER}"' in done.output
    assert f'+    - pip install "tebiki=={__version__}"' in done.output
    assert "check.yml" not in done.output


def test_what_was_changed_is_shown_whatever_the_version(handbook: Path) -> None:
    tebiki(handbook, "upgrade")
    with (handbook / "README.md").open("a", encoding="utf-8") as readme:
        readme.write("Mine.\n")
    commit(handbook)
    for _again in range(2):
        done = tebiki(handbook, "upgrade")
        assert done.exit_code == 0
        assert "README.md: changed by you, and left as it is" in done.output
        assert "\n  -Mine.\n" in done.output
        assert changes(handbook) == set()


def test_the_address_of_the_package_can_change(handbook: Path) -> None:
    tebiki(handbook, "upgrade", "--package", "https://example.org/tebiki-{version}-py3-none-any.whl")
    address = f"https://example.org/tebiki-{__version__}-py3-none-any.whl"
    assert address in (handbook / ".gitlab-ci.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "there is no .tebiki.json: this handbook was not made by tebiki init"),
        ("{", "cannot be read: take it from an earlier commit"),
        ("[]", "cannot be read"),
        ('{"tebiki": "9.0.0", "package": "tebiki", "files": {}}', "is newer than"),
        ('{"tebiki": "0.1.0", "package": "$(date)", "files": {}}', "is no address of a wheel"),
    ],
)
def test_what_cannot_be_upgraded_stays(handbook: Path, text: str | None, message: str) -> None:
    (handbook / RECORD).unlink()
    if text is not None:
        (handbook / RECORD).write_text(text, encoding="utf-8")
    before = changes(handbook)
    done = tebiki(handbook, "upgrade")
    assert done.exit_code == 2
    assert message in done.output
    assert changes(handbook) == before


def test_a_record_that_leads_out_of_the_folder_removes_nothing(handbook: Path) -> None:
    victim = handbook.parent / "mine.txt"
    victim.write_text("mine\n", encoding="utf-8")
    record = json.loads((handbook / RECORD).read_text(encoding="utf-8"))
    record["files"]["../mine.txt"] = fingerprint("mine\n")
    (handbook / RECORD).write_text(json.dumps(record), encoding="utf-8")
    done = tebiki(handbook, "upgrade")
    assert done.exit_code == 2
    assert victim.exists()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(handbook: Path) -> None:
    outside = handbook.parent / "outside"
    (handbook / ".github").rename(outside)
    (handbook / ".github").symlink_to(outside)
    before = (outside / "workflows/check.yml").read_bytes()
    done = tebiki(handbook, "upgrade")
    assert done.exit_code == 2
    assert "leads out of the handbook's folder" in done.output
    assert (outside / "workflows/check.yml").read_bytes() == before
