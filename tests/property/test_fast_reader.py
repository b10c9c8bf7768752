"""The quick reading of many files never accepts what the full check finds fault with."""

from __future__ import annotations

import json
import random
from typing import Any

from example_handbook import EXAMPLES as FILES
from example_handbook import MINIMAL, loaded
from random_results import random_record
from random_seeds import seeds
from tebiki.results.check import check_result, read_result
from tebiki.results.checklist_version import checklist_versions
from tebiki.results.fast_reader import FastReader
from tebiki.results.record import serialize, with_digest

HANDBOOK = loaded(MINIMAL)
FORM = next(version for version in checklist_versions(HANDBOOK) if version.checklist.id == "visitor-check")
QUICK = FastReader([FORM])
CODES = next(iter(QUICK.codes.values()))
PUT_IN = (b'"', b"\\", b"{}", b"[]", b",", b" ", b"\n", b"\\u0041", b"\xff", b"0", b"1.0", b"-", b"null", b'"rev":1,', b'"__proto__":{},', b"e2")  # fmt: skip
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    1,
    1.5,
    2**60,
    "",
    "x",
    "__proto__",
    "\u202e",
    [],
    {},
    [[]],
    "2026-13",
    "é" * 501,
    "done\n",
)


def agree(raw: bytes) -> bool:
    """Whether the quick reading accepts the file; if so, the full check has to."""
    row = QUICK.read(raw, "result.json")
    if row is None:
        return False
    assert check_result(raw, HANDBOOK) == []
    whole = json.loads(raw)
    assert (row.file, row.assessment, row.digest) == ("result.json", whole["id"], whole["digest"])
    assert row.codes == CODES.encode(whole["answers"])
    return True


def test_every_example() -> None:
    accepted = [
        file.name for file in sorted((FILES / "valid" / "results").glob("*.json")) if agree(file.read_bytes())
    ]
    assert "complete.json" in accepted
    assert not any(agree(file.read_bytes()) for file in (FILES / "invalid" / "results").glob("*.json"))


def test_a_handbook_without_checklists_accepts_nothing() -> None:
    raw = serialize(random_record(FORM, HANDBOOK, random.Random(1)))
    assert FastReader([]).read(raw, "result.json") is None


def test_what_is_in_order_is_read_quickly() -> None:
    slow = 0
    for number, chance in enumerate(seeds()):
        raw = serialize(random_record(FORM, HANDBOOK, chance))
        assert agree(raw) == (check_result(raw, HANDBOOK) == []), f"seed {number}"
        slow += not agree(raw)
    assert slow < number


def test_any_bytes_put_in() -> None:
    for chance in seeds():
        raw = serialize(random_record(FORM, HANDBOOK, chance))
        start = chance.randrange(len(raw))
        agree(raw[:start] + chance.choice(PUT_IN) + raw[start + chance.randrange(4) :])


def test_any_member_changed_and_sealed_again() -> None:
    accepted = 0
    for chance in seeds():
        record = json.loads(serialize(random_record(FORM, HANDBOOK, chance)))
        change(record, chance)
        try:
            raw = serialize(with_digest(record))
        except (ValueError, TypeError):
            continue
        accepted += agree(raw)
    assert accepted


def test_a_member_that_stands_twice_is_left_to_the_full_check() -> None:
    for chance in seeds():
        raw = serialize(random_record(FORM, HANDBOOK, chance))
        lines = raw.split(b"\n")
        places = [number for number, line in enumerate(lines) if line.endswith(b",") and b": " in line]
        lines.insert(chance.choice(places), lines[chance.choice(places)])
        again = b"\n".join(lines)
        if read_result(again, HANDBOOK).findings:
            assert not agree(again)


def change(tree: Any, chance: random.Random) -> None:
    """Change one value somewhere inside, add one, or take one away."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(tree[key], (dict, list)) and tree[key] and chance.random() < 0.7:
            tree = tree[key]
            continue
        if chance.random() < 0.2 and isinstance(tree, dict):
            del tree[key]
        elif chance.random() < 0.2 and isinstance(tree, dict):
            tree[chance.choice(("__proto__", "score", "kind", "round", "content"))] = chance.choice(VALUES)
        else:
            tree[key] = chance.choice(VALUES)
        return
