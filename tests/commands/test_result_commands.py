"""``tebiki result migrate | compare``, and bad input, on real files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, copy_minimal, rewrite, tebiki
from examples.make_results import complete_result, json_bytes
from result_files import CONTROL, INVALID, OPENABLE, changed_record, make_hostile, write_result
from tebiki.locales import words
from tebiki.reading.load import load
from tebiki.results.check import check_result


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The example handbook with a second version of its checklist."""
    root = copy_minimal(tmp_path / "later")
    folder = root / "checklists" / "visitor-check"
    shutil.copy(folder / "1.0.0.yml", folder / "1.1.0.yml")
    new = folder / "1.1.0.yml"
    rewrite(new, "version: 1.0.0", "version: 1.1.0")
    rewrite(
        new,
        "id: returns-in-time\n        rev: 1",
        "id: brings-back\n        rev: 1\n        replaces: [returns-in-time]",
    )
    rewrite(new, "id: address-current\n        rev: 2", "id: address-current\n        rev: 3")
    tebiki(root, "translations", "confirm", "--all")
    assert load(root)[1] == []
    return root


# --- migrate


def test_migrate_writes_a_new_file_and_says_what_became_of_the_answers(later: Path, tmp_path: Path) -> None:
    file = write_result(tmp_path / "old.json")
    before = file.read_bytes()
    done = tebiki(later, "result", "migrate", file, "--out", tmp_path / "new", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "kept 2, to confirm 1, without an answer 0" in done.stdout
    assert "moved: returns-in-time → brings-back" in done.stdout
    assert "new in 1.1.0: brings-back" in done.stdout
    assert file.read_bytes() == before
    migrated = json.loads((tmp_path / "new" / "old.1.1.0.json").read_bytes())
    assert migrated["answers"]["brings-back"] == complete_result()["answers"]["returns-in-time"]
    assert migrated["status"] == "in-progress"
    assert check_result(json_bytes(migrated), load(later)[0]) == []


def test_migrate_back_gives_the_old_file_again(later: Path, tmp_path: Path) -> None:
    file = write_result(tmp_path / "old.json")
    tebiki(later, "result", "migrate", file, "--out", tmp_path)
    done = tebiki(later, "result", "migrate", tmp_path / "old.1.1.0.json", "--to", "1.0.0", "--out", tmp_path)
    back = json.loads((tmp_path / "old.1.1.0.1.0.0.json").read_bytes())
    assert done.exit_code == 0
    assert back["orphans"]["brings-back"] == complete_result()["answers"]["returns-in-time"]
    assert "moved" in done.stdout or back["answers"].keys() == {"has-card", "address-current"}


def test_a_version_that_is_not_here_is_refused_with_those_that_are(minimal: Path, tmp_path: Path) -> None:
    done = tebiki(
        minimal, "result", "migrate", write_result(tmp_path / "a.json"), "--to", "3.0.0", "--lang", "en"
    )
    assert done.exit_code == 1
    assert "no version 3.0.0 here; it has 1.0.0" in done.stdout


@pytest.mark.parametrize(
    "file", [file for file in INVALID if file.name.partition(".")[0] in OPENABLE], ids=lambda file: file.stem
)
def test_what_only_fits_another_version_is_mended_by_migrating(
    file: Path, minimal: Path, tmp_path: Path
) -> None:
    done = tebiki(minimal, "result", "migrate", file, "--out", tmp_path)
    assert done.exit_code == 0, done.stdout
    (new,) = tmp_path.glob("*.json")
    left = {finding.code for finding in check_result(new.read_bytes(), load(minimal)[0])}
    only_a_person_can_choose_again = (
        {"answer-not-allowed"} if file.name.startswith("answer-not-allowed") else set()
    )
    assert left == only_a_person_can_choose_again
    assert all(code in done.stdout for code in left)


# --- bad input: the same for every command


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["migrate", "merge", "compare", "report", "export"])
@pytest.mark.parametrize(
    "file",
    [file for file in INVALID if file.name.partition(".")[0] not in OPENABLE],
    ids=lambda file: file.stem,
)
def test_a_file_that_cannot_be_opened_is_refused_with_what_to_do(
    file: Path, command: str, language: str, minimal: Path, tmp_path: Path
) -> None:
    good, out = write_result(tmp_path / "good.json"), tmp_path / "out"
    more: dict[str, list[str | Path]] = {
        "migrate": [file, "--out", out],
        "merge": [file, good, "-o", out / "m.json"],
        "compare": [file, good, "-o", out / "c.html"],
        "report": [file, "-o", out / "r.html"],
        "export": [file, "--to", "csv,md", "--out", out],
    }
    done = tebiki(minimal, "result", command, *more[command], "--lang", language)
    code = file.name.partition(".")[0]
    assert done.exit_code == 1
    assert f"{file}: {code}: {words(language, 'form')['errors'][code].partition('{')[0]}" in done.stdout
    assert not out.exists() or list(out.iterdir()) == []
    assert not CONTROL.search(done.stdout)


