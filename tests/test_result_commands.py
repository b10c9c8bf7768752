"""``tebiki result migrate | merge | compare | report | export | aggregate`` on real files."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import socket
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from example_handbook import EXAMPLES, PROJECT, copy_minimal, rewrite, tebiki
from examples.make_results import HOSTILE, a_result, seal, written
from random_results import random_record

from generator.load import load
from generator.localise import words
from generator.results.aggregate import aggregate
from generator.results.check import MAX_BYTES, check_result
from generator.results.form import forms_of
from generator.results.oscal import oscal_of
from generator.results.record import text_of
from generator.results.view import view_of

LANGUAGES = ("ja", "en")
VALID = sorted((EXAMPLES / "valid" / "results").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid" / "results").glob("*.json"))
OPENS = {"unknown-version", "changed-checklist", "unknown-item", "answer-not-allowed", "content-not-possible"}
OSCAL = json.loads(
    (PROJECT / "tests" / "schemas" / "oscal_assessment-results_schema.json").read_text("utf-8")
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")

Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> dict[str, Any]:
    record = a_result()
    change(record)
    return seal(record)


def put(file: Path, change: Change = lambda record: None) -> Path:
    file.write_bytes(written(changed(change)))
    return file


def everything_hostile(record: dict[str, Any]) -> None:
    record["subject"] = {"label": HOSTILE, "kind": "branch", "round": "2026"}
    for text, (name, answer) in zip(
        ("=cmd|'/c calc'!A1", "\x00\x07\ufeff", "@SUM(1)"), record["answers"].items(), strict=True
    ):
        answer.update(note=text + HOSTILE, evidence=text, justification=text)
        record["actions"].append(
            {"item": name, "text": text, "owner": HOSTILE, "due": "2026-04-30", "state": "started"}
        )
    record["orphans"]["constructor"] = {
        "rev": 1,
        "value": "done",
        "note": text,
        "evidence": "",
        "justification": "",
    }
    record["format_version"] = "1.1.0"


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
    file = put(tmp_path / "old.json")
    before = file.read_bytes()
    done = tebiki(later, "result", "migrate", file, "--out", tmp_path / "new", "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert "kept 2, to confirm 1, without an answer 0" in done.stdout
    assert "moved: returns-in-time → brings-back" in done.stdout
    assert "new in 1.1.0: brings-back" in done.stdout
    assert file.read_bytes() == before
    migrated = json.loads((tmp_path / "new" / "old.1.1.0.json").read_bytes())
    assert migrated["answers"]["brings-back"] == a_result()["answers"]["returns-in-time"]
    assert migrated["status"] == "in-progress"
    assert check_result(written(migrated), load(later)[0]) == []


def test_migrate_back_gives_the_old_file_again(later: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "old.json")
    tebiki(later, "result", "migrate", file, "--out", tmp_path)
    done = tebiki(later, "result", "migrate", tmp_path / "old.1.1.0.json", "--to", "1.0.0", "--out", tmp_path)
    back = json.loads((tmp_path / "old.1.1.0.1.0.0.json").read_bytes())
    assert done.exit_code == 0
    assert back["orphans"]["brings-back"] == a_result()["answers"]["returns-in-time"]
    assert "moved" in done.stdout or back["answers"].keys() == {"has-card", "address-current"}


def test_a_version_that_is_not_here_is_refused_with_those_that_are(minimal: Path, tmp_path: Path) -> None:
    done = tebiki(minimal, "result", "migrate", put(tmp_path / "a.json"), "--to", "3.0.0", "--lang", "en")
    assert done.exit_code == 1
    assert "no version 3.0.0 here; it has 1.0.0" in done.stdout


@pytest.mark.parametrize(
    "file", [one for one in INVALID if one.name.partition(".")[0] in OPENS], ids=lambda one: one.stem
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
    "file", [one for one in INVALID if one.name.partition(".")[0] not in OPENS], ids=lambda one: one.stem
)
def test_a_file_that_cannot_be_opened_is_refused_with_what_to_do(
    file: Path, command: str, language: str, minimal: Path, tmp_path: Path
) -> None:
    good, out = put(tmp_path / "good.json"), tmp_path / "out"
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
    handbook, raw = load(minimal)[0], written(changed(everything_hostile))
    for end in range(len(raw) - 1):  # without its last line break it is whole
        assert check_result(raw[:end], handbook), end


def test_fifty_megabytes_are_refused_unread(minimal: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.write(written(a_result()))
        stream.truncate(50_000_000)
    done = tebiki(minimal, "result", "report", file, "-o", tmp_path / "r.html", "--lang", "en")
    assert done.exit_code == 1
    assert "too-large" in done.stdout


def test_what_stands_there_is_not_written_over(minimal: Path, tmp_path: Path) -> None:
    file, out = put(tmp_path / "a.json"), tmp_path / "a.csv"
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

    return [put(folder / "one.json"), put(folder / "two.json", second)]


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
    assert merged["answers"]["returns-in-time"] == a_result()["answers"]["returns-in-time"]
    assert check_result(out.read_bytes(), load(minimal)[0]) == []


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


@pytest.mark.parametrize(("answer", "reason"), [("excellent", "r"), ("partly", ""), ("not-applicable", "r")])
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


def test_the_order_of_the_respondents_changes_no_answer(minimal: Path, tmp_path: Path) -> None:
    files = respondents(tmp_path)
    for name, order in (("a", files), ("b", files[::-1])):
        tebiki(minimal, "result", "merge", *order, "-o", tmp_path / f"{name}.json")
    first, second = (json.loads((tmp_path / f"{name}.json").read_bytes()) for name in ("a", "b"))
    assert first["id"] == second["id"]
    assert [one["value"] for one in first["answers"].values()] == [
        one["value"] for one in second["answers"].values()
    ]


def test_compare_tells_what_improved_and_what_fell(minimal: Path, tmp_path: Path) -> None:
    def next_year(record: dict[str, Any]) -> None:
        record["id"] = "1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"
        record["answers"]["has-card"]["value"] = "not-done"
        record["answers"]["address-current"]["value"] = "done"
        record["answers"]["returns-in-time"]["value"] = "done"

    files, out = [put(tmp_path / "a.json"), put(tmp_path / "b.json", next_year)], tmp_path / "c.html"
    done = tebiki(minimal, "result", "compare", *files, "-o", out, "--lang", "en")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.startswith("Improved 1, Fell 1, The same 0, Changed otherwise 1, Newly answered 0")
    assert "has-card: Fell: Yes → No" in done.stdout
    html = out.read_text(encoding="utf-8")
    assert 'aria-label="Improved: 1, Fell: 1, Changed otherwise: 1"' in html


# --- exports and reports


def exported(root: Path, folder: Path, change: Change, language: str = "ja") -> dict[str, bytes]:
    file = put(folder / "r.json", change)
    done = tebiki(
        root,
        "result",
        "export",
        file,
        "--to",
        "csv,xlsx,html,md,oscal",
        "--out",
        folder / "x",
        "--lang",
        language,
    )
    assert done.exit_code == 0, done.stdout
    return {path.name: path.read_bytes() for path in (folder / "x").iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_has_the_questions_and_runs_nothing(language: str, minimal: Path, tmp_path: Path) -> None:
    raw = exported(minimal, tmp_path, everything_hostile, language)["r.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    names = words(language, "result")["columns"]
    assert rows[0][2] == names["question"]
    assert (
        rows[1][2]
        == {"ja": "自分のカードを使っていますか。", "en": "Do you use a card of your own?"}[language]
    )
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert rows[1][5] == "'=cmd|'/c calc'!A1" + HOSTILE


@pytest.mark.parametrize("language", LANGUAGES)
def test_xlsx_reads_back_and_holds_no_formula(language: str, minimal: Path, tmp_path: Path) -> None:
    raw = exported(minimal, tmp_path, everything_hostile, language)["r.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(raw))
    sheet = book.worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert sheet.cell(2, 6).value == "=cmd|'/c calc'!A1" + HOSTILE
    assert [one.title for one in book.worksheets] == list(words(language, "result")["sheets"].values())[:3]


def test_markdown_is_text_only(minimal: Path, tmp_path: Path) -> None:
    text = exported(minimal, tmp_path, everything_hostile)["r.md"].decode()
    assert "<script" not in text
    assert "自分のカードを使っていますか。" in text


class Outside(HTMLParser):
    """Collects whatever a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "link", "iframe", "object", "embed", "form", "base", "a"):
            self.found.append(tag)
        self.found += [
            name for name, _text in attrs if name in ("src", "href", "style") or name.startswith("on")
        ]


