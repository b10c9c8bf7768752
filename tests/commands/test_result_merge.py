"""``tebiki result merge``: agreement, disagreement, and the table in which it is settled."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from example_handbook import tebiki
from examples.make_results import complete_result, json_bytes, seal
from result_files import write_result
from tebiki.reading.load import load
from tebiki.results.check import check_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.record import build_record, serialize


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
