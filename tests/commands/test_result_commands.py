"""``tebiki result migrate | merge | compare``, and bad input, on real files."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from example_handbook import LANGUAGES, copy_minimal, rewrite, tebiki
from examples.make_results import complete_result, json_bytes, seal
from result_files import CONTROL, INVALID, OPENABLE, changed_record, make_hostile, write_result
from tebiki.locales import words
from tebiki.reading.load import load
from tebiki.results.check import check_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import build_record, serialize


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


# --- merge and compare


def respondents(folder: Path) -> list[Path]:
    def second(record: dict[str, Any]) -> None:
        record["id"] = "1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"
        record["subject"]["label"] = "分館"
        record["answers"]["has-card"].update(value="partly", note="分館のメモ")
        del record["answers"]["returns-in-time"]

    return [write_result(folder / "one.json"), write_result(folder / "two.json", second)]


def test_merge_shows_agreement_disagreement_and_gaps(minimal: Path, tmp_path: Path) -> None:
    files, out, table = respondents(tmp_path), tmp_path / "both.json", tmp_path / "both.csv"
    done = tebiki(minimal, "result", "merge", *files, "-o", out, "--table", table, "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "2 agreed, 0 decided, 1 disagreed, 0 answered by nobody" in done.stdout
    assert "has-card: Disagreed: done, partly" in done.stdout
    assert "returns-in-time: Agreed (not all answered): partly, –" in done.stdout
    merged = json.loads(out.read_bytes())
    assert merged["answers"]["has-card"]["value"] == ""
    assert "[分館] 分館のメモ" in merged["answers"]["has-card"]["note"]
    assert "[2026年度 第1回] 去年つくりました" in merged["answers"]["has-card"]["note"]
    assert merged["answers"]["returns-in-time"] == complete_result()["answers"]["returns-in-time"]
    assert check_result(out.read_bytes(), load(minimal)[0]) == []


def test_merge_and_compare_show_what_was_entered(minimal: Path, tmp_path: Path) -> None:
    version = [form for form in checklist_versions(load(minimal)[0]) if form.checklist.id == "workshop-plan"][
        -1
    ]
    reference = {"id": "workshop-plan", "version": version.checklist.version, "digest": version.digest}

    def numbers(guests: str) -> Path:
        answer = {"rev": 1, "value": "", "note": "", "evidence": "", "justification": "", "content": guests}
        draft: Any = {**complete_result(), "checklist": reference, "answers": {"guests": answer}}
        record = build_record({**draft, "id": f"{guests}7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"}, version)
        file = tmp_path / f"{guests}.json"
        file.write_bytes(serialize(record))
        return file

    files, table = (numbers("25"), numbers("40")), tmp_path / "t.csv"
    done = tebiki(
        minimal, "result", "merge", *files, "-o", tmp_path / "m.json", "--table", table, "--lang", "en"
    )
    assert "guests: Disagreed: 25, 40" in done.stdout
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
    assert [row[3:5] for row in rows if row[0] == "guests"] == [["25", "40"]]
    done = tebiki(minimal, "result", "compare", *files, "--lang", "en")
    assert "guests: Changed otherwise: 25 → 40" in done.stdout


def test_a_time_in_the_future_decides_nothing_when_merging(minimal: Path, tmp_path: Path) -> None:
    first, second = respondents(tmp_path)
    record = json.loads(second.read_bytes())
    second.write_bytes(json_bytes(seal({**record, "updated": "2999-01-01T00:00:00Z"})))
    done = tebiki(minimal, "result", "merge", first, second, "-o", tmp_path / "m.json", "--lang", "en")
    assert f"{second}: it says that it was last changed on 2999-01-01T00:00:00Z" in done.stdout
    assert json.loads((tmp_path / "m.json").read_bytes())["updated"] == complete_result()["updated"]


def decide(table: Path, answer: str, reason: str) -> None:
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
    rows[1][-2:] = [answer, reason]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    table.write_bytes(out.getvalue().encode("utf-8-sig"))


def test_a_consensus_is_recorded_with_its_reason(minimal: Path, tmp_path: Path) -> None:
    files, table, out = respondents(tmp_path), tmp_path / "t.csv", tmp_path / "agreed.json"
    tebiki(
        minimal, "result", "merge", *files, "-o", tmp_path / "first.json", "--table", table, "--lang", "en"
    )
    decide(table, "partly", "分館にはまだありません")
    done = tebiki(minimal, "result", "merge", *files, "-o", out, "--decisions", table, "--lang", "en")
    assert done.exit_code == 0, done.stdout
    merged = json.loads(out.read_bytes())["answers"]["has-card"]
    assert merged["value"] == "partly"
    assert merged["note"].startswith("Agreed answer, because: 分館にはまだありません")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("excellent", "r"), ("partly", ""), ("not-applicable", "r"), ("#1", "r"), ("#9", "r")],
)
def test_a_decision_that_cannot_be_used_is_refused_with_its_row(
    answer: str, reason: str, minimal: Path, tmp_path: Path
) -> None:
    files, table, out = respondents(tmp_path), tmp_path / "t.csv", tmp_path / "agreed.json"
    tebiki(
        minimal, "result", "merge", *files, "-o", tmp_path / "first.json", "--table", table, "--lang", "en"
    )
    decide(table, answer, reason)
    done = tebiki(minimal, "result", "merge", *files, "-o", out, "--decisions", table, "--lang", "en")
    assert done.exit_code == 1
    assert f"{table}, row 2: " in done.stdout
    assert not out.exists()


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_decisions_are_read_as_spreadsheet_programs_save_them(
    encoding: str, separator: str, minimal: Path, tmp_path: Path
) -> None:
    files, table, out = respondents(tmp_path), tmp_path / "t.csv", tmp_path / "agreed.json"
    merge = ("result", "merge", *files, "--lang", "ja", "-o")
    tebiki(minimal, *merge, tmp_path / "first.json", "--table", table)
    decide(table, "ｐａｒｔｌｙ", "分館にはまだありません")
    text = table.read_text(encoding="utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""))
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=separator).writerows(rows)
    table.write_bytes(saved.getvalue().encode(encoding))
    done = tebiki(minimal, *merge, out, "--decisions", table)
    assert done.exit_code == 0, done.stdout
    assert json.loads(out.read_bytes())["answers"]["has-card"]["value"] == "partly"


def test_a_table_of_decisions_in_another_format_is_refused_by_its_kind(minimal: Path, tmp_path: Path) -> None:
    files, table = respondents(tmp_path), tmp_path / "t.xls"
    table.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1"))
    out = tmp_path / "agreed.json"
    done = tebiki(minimal, "result", "merge", *files, "-o", out, "--decisions", table, "--lang", "en")
    assert done.exit_code == 1 and not out.exists()
    assert f"{table} is an Excel workbook of the old kind (.xls)" in done.stdout


def test_the_order_of_the_respondents_changes_no_answer(minimal: Path, tmp_path: Path) -> None:
    files = respondents(tmp_path)
    for name, order in (("a", files), ("b", files[::-1])):
        tebiki(minimal, "result", "merge", *order, "-o", tmp_path / f"{name}.json")
    first, second = (json.loads((tmp_path / f"{name}.json").read_bytes()) for name in ("a", "b"))
    assert first["id"] == second["id"]
    assert [answer["value"] for answer in first["answers"].values()] == [
        answer["value"] for answer in second["answers"].values()
    ]


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
    assert done.stdout.startswith("Improved 1, Fell 1, The same 0, Changed otherwise 0, Newly answered 0")
    assert "has-card: Fell: Yes → No" in done.stdout
    assert "address-current: No longer answered: Not sure → –" in done.stdout, "it is not asked any more"
    html = out.read_text(encoding="utf-8")
    assert 'aria-label="Improved: 1, Fell: 1, No longer answered: 1"' in html
