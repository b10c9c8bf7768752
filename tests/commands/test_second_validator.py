"""The schema of a result means the same to a second validator: ajv, on the files that Python's checks."""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

from example_handbook import EXAMPLES, PROJECT
from golden.make import GOLDEN
from tebiki.reading.schema_errors import schema_errors

ODD = (None, True, 0, -1, 1.5, "", "x", "x" * 501, "\n", [], [""], {}, {"__proto__": 1})
VARIED = 400


def ajv_verdicts(files: list[Path]) -> list[list[bool]]:
    """What ajv says of each file by the whole schema, and what the validator of the form says."""
    path = f"{PROJECT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node", path=path)
    assert node
    command = [node, "browser/tests/ajv-check.mjs"]
    given = "\n".join(map(str, files))
    done = subprocess.run(command, cwd=PROJECT, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    verdicts: list[list[bool]] = json.loads(done.stdout)
    return verdicts


def parsed(file: Path) -> Any:
    """What stands in a file, None where it is no JSON: a schema says nothing about that."""
    try:
        return json.loads(file.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def fits(record: Any) -> bool:
    return next(schema_errors(record, "assessment-result"), None) is None


def varied(records: list[Any], chance: random.Random) -> Any:
    """A record with one thing in it, at whatever depth, taken away, doubled, or put for something odd."""
    record = copy.deepcopy(chance.choice(records))
    inside: Any = record
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = chance.choice(keys)
        if not isinstance(inside[key], dict | list) or not inside[key] or chance.random() < 0.3:
            break
        inside = inside[key]
    if chance.random() < 0.3:
        del inside[key]
    elif isinstance(inside, dict) and chance.random() < 0.3:
        inside[f"{key}-x"] = inside[key]
    else:
        inside[key] = chance.choice(ODD)
    return record


def test_both_say_the_same(tmp_path: Path) -> None:
    """Of every example, good and bad, of every file kept for ever, of the vectors, and of 400 that were spoilt."""
    folders = (EXAMPLES / "valid/results", EXAMPLES / "invalid/results", GOLDEN)
    files = [file for folder in folders for file in sorted(folder.glob("*.json")) if parsed(file) is not None]
    vectors = json.loads((PROJECT / "tests/vectors/migration.json").read_text(encoding="utf-8"))
    for number, vector in enumerate(vectors):
        files.append(tmp_path / f"vector-{number}.json")
        files[-1].write_text(json.dumps(vector["record"]), encoding="utf-8")
    records = [record for record in map(parsed, files) if fits(record)]
    assert len(records) > 10
    chance = random.Random(20261121)
    for number in range(VARIED):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(varied(records, chance)), encoding="utf-8")
        files.append(file)
    pythons = [fits(parsed(file)) for file in files]
    assert 20 < sum(pythons) < len(files) - 100, "some fit and some do not"
    for name, verdicts in zip(("the whole schema", "the form"), ajv_verdicts(files), strict=True):
        differing = [
            file.name for file, ours, theirs in zip(files, pythons, verdicts, strict=True) if ours != theirs
        ]
        assert differing == [], name
