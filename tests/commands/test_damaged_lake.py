"""A lake that is damaged, or not of this handbook, is refused with a message."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from example_handbook import EXAMPLES, loaded, tebiki
from lakes import change_manifest, one_manifest
from result_files import VALID, tree, write_result
from tebiki.locales import words
from tebiki.results.lake import open_lake
from tebiki.results.lake_error import LakeError
from tebiki.results.pack import pack

MINIMAL = EXAMPLES / "valid" / "minimal"
HANDBOOK = loaded(MINIMAL)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for file in VALID:
        shutil.copy(file, folder / file.name)
    lake = tmp_path_factory.mktemp("packed") / "lake"
    pack([folder], lake, HANDBOOK, processes=1)
    return lake


def one_part(lake: Path) -> Path:
    return next(lake.glob("answers/*/*/*.parquet"))


def edit(path: Path) -> None:
    """Change one byte."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def replace_by_link(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "removed": ("part-missing", lambda lake: one_part(lake).unlink()),
    "link": ("part-missing", lambda lake: replace_by_link(one_part(lake))),
    "cut": ("part-changed", lambda lake: os.truncate(one_part(lake), 100)),
    "emptied": ("part-changed", lambda lake: os.truncate(one_part(lake), 0)),
    "edited": ("part-changed", lambda lake: edit(one_part(lake))),
    "manifest-edited": ("manifest-changed", lambda lake: change_manifest(lake, sealed=False)),
    "manifest-cut": ("manifest-changed", lambda lake: os.truncate(one_manifest(lake), 100)),
    "manifest-of-lists": ("manifest-changed", lambda lake: one_manifest(lake).write_text("[[]]")),
    "batches-of-lists": ("manifest-changed", lambda lake: change_manifest(lake, batches=[["a"]])),
    "parts-of-texts": ("manifest-changed", lambda lake: change_manifest(lake, batches={"a": {"b": "c"}})),
    "versions-of-texts": ("manifest-changed", lambda lake: change_manifest(lake, checklists={"a": "b"})),
    "other-format": ("manifest-changed", lambda lake: change_manifest(lake, format="another")),
    "newer": ("newer-format", lambda lake: change_manifest(lake, format_version="2.0.0")),
    "other-handbook": ("other-handbook", lambda lake: change_manifest(lake, handbook="another")),
    "unknown-version": (
        "unknown-version",
        lambda lake: change_manifest(lake, checklists={"visitor-check": {"9.0.0": "sha256:0"}}),
    ),
}


#: Damages that do not keep anybody from adding other parts.
OF_PARTS = ("removed", "link", "cut", "emptied", "edited")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_lake_is_refused_with_a_message(damage: str, lake: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "lake"
    shutil.copytree(lake, damaged)
    code, change = DAMAGES[damage]
    change(damaged)
    with pytest.raises(LakeError) as error:
        open_lake(damaged, HANDBOOK)
    assert error.value.code == code
    assert error.value.details
    if damage not in OF_PARTS:
        assert error.value.details["manifest"] == one_manifest(damaged).name


def pack_another(folder: Path, lake: Path, language: str) -> Result:
    """Add a batch that the lake does not have."""
    folder.mkdir(exist_ok=True)
    write_result(folder / "another.json", lambda record: record["subject"].update(label="Another"))
    return tebiki(MINIMAL, "result", "pack", folder, "-o", lake, "--lang", language)


OTHER_CONTENT = "version-with-other-content"


@pytest.mark.parametrize("damage", [*sorted(DAMAGES.keys() - {*OF_PARTS, "unknown-version"}), OTHER_CONTENT])
def test_nothing_is_packed_into_a_lake_that_could_not_be_read_then(
    damage: str, lake: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "lake"
    shutil.copytree(lake, damaged)
    if damage == OTHER_CONTENT:
        code = "unknown-version"
        changed = {checklist.id: {checklist.version: "sha256:0"} for checklist in HANDBOOK.current_checklists}
        change_manifest(damaged, checklists=changed)
    else:
        code, change = DAMAGES[damage]
        change(damaged)
    before = tree(damaged)
    for language in ("en", "ja"):
        done = pack_another(tmp_path / "in", damaged, language)
        assert done.exit_code == 1
        assert one_manifest(damaged).name in done.stdout
        assert words(language, "result")["lake"][code].rpartition("}")[2].strip() in done.stdout
        assert tree(damaged) == before


@pytest.mark.parametrize("damage", [*OF_PARTS, "unknown-version"])
def test_other_parts_can_be_added_where_one_is_damaged(damage: str, lake: Path, tmp_path: Path) -> None:
    """Also where somebody with a newer handbook has packed before."""
    damaged = tmp_path / "lake"
    shutil.copytree(lake, damaged)
    DAMAGES[damage][1](damaged)
    before = tree(damaged)
    assert pack_another(tmp_path / "in", damaged, "en").exit_code == 0
    assert before.items() < tree(damaged).items()


def test_the_manifest_of_another_handbook_is_named(lake: Path, tmp_path: Path) -> None:
    """Somebody has copied two lakes into one folder."""
    mixed = tmp_path / "lake"
    shutil.copytree(lake, mixed)
    manifest = one_manifest(mixed)
    change_manifest(mixed, handbook="another")
    other = manifest.rename(manifest.with_name("manifest-ffff.json"))
    shutil.copy(lake / manifest.name, manifest)
    for command in (
        ("aggregate", mixed, "-o", tmp_path / "r.html"),
        ("query", mixed, MINIMAL / "mkdocs.yml"),
    ):
        done = tebiki(MINIMAL, "result", *command, "--lang", "en")
        assert done.exit_code == 1
        assert other.name in done.stdout
        assert "another" in done.stdout


def test_a_refused_lake_leaves_no_report(lake: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "lake"
    shutil.copytree(lake, damaged)
    one_part(damaged).unlink()
    out = tmp_path / "r.html"
    done = tebiki(MINIMAL, "result", "aggregate", damaged, "-o", out, "--lang", "en")
    assert done.exit_code == 1
    assert words("en", "result")["lake"]["part-missing"].partition("}")[2] in done.stdout
    assert not out.exists()


@pytest.mark.parametrize(
    "name",
    [
        "../outside.parquet",
        "answers/round=2026/kind=_/../../../x.parquet",
        "/etc/passwd",
        "left-out/part-1.csv",
    ],
)
def test_a_manifest_names_only_parts_of_its_lake(name: str, lake: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "lake"
    shutil.copytree(lake, damaged)
    change_manifest(damaged, batches={"0": {name: {"sha256": "0", "bytes": 1, "rows": 1}}})
    with pytest.raises(LakeError) as error:
        open_lake(damaged, HANDBOOK)
    assert error.value.code == "manifest-changed"
