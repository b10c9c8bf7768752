"""``tebiki checklist export``, ``template`` and ``import``, on the example handbook."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from example_handbook import tebiki
from tebiki.model.spreadsheet_columns import column_letters

SCHEMA = Path(__file__).parents[1] / "schemas" / "oscal_assessment-results_schema.json"
NEWEST = "checklists/visitor-check/{}.yml"


def exported(root: Path, kind: str, *options: str) -> Path:
    result = tebiki(
        root, "checklist", "export", "visitor-check", "--to", kind, "-o", root, "--lang", "en", *options
    )
    assert result.exit_code == 0, result.output
    (file,) = root.glob(f"visitor-check.*.{kind}*")
    return file


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))


def save(file: Path, rows: list[list[str]], encoding: str = "utf-8") -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    file.write_bytes(stream.getvalue().encode(encoding))


def files_of(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*.*")
        if path.suffix in (".yml", ".md")
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "oscal"])
def test_what_was_exported_changes_nothing(minimal: Path, kind: str) -> None:
    file = exported(minimal, kind)
    before = files_of(minimal)
    result = tebiki(minimal, "checklist", "import", file, "--write", "--lang", "en")
    assert result.exit_code == 0
    assert "no difference from visitor-check" in result.output
    assert files_of(minimal) == before


def test_an_edited_table_becomes_the_next_version(minimal: Path) -> None:
    file = exported(minimal, "csv")
    newest = file.name.removeprefix("visitor-check.").removesuffix(".csv")
    heading, *rows = rows_of(file)
    column = {title: index for index, title in enumerate(heading)}
    questions = [row for row in rows if row[0] == "Question" and row[column["Status"]] != "retired"]
    questions[0][column["Heading or question (ja)"]] = "まったく別のことを尋ねる文になりましたか。"
    rows.remove(questions[-1])
    new = [""] * len(heading)
    new[0], new[column["Heading or question (ja)"]] = "Question", "新しい質問ですか。"
    rows.insert(rows.index(questions[0]) + 1, new)
    save(file, [heading, *rows], "cp932")
    before = files_of(minimal)
    result = tebiki(minimal, "checklist", "import", file, "--lang", "en")
    assert files_of(minimal) == before
    first, last = questions[0][column["ID"]], questions[-1][column["ID"]]
    assert f"Question {first}: changed" in result.output
    assert "[-" in result.output
    assert "had no ID and gets visitor-check-question-1" in result.output
    assert f"question {last}: not in the table, so it is retired" in result.output
    major = int(newest.split(".")[0]) + 1
    assert f"visitor-check {newest} → {major}.0.0: a major change" in result.output

    result = tebiki(minimal, "checklist", "import", file, "--write", "--lang", "en")
    assert result.exit_code == 0
    written = yaml.safe_load((minimal / NEWEST.format(f"{major}.0.0")).read_text(encoding="utf-8"))
    items = {item["id"]: item for section in written["sections"] for item in section["items"]}
    assert items[first]["rev"] > int(questions[0][column["Revision"]])
    assert items[last]["status"] == "retired"
    assert items["visitor-check-question-1"]["rev"] == 1
    assert {name: content for name, content in files_of(minimal).items() if name in before} == before
    older = tebiki(minimal, "checklist", "import", file, "--lang", "en")
    assert older.exit_code == 1
    assert f"made from version {newest}, and the newest is {major}.0.0" in older.output


def test_a_column_that_is_missing_keeps_its_values(minimal: Path) -> None:
    file = exported(minimal, "csv")
    rows = rows_of(file)
    kept = [
        index
        for index, title in enumerate(rows[0])
        if title in ("Kind of row", "ID", "Heading or question (ja)")
    ]
    save(file, [[row[index] for index in kept] for row in rows])
    result = tebiki(minimal, "checklist", "import", file, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "the column “Sources” is missing: its values are kept" in result.output
    assert "no difference" in result.output


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        ("Question", "Asked when", "no-such-question is yes"),
        ("Question", "Explanation (ja)", "<script>alert(1)</script>"),
        ("Checklist", "ID", "../../outside"),
        ("Checklist", "Version", "9.0.0/../../../outside"),
    ],
)
def test_nothing_is_written_where_a_row_is_refused(minimal: Path, kind: str, title: str, text: str) -> None:
    file = exported(minimal, "csv")
    rows = rows_of(file)
    row = next(row for row in rows if row[0] == kind)
    row[rows[0].index(title)] = text
    save(file, rows)
    before = files_of(minimal.parent)
    result = tebiki(minimal, "checklist", "import", file, "--write", "--lang", "en")
    assert result.exit_code == 1
    assert "nothing is imported" in result.output
    assert f"{column_letters(rows[0].index(title))}{rows.index(row) + 1}" in result.output
    assert files_of(minimal.parent) == before


def test_the_template_becomes_a_new_checklist_with_its_page(minimal: Path) -> None:
    file = minimal.parent / "list.xlsx"
    assert tebiki(minimal, "checklist", "template", "-o", file, "--lang", "ja").exit_code == 0
    result = tebiki(minimal, "checklist", "import", file, "--write", "--lang", "ja")
    assert result.exit_code == 0, result.output
    assert "新しい点検表（区分 1、質問 3）" in result.output
    assert "my-checklist.md" in (minimal / "mkdocs.yml").read_text(encoding="utf-8")
    remaining = {line.split()[1] for line in result.output.partition("tebiki check")[2].splitlines()[1:]}
    assert remaining <= {"fill-in", "translation-stale"}


def test_a_list_of_others_keeps_its_ids_when_it_is_imported_again(minimal: Path) -> None:
    file = minimal.parent / "foreign.csv"
    head = ["row", "id", "title.ja", "title.en", "when", "examples.ja", "Weight"]
    rows = [
        ["checklist", "foreign-list", "表", "List"],
        ["section", "V1", "章", "Chapter"],
        ["question", "V1.1", "質問", "Question", "", "規程", "5"],
        ["question", "V1.2", "次の質問", "Next question", "V1.1 is done", "", "3"],
    ]
    save(file, [head, *rows])
    for outcome in ("new Question v1-2", "no difference from foreign-list 1.0.0"):
        result = tebiki(minimal, "checklist", "import", file, "--write", "--lang", "en")
        assert result.exit_code == 0, result.output
        assert outcome in result.output
        assert "the ID V1.2 becomes v1-2" in result.output
        assert "“Weight” (cell G1) is not imported" in result.output


def test_a_catalog_has_the_form_that_oscal_defines(minimal: Path) -> None:
    catalog = json.loads(exported(minimal, "oscal").read_text(encoding="utf-8"))["catalog"]
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))

    def check(data: object, name: str) -> None:
        schema = {
            "$id": definitions["$id"],
            "definitions": definitions["definitions"],
            "$ref": f"#/definitions/{name}",
        }
        assert jsonschema_rs.Draft7Validator(schema).is_valid(data), data

    check(catalog["metadata"], "oscal-ar-oscal-metadata:metadata")
    for group in catalog["groups"]:
        for control in group["controls"]:
            for prop in control["props"]:
                check(prop, "oscal-ar-oscal-metadata:property")
            for part in control.get("parts", ()):
                check(part, "oscal-ar-oscal-control-common:part")