def test_a_result_cut_off_at_any_byte_is_refused_and_never_counted(minimal: Path) -> None:
    handbook, raw = load(minimal)[0], json_bytes(changed_record(make_hostile))
    for end in range(len(raw) - 1):  # without its last line break it is whole
        assert check_result(raw[:end], handbook), end


def test_fifty_megabytes_are_refused_unread(minimal: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.write(json_bytes(complete_result()))
        stream.truncate(50_000_000)
    done = tebiki(minimal, "result", "report", file, "-o", tmp_path / "r.html", "--lang", "en")
    assert done.exit_code == 1
    assert "too-large" in done.stdout


def test_a_report_is_read_by_its_record_and_refused_when_that_was_edited(
    minimal: Path, tmp_path: Path
) -> None:
    file = write_result(tmp_path / "a.json", make_hostile)
    report, again = tmp_path / "a.html", tmp_path / "again.html"
    assert tebiki(minimal, "result", "report", file, "-o", report, "--lang", "en").exit_code == 0
    assert tebiki(minimal, "result", "check", report).exit_code == 0
    assert tebiki(minimal, "result", "report", report, "-o", again, "--lang", "en").exit_code == 0
    assert again.read_bytes() == report.read_bytes()
    text = report.read_text(encoding="utf-8")
    for edited, code in (
        (text.replace('"partly"', '"done"', 1), "wrong-digest"),
        (text.partition("<script")[0], "no-record"),
    ):
        report.write_text(edited, encoding="utf-8")
        done = tebiki(minimal, "result", "check", report, "--lang", "en")
        assert (done.exit_code, code in done.stdout) == (1, True), done.stdout


def test_what_stands_there_is_not_written_over(minimal: Path, tmp_path: Path) -> None:
    file, out = write_result(tmp_path / "a.json"), tmp_path / "a.csv"
    out.write_text("mine", encoding="utf-8")
    done = tebiki(minimal, "result", "export", file, "--to", "csv", "--out", tmp_path, "--lang", "en")
    assert done.exit_code == 1
    assert "exists already and was left as it is" in done.stdout
    assert out.read_text(encoding="utf-8") == "mine"
    assert (
        tebiki(minimal, "result", "export", file, "--to", "csv", "--out", tmp_path, "--force").exit_code == 0
    )


# --- compare


def test_compare_tells_what_improved_and_what_fell(minimal: Path, tmp_path: Path) -> None:
    def next_year(record: dict[str, Any]) -> None:
        record["id"] = "1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"
        record["answers"]["has-card"]["value"] = "not-done"
        record["answers"]["address-current"]["value"] = "done"
        record["answers"]["returns-in-time"]["value"] = "done"

    files, out = (
        [write_result(tmp_path / "a.json"), write_result(tmp_path / "b.json", next_year)],
        tmp_path / "c.html",
    )
    done = tebiki(minimal, "result", "compare", *files, "-o", out, "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.startswith("Improved 1, Declined 1, The same 0, Changed otherwise 0, Newly answered 0")
    assert "has-card: Declined: Yes → No" in done.stdout
    assert "address-current: No longer answered: Not sure → –" in done.stdout, "it is not asked any more"
    html = out.read_text(encoding="utf-8")
    assert 'aria-label="Improved: 1, Declined: 1, No longer answered: 1"' in html
