"""The handbook of this repository."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from english import english_lines
from example_handbook import PROJECT, loaded, tebiki
from tebiki.reading.load import load
from tebiki.rules import check

#: What the five documents say: the id, kind and place of each fact, none of their wording.
INVENTORY = PROJECT / "tests" / "coverage" / "inventory.csv"
_LINKED = re.compile(r"(?<!!)\[\[([^\[\]|\n]+)")
_FETCHED_AHEAD = re.compile(r"for \(const file of \[([^]]*)\]\) \{\s*fetch\(")
_FOR_FORMS = ["assets/bundles/form.css", "assets/bundles/checklist.js"]


def test_it_has_no_problem_at_all() -> None:
    handbook, problems = load(PROJECT)
    assert english_lines(sorted({*problems, *check(handbook)})) == []


def test_it_carries_or_omits_every_fact_of_its_sources() -> None:
    with INVENTORY.open(encoding="utf-8", newline="") as stream:
        facts = list(csv.DictReader(stream))
    handbook = loaded(PROJECT)
    assert {fact["source"] for fact in facts} <= set(handbook.sources)
    core = {fact["id"] for fact in facts if fact["scope"] == "core"}
    assert (len(facts), len(core)) == (614, 546)
    assert len(handbook.omissions) <= 15
    assert not core & set(handbook.omissions)
    result = tebiki(PROJECT, "coverage", INVENTORY)
    assert result.exit_code == 0, result.output


def test_a_fact_that_it_does_not_carry_is_missed(tmp_path: Path) -> None:
    more = INVENTORY.read_text(encoding="utf-8") + "no-such-fact,role,doc-policy-2021-04-27,core,\n"
    (tmp_path / "inventory.csv").write_text(more, encoding="utf-8")
    result = tebiki(PROJECT, "coverage", tmp_path / "inventory.csv")
    assert result.exit_code == 1
    assert "missing: no-such-fact (role, doc-policy-2021-04-27, line 616 of the list)" in result.output


def test_pages_that_lead_to_a_form_fetch_its_script_ahead(built: dict[str, Path]) -> None:
    """In time that is left, so that the form opens at once; no other page does."""
    handbook = loaded(PROJECT)
    forms = {page.id for page in handbook.pages if "![[checklist " in page.body["en"]}
    leading = {page.path for page in handbook.pages if forms & set(_LINKED.findall(page.body["en"]))}
    assert "index" in leading
    for page in handbook.pages:
        text = (built["real"] / f"en/{page.path}.html").read_text(encoding="utf-8")
        lists = _FETCHED_AHEAD.findall(text)
        files = [re.findall(r'"(?:\.\./)*([^"]+)"', files) for files in lists]
        wanted = page.path in leading and page.id not in forms
        assert files == ([_FOR_FORMS] if wanted else []), page.path
