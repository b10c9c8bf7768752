"""Result files from somebody else: every command that reads them runs, loads and writes nothing of theirs."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from canary import Canary
from example_handbook import tebiki
from result_files import external_references, make_hostile, write_result


def hostile_results(folder: Path, canary: Canary) -> list[Path]:
    """Two results of different people, whose texts would run or load something in every format."""
    texts = (
        f"<img src='{canary.address}/picture'><script>fetch('{canary.address}/script')</script>",
        f'=WEBSERVICE("{canary.address}/formula")',
        f"x\n=cmd|'/c id > {canary.file}'!A1",
        f"![x]({canary.address}/markdown) {{{{ 7 * 7 }}}} $(id > {canary.file})",
    )

    def change(record: dict[str, Any], number: int) -> None:
        make_hostile(record)
        record["id"] = f"{record['id'][:-1]}{number}"
        record["subject"]["label"] = f"../../../canary {texts[number]}"
        for answer in record["answers"].values():
            answer.update(note=texts[0], evidence=texts[1 + number], justification=texts[2])
        for action in record["actions"]:
            action.update(text=texts[3], owner=texts[1])

    folder.mkdir()
    return [
        write_result(folder / f"{number}.json", lambda record, number=number: change(record, number))
        for number in (0, 1)
    ]


def test_every_command(minimal: Path, tmp_path: Path, canary: Canary) -> None:
    first, second = hostile_results(tmp_path / "in", canary)
    out = tmp_path / "out"
    out.mkdir()
    before = set(tmp_path.iterdir())
    for arguments in (
        ("check", first, second),
        ("report", first, "-o", out / "report.html"),
        ("compare", first, second, "-o", out / "compared.html"),
        ("merge", first, second, "-o", out / "merged.json", "--table", out / "table.csv"),
        ("export", first, second, "--to", "csv,xlsx,html,md,oscal", "--out", out / "exports"),
        ("aggregate", tmp_path / "in", "-o", out / "aggregate.html"),
        ("aggregate", tmp_path / "in", "-o", out / "aggregate.xlsx"),
    ):
        done = tebiki(minimal, "result", *arguments)
        assert done.exit_code == 0, (arguments, done.output)
        assert "\x1b" not in done.output
    assert set(tmp_path.iterdir()) == before
    for file in out.rglob("*"):
        if file.suffix == ".html":
            assert external_references(file.read_text(encoding="utf-8")) == [], file
        elif file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                assert not any(b"<f>" in book.read(name) for name in book.namelist()), file
                assert not any("externalLink" in name for name in book.namelist()), file