def outside_of(html: str) -> list[str]:
    parser = Outside()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_file_that_loads_and_runs_nothing(
    language: str, minimal: Path, tmp_path: Path
) -> None:
    html = exported(minimal, tmp_path, everything_hostile, language)["r.html"].decode()
    assert outside_of(html) == []
    assert "default-src &#39;none&#39;" in html
    assert f'<html lang="{language}">' in html
    record = json.loads((tmp_path / "r.json").read_bytes())
    for wanted in (record["digest"], record["checklist"]["digest"], record["id"], "2026-04-30", "2026"):
        assert wanted in html
    for heading in ("summary", "gaps", "plan", "excluded", "all", "orphans", "provenance"):
        assert f'id="{heading}"' in html
    assert "{{ 7 * 7 }}" in html


def test_what_does_not_apply_stands_with_its_reason(minimal: Path, tmp_path: Path) -> None:
    def excluded(record: dict[str, Any]) -> None:
        record["answers"]["returns-in-time"].update(value="not-applicable", justification="本を借りません")

    html = exported(minimal, tmp_path, excluded)["r.html"].decode()
    part = html.partition('id="excluded"')[2].partition('id="all"')[0]
    assert "本を借りません" in part


def test_the_same_file_gives_the_same_exports(minimal: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    assert exported(minimal, first, everything_hostile) == exported(minimal, second, everything_hostile)


@pytest.fixture(scope="module")
def oscal() -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(OSCAL, validate_formats=True)


def test_the_schema_of_oscal_is_the_official_one_of_1_2(oscal: jsonschema_rs.Draft7Validator) -> None:
    assert OSCAL["$id"].startswith("http://csrc.nist.gov/ns/oscal/1.2.")
    assert not oscal.is_valid({"assessment-results": {}})


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_oscal_is_valid_for_every_example(
    file: Path, oscal: jsonschema_rs.Draft7Validator, minimal: Path, tmp_path: Path
) -> None:
    done = tebiki(minimal, "result", "export", file, "--to", "oscal", "--out", tmp_path)
    assert done.exit_code == 0, done.stdout
    document = json.loads((tmp_path / f"{file.stem}.oscal.json").read_bytes())
    assert [error.message for error in oscal.iter_errors(document)] == []


def test_oscal_is_valid_for_random_results(oscal: jsonschema_rs.Draft7Validator, minimal: Path) -> None:
    handbook = load(minimal)[0]
    form = next(one for one in forms_of(handbook) if one.checklist.id == "visitor-check")
    for seed in range(100):
        record = random_record(form, handbook, random.Random(seed))
        document = json.loads(oscal_of(view_of(record, form, handbook, "en")))
        assert [error.message for error in oscal.iter_errors(document)] == [], seed


def test_oscal_makes_no_finding_where_nobody_judged(minimal: Path, tmp_path: Path) -> None:
    raw = exported(minimal, tmp_path, lambda record: None)["r.oscal.json"]
    (found,) = json.loads(raw)["assessment-results"]["results"]
    states = {one["target"]["target-id"]: one["target"]["status"]["state"] for one in found["findings"]}
    assert states == {"has-card": "satisfied", "returns-in-time": "not-satisfied"}
    assert len(found["observations"]) == 3  # address-current: not sure


# --- aggregate


def folder_of_all(folder: Path) -> Path:
    """Good and bad files, files that are none, and several states of one assessment."""
    folder.mkdir()
    for file in (*VALID, *INVALID):
        shutil.copy(file, folder / file.name)
    put(folder / "newest.json", lambda record: record.update(updated="2027-04-02T01:09:30.250Z"))
    (folder / "notes.txt").write_text("…", encoding="utf-8")
    (folder / "deep").mkdir()
    put(folder / "deep" / "日本語 .json", lambda r: r.update(id="1b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"))
    (folder / "link.json").symlink_to(folder / "newest.json")
    (folder / "nothing.json").mkdir()
    (folder / "large.json").write_bytes(written(a_result()) + b" " * MAX_BYTES)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.json"))
    return folder


def test_every_file_is_counted_or_left_out_with_a_reason(minimal: Path, tmp_path: Path) -> None:
    folder = folder_of_all(tmp_path / "in")
    found = aggregate(folder, load(minimal)[0])
    counted = sum(one.count for one in found.files)
    everything = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    assert counted + len(found.left_out) == len(everything) == found.read
    records = [json.loads(file.read_bytes().decode("utf-8-sig")) for file in VALID]
    assert (
        counted == len({(one["id"], one["checklist"]["id"]) for one in records}) + 1
    )  # states of one count once
    why = {one.file: [finding.code for finding in one.findings] for one in found.left_out}
    for file in INVALID:
        assert set(why[file.name]) == {file.name.partition(".")[0]}
    assert why["notes.txt"] == why["socket.json"] == ["not-a-result-file"]
    assert why["link.json"] == ["symbolic-link"]
    assert why["large.json"] == ["too-large"]
    assert {code for file in VALID for code in why.get(file.name, ())} <= {"older-state", "same-again"}


@pytest.mark.parametrize("processes", [1, 2])
def test_the_order_of_the_files_does_not_matter(processes: int, minimal: Path, tmp_path: Path) -> None:
    handbook = load(minimal)[0]
    form = next(one for one in forms_of(handbook) if one.checklist.id == "visitor-check")
    chance = random.Random(5)
    files = [text_of(random_record(form, handbook, chance)) for _number in range(40)]
    files += [text_of(seal({**json.loads(files[0]), "updated": "2027-01-01T00:00:00Z"})), *files[1:4]]
    seen = []
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        chance.shuffle(files)
        for number, raw in enumerate(files):
            (folder / f"{number}.json").write_bytes(raw)
        found = aggregate(folder, handbook, processes)
        reasons = sorted(finding.code for one in found.left_out for finding in one.findings)
        seen.append((found.files, found.counts, reasons))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2].count("same-again") == 3


