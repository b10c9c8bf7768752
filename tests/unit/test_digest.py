"""Digests over RFC 8785 canonical JSON, checked against the examples of that specification."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from example_handbook import MINIMAL, loaded, rewrite
from tebiki.model.digest import digest
from tebiki.reading.load import load
from tebiki.reading.yaml_reader import Document, read_yaml


def digest_of(canonical: str) -> str:
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def test_the_example_of_section_3_2_2() -> None:
    text = r"""{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }"""
    canonical = (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        r'"string":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'
    )
    assert digest(json.loads(text)) == digest_of(canonical)


def test_keys_are_in_the_order_of_utf_16() -> None:
    """Section 3.2.3: an emoji, two units from U+D83D on, comes before U+FB33."""
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    inside = ",".join(f'{json.dumps(key, ensure_ascii=False)}:"{names[key]}"' for key in order)
    assert digest(names) == digest_of("{" + inside + "}")


@pytest.mark.parametrize(
    ("bits", "canonical"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_as_in_appendix_b(bits: str, canonical: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert digest(number) == digest_of(canonical)


def test_japanese_is_written_as_it_is() -> None:
    data = {"題": "研究セキュリティ", "半角": "ｶﾞ", "結合": "が", "引用": '「"\\」\u3000𠮷'}
    canonical = '{"半角":"ｶﾞ","引用":"「\\"\\\\」\u3000𠮷","結合":"が","題":"研究セキュリティ"}'
    assert digest(data) == digest_of(canonical)


def test_texts_are_not_normalised() -> None:
    assert digest("が") != digest("か\u3099")


def test_data_from_yaml_has_the_digest_of_the_same_data_from_json() -> None:
    document = read_yaml("b: [1, {い: 2.50}]\na: ろ\n", "a.yml")
    assert isinstance(document, Document)
    assert digest(document.data) == digest({"a": "ろ", "b": [1, {"い": 2.5}]})


def test_the_order_and_the_layout_of_a_checklist_do_not_change_its_digest() -> None:
    checklist = next(checklist for checklist in loaded(MINIMAL).checklists if checklist.id == "visitor-check")
    data: Any = json.loads(json.dumps(checklist.head.data, sort_keys=True))
    assert digest(data) == digest(checklist.head.data)


def test_a_line_break_inside_japanese_is_in_the_digest_as_yaml_folds_it(minimal: Path) -> None:
    """Whoever reads the file with another parser gets the same digest."""
    file = minimal / "checklists" / "visitor-check" / "1.0.0.yml"
    rewrite(file, "自分のカードを使っていますか。", "自分のカードを\n          使っていますか。")
    checklist = next(entry for entry in load(minimal)[0].checklists if entry.id == "visitor-check")
    question = next(checklist.questions)
    assert question.data["question"]["ja"] == "自分のカードを使っていますか。"
    folded = json.dumps(checklist.head.data, ensure_ascii=False).replace("カードを使って", "カードを 使って")
    assert checklist.digest == digest(json.loads(folded)) != digest(checklist.head.data)


@pytest.mark.parametrize("value", ["\ud83d", {"\udc00": 1}, 2**53, float("nan"), float("inf")])
def test_what_json_cannot_hold_has_no_digest(value: object) -> None:
    with pytest.raises(ValueError):
        digest(value)
