"""No Japanese text of the handbook repeats 25 characters of a source outside quotation marks."""

from __future__ import annotations

from pathlib import Path

from example_handbook import PROJECT, loaded
from source_text import WINDOW, copied_passages, fingerprints, read_fingerprints
from tebiki.reading.load import load

FINGERPRINTS = PROJECT / "tests/source_fingerprints/windows.bin"
#: Names that stand in a sentence, besides the names that the handbook registers.
NAMES = (
    "科学技術・イノベーション創出の活性化に関する法律（平成20年法律第63号）",
    "イノベーション促進産学官対話会議",
    "産学官連携による共同研究強化のためのガイドライン",
    "グローバルな研究エコシステムにおけるインテグリティとセキュリティ",
    "ガイダンス（Trusted Research Guidance）",
)


def test_text_of_a_source_is_in_quotation_marks() -> None:
    """What this finds is quoted, or said in other words. A name goes into the register or NAMES."""
    handbook = loaded(PROJECT)
    known = read_fingerprints(FINGERPRINTS)
    assert len(known) > 50_000
    assert copied_passages(handbook, known, NAMES) == []


def test_a_copied_passage_is_found_and_a_quoted_one_is_not(minimal: Path) -> None:
    """Also when width and line breaks differ."""
    passage = "貸し出した本は、返す日までに図書館のカウンターへ持ってきてください。"
    known = frozenset(fingerprints(passage.replace("、", "、\n")))
    assert len(known) == len(passage) - WINDOW + 1
    page = minimal / "content/pages/rules/borrowing.ja.md"
    page.write_text(
        f"{page.read_text(encoding='utf-8')}\n{passage}\n\n「{passage}」です。\n", encoding="utf-8"
    )
    handbook, _problems = load(minimal)
    passages = copied_passages(handbook, known)
    assert len(passages) == 1
    assert passages[0].endswith(passage)
