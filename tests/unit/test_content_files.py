"""Pictures and attachments in content/files: which are published, and under which addresses."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from english import english
from overlay_handbook import create_branch
from tebiki.compiling.compile import compile_language
from tebiki.model.content_file import path_of_address
from tebiki.model.diagnostics import Diagnostic
from tebiki.reading import content_files
from tebiki.reading.load import load
from tebiki.rules import check

FOLDER = "content/files"
PAGE = "content/pages/rules/borrowing.en.md"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def write(root: Path, name: str, raw: bytes) -> None:
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def problems(root: Path) -> list[Diagnostic]:
    handbook, reading_problems = load(root)
    return sorted({*reading_problems, *check(handbook)})


def rules(root: Path) -> list[str]:
    return [f"{problem.place} {problem.rule}" for problem in problems(root) if problem.severity == "error"]


@pytest.mark.parametrize(
    "name", ["-a.csv", "a b.csv", "a\u200bb.csv", "con.csv", "a" * 190 + ".csv", "図（1）.csv", "aux/a.csv"]
)
def test_a_name_that_does_not_work_everywhere_is_refused(name: str, minimal: Path) -> None:
    write(minimal, name, b"a\n")
    (rule,) = rules(minimal)
    assert rule == f"{FOLDER}/{name}:1:1 file-name"


def test_names_that_differ_in_capitals_or_composition_are_one_file(minimal: Path) -> None:
    for name in (
        "Rooms/a.csv",
        "rooms/b.csv",
        "map.csv",
        "MAP.csv",
        "が.csv",
        unicodedata.normalize("NFD", "が.csv"),
    ):
        write(minimal, name, b"a\n")
    assert sorted(rule.split("/", 2)[2] for rule in rules(minimal)) == [
        "map.csv:1:1 file-name", "rooms/b.csv:1:1 file-name", "が.csv:1:1 stray-file",
    ]  # fmt: skip


def test_links_of_the_file_system_are_not_followed(minimal: Path) -> None:
    (minimal / FOLDER / "passwd.csv").symlink_to("/etc/passwd")
    (minimal / FOLDER / "up").symlink_to("..")
    assert rules(minimal) == [f"{FOLDER}/passwd.csv:1:1 symlink", f"{FOLDER}/up:1:1 symlink"]


def test_all_files_together_have_a_limit(minimal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_files, "MAX_FILES_BYTES", 1_000)
    write(minimal, "a.csv", b"a,b\n" * 200)
    assert [rule for rule in rules(minimal) if "file-size" in rule and rule.startswith(FOLDER)] == [
        f"{FOLDER}/floor-plan.ja.svg:1:1 file-size", f"{FOLDER}/floor-plan.svg:1:1 file-size",
    ]  # fmt: skip
    assert not any("missing-file" in rule for rule in rules(minimal))


def test_data_in_the_folder_of_files_is_no_data(minimal: Path) -> None:
    write(minimal, "more.yml", b"kind: event\n")
    assert rules(minimal) == [f"{FOLDER}/more.yml:1:1 file-type"]


@pytest.mark.parametrize(
    ("page", "address", "path"),
    [
        ("index", "../files/a.png", "a.png"),
        ("rules/borrowing", "../../files/figures/a.png#x", "figures/a.png"),
        ("rules/borrowing", "../../files/%E5%9B%B3.png", "図.png"),
        ("rules/borrowing", "../../files/" + unicodedata.normalize("NFD", "が.png"), "が.png"),
        ("rules/borrowing", "../files/a.png", None),
        ("index", "../../files/a.png", None),
        ("index", "../files/../../../etc/passwd", None),
        ("index", "/files/a.png", None),
        (None, "files/figures/a.pdf", "figures/a.pdf"),  # a text of an item
        (None, "../files/a.pdf", None),
        (None, "files/../../etc/passwd", None),
    ],
)
def test_an_address_leads_to_a_file_as_the_folders_do(
    page: str | None, address: str, path: str | None
) -> None:
    assert path_of_address(page, address) == path


def staged(root: Path, language: str) -> tuple[str, set[str]]:
    handbook, _ = load(root)
    stage = root / "stage"
    compile_language(handbook, root, stage, language, handbook.languages, frozenset())
    files = {path.relative_to(stage / "docs").as_posix() for path in (stage / "docs/files").glob("*.*")}
    return (stage / "docs/rules/borrowing.md").read_text(encoding="utf-8"), files


def test_pages_lead_to_the_file_of_their_language_by_its_fingerprint(minimal: Path) -> None:
    files = {file.path: file for file in load(minimal)[0].files}
    plan, japanese_plan, hours = (
        f"files/{files[path].published_path}"
        for path in ("floor-plan.svg", "floor-plan.ja.svg", "opening-hours.csv")
    )
    assert staged(minimal, "en")[1] == {plan, hours}
    text, published = staged(minimal, "ja")
    assert published == {japanese_plan, hours}
    assert f"](../{japanese_plan})" in text
    write(minimal, "opening-hours.csv", b"changed\n")
    assert staged(minimal, "en")[1] & {plan, hours} == {plan}


def test_addresses_are_found_however_they_are_written(minimal: Path) -> None:
    file = minimal / PAGE
    texts = (
        '[a](<../../files/opening-hours.csv> "t") [b][b] [`c`](../../files/opening-hours.csv#row=2)\n\n'
        "[b]: ../../files/opening-hours.csv\n\n"
        "<a href='../../files/opening-hours.csv'>d</a> [![e](../../files/floor-plan.svg)](../../files/floor-plan.svg)\n\n"
        "`[f](../../files/opening-hours.csv)` <code>[g](../../files/opening-hours.csv)</code>\n\n"
        "    [h](../../files/opening-hours.csv)\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + "\n" + texts, encoding="utf-8")
    assert rules(minimal) == []
    text, _ = staged(minimal, "en")
    added = text[text.index("[a](") :]
    assert added.count("../files/opening-hours.") - added.count("../../files/opening-hours.") == 4
    assert added.count("../../files/opening-hours.csv") == 3
    assert added.count("](../files/floor-plan.") == 2
    assert "#row=2)" in added


def test_a_text_of_an_item_links_to_files_from_every_page(minimal: Path) -> None:
    item, links = (
        minimal / "content/terms.yml",
        "[hours](files/opening-hours.csv) `[h](files/opening-hours.csv)`",
    )
    text = item.read_text(encoding="utf-8")
    text = text.replace("building to use it.", f"building to use it ({links}).")
    item.write_text(text, encoding="utf-8")
    assert rules(minimal) == []
    handbook, _ = load(minimal)
    compile_language(handbook, minimal, minimal / "stage", "en", handbook.languages, frozenset())
    (hours,) = (file for file in handbook.files if file.path == "opening-hours.csv")
    pages = [path.read_text(encoding="utf-8") for path in (minimal / "stage/docs").rglob("*.md")]
    (page,) = (page for page in pages if ">hours</a>" in page)
    assert f'<a href="../files/{hours.published_path}">hours</a>' in page
    assert "<code>[h](files/opening-hours.csv)</code>" in page

    item.write_text(text.replace("files/opening-hours.csv)", "files/opening-hour.csv)", 1), encoding="utf-8")
    (problem,) = (problem for problem in problems(minimal) if problem.rule == "missing-file")
    assert "opening-hours.csv" in english(problem.message)


def test_a_file_that_only_a_text_of_an_item_uses_is_used(minimal: Path) -> None:
    write(minimal, "form.csv", b"a\n")
    unused = [problem.place.file for problem in problems(minimal) if problem.rule == "unused-file"]
    assert unused == [f"{FOLDER}/form.csv"]
    item = minimal / "content/terms.yml"
    text = item.read_text(encoding="utf-8").replace("館の外へ", "館の外へ（[様式](files/form.csv)）")
    item.write_text(text, encoding="utf-8")
    assert not any(problem.rule == "unused-file" for problem in problems(minimal))


def test_a_file_only_for_another_language_is_missing(minimal: Path) -> None:
    (minimal / FOLDER / "floor-plan.svg").unlink()
    (problem,) = [problem for problem in problems(minimal) if problem.severity == "error"]
    assert str(problem.place) == f"{PAGE}:32:58"
    assert english(problem.message).endswith("add content/files/floor-plan.svg or floor-plan.en.svg")


def test_a_file_that_is_refused_is_not_missing_as_well(minimal: Path) -> None:
    write(minimal, "floor-plan.svg", b"<svg/>")
    assert rules(minimal) == [f"{FOLDER}/floor-plan.svg:1:1 unsafe-svg"]


def test_files_of_an_overlay_are_added_and_replace_those_of_their_name(tmp_path: Path) -> None:
    root = tmp_path / "branch"
    create_branch(root)
    assert rules(root) == []
    write(root, "floor-plan.svg", SVG.format("<title>Branch</title>").encode())
    write(root, "branch.csv", b"a\n")
    handbook, _ = load(root)
    assert {file.path: str(file.at.file) for file in handbook.files} == {
        "opening-hours.csv": f"upstream:{FOLDER}/opening-hours.csv",
        "floor-plan.svg": f"{FOLDER}/floor-plan.svg",
        "branch.csv": f"{FOLDER}/branch.csv",
    }
    unused = [str(problem.place) for problem in problems(root) if problem.rule == "unused-file"]
    assert unused == [f"{FOLDER}/branch.csv:1:1"]
    plan = handbook.files_by_path["floor-plan.svg"].published_path
    for language in ("ja", "en"):
        assert f"files/{plan}" in staged(root, language)[1]


def test_a_variant_of_an_overlay_replaces_that_variant(tmp_path: Path) -> None:
    root = tmp_path / "branch"
    create_branch(root)
    write(root, "floor-plan.ja.svg", SVG.format("").encode())
    places = {file.path: file.at.upstream for file in load(root)[0].files}
    assert places == {"opening-hours.csv": True, "floor-plan.svg": True, "floor-plan.ja.svg": False}