def test_two_processes_count_what_one_does(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook = load(minimal)[0]
    monkeypatch.setattr("generator.results.gather._PIECE", 10)  # otherwise it takes 2,000 files
    folder = folder_of_all(tmp_path / "in")
    assert aggregate(folder, handbook, 1) == aggregate(folder, handbook, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_aggregate_as_page_workbook_and_table(language: str, minimal: Path, tmp_path: Path) -> None:
    folder = folder_of_all(tmp_path / "in")
    for ending in ("html", "xlsx", "parquet"):
        out = tmp_path / f"report.{ending}"
        done = tebiki(minimal, "result", "aggregate", folder, "-o", out, "--lang", language)
        assert done.exit_code == 0, done.stdout
        assert not CONTROL.search(done.stdout)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert outside_of(html) == []
    assert words(language, "form")["errors"]["wrong-digest"] in html
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    left_out = [row[0].value for row in book.worksheets[-1].iter_rows(min_row=2)]
    assert "notes.txt" in left_out
    import duckdb  # noqa: PLC0415

    rows = duckdb.sql(f"SELECT item, answer, count FROM '{tmp_path / 'report.parquet'}'").fetchall()
    assert ("has-card", "done", 2) in rows
    assert ("notes.txt", "left-out", 1) in rows


def test_an_empty_folder_gives_a_report_that_says_so(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for ending in ("html", "xlsx", "parquet"):
        out = tmp_path / f"r.{ending}"
        assert (
            tebiki(minimal, "result", "aggregate", tmp_path / "in", "-o", out, "--lang", "en").exit_code == 0
        )
    assert words("en", "result")["aggregate"]["no-files"] in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_figures_of_a_file_are_not_believed(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, indent in enumerate((2, None)):
        record = changed(
            lambda r: r.update(
                status="complete", answers={}, computed={"total": {"done": 99}, "sections": {}}
            )
        )
        record = seal({**record, "id": f"{number}b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"})
        (folder / f"{number}.json").write_text(json.dumps(record, indent=indent), encoding="utf-8")
    found = aggregate(folder, load(minimal)[0])
    assert [(one.status, one.count) for one in found.files] == [("in-progress", 2)]
    assert {one.answer for one in found.counts} == {"unanswered"}


def test_no_text_that_a_person_wrote_is_in_the_aggregate(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder / "a.json", lambda r: [one.update(note="SECRET-WORDS") for one in r["answers"].values()])
    out = tmp_path / "r.html"
    tebiki(minimal, "result", "aggregate", folder, "-o", out)
    assert "SECRET-WORDS" not in out.read_text(encoding="utf-8")


def test_trend_over_rounds_and_kinds(minimal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, (round_, kind, value) in enumerate(
        (("2025", "a", "not-done"), ("2026", "a", "done"), ("2026", "b", "done"))
    ):

        def set_up(
            record: dict[str, Any], at: tuple[int, str, str, str] = (number, round_, kind, value)
        ) -> None:
            record["id"] = f"{at[0]}b7f6f1e-6d0c-4b0e-9d59-5f0f7a3f1c11"
            record["format_version"] = "1.1.0"
            record["subject"].update(round=at[1], kind=at[2])
            record["answers"]["has-card"]["value"] = at[3]

        put(folder / f"{number}.json", set_up)
    found = aggregate(folder, load(minimal)[0])
    cards = {(one.round, one.kind, one.answer): one.count for one in found.counts if one.item == "has-card"}
    assert cards == {("2025", "a", "not-done"): 1, ("2026", "a", "done"): 1, ("2026", "b", "done"): 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_the_same_in_every_language(language: str) -> None:
    def keys(tree: Any, path: str = "") -> set[str]:
        if isinstance(tree, str):
            return {path + " " + " ".join(sorted(re.findall(r"\{[\w-]+\}", tree)))}
        return set().union(*(keys(value, f"{path}/{key}") for key, value in tree.items()))

    assert keys(words(language, "result")) == keys(words("ja", "result"))
