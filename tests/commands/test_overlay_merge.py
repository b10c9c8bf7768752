"""Two handbooks become one: what is national stays as it is, what is the institution's is marked so."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest
from english import english_lines
from example_handbook import MINIMAL, loaded, rewrite, tebiki
from hypothesis import given, settings
from hypothesis import strategies as st
from overlay_handbook import create_branch
from random_results import random_record
from repository import commit
from tebiki.history.state import plain_data
from tebiki.model.handbook import Handbook
from tebiki.reading.load import load
from tebiki.results.checklist_version import checklist_versions, compute_figures
from tebiki.rules import check

NATIONAL = loaded(MINIMAL)
CAN_BE_HIDDEN = [item.id for item in NATIONAL.items if item.kind != "source"]
CAN_BE_HIDDEN += [checklist.id for checklist in NATIONAL.current_checklists]
CAN_BE_EXPLAINED = [item.id for item in NATIONAL.items] + [page.id for page in NATIONAL.pages]
QUESTIONS = [item.id for item in NATIONAL.current_checklists[0].questions if not item.retired]


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """The branch's handbook, with the library's beside it."""
    create_branch(tmp_path / "branch")
    return tmp_path / "branch"


def test_the_example_is_in_order(branch: Path) -> None:
    done = tebiki(branch, "check")
    assert (done.exit_code, done.stdout) == (0, "")


def test_the_handbook_is_complete_and_called_by_its_own_name(branch: Path) -> None:
    handbook, problems = load(branch)
    assert problems == []
    assert handbook.data["title"]["en"] == "Using the West Branch"
    assert handbook.data["publisher"]["ja"] == "ひばり西分館"
    assert {page.id for page in handbook.pages} - {page.id for page in NATIONAL.pages} == {"west-about"}
    assert handbook.site["nav"][-1] == {"west": ["west/index.md"]}
    assert handbook.site["nav"][:-1] == NATIONAL.site["nav"]
    home = next(page for page in handbook.pages if page.id == "home")
    for language, body in home.body.items():
        assert body.index("|---|") < body.index("![[west-desk]]") < body.index("## ")
        # places in the library's file are those that they were
        (before,) = (page for page in NATIONAL.pages if page.id == "home")
        for words in ("[[glossary", "![[contact-desk]]"):
            ours = home.place(language, body.index(words))
            there = before.place(language, before.body[language].index(words))
            assert (ours.line, ours.column) == (there.line, there.column)


def test_a_handbook_without_pages_of_its_own_has_those_of_the_library(branch: Path) -> None:
    shutil.rmtree(branch / "content/pages")
    handbook, _problems = load(branch)
    assert handbook.site["nav"] == NATIONAL.site["nav"]


def test_questions_go_into_the_highest_version_and_leave_its_digest(branch: Path) -> None:
    handbook, _problems = load(branch)
    before = {
        (form.checklist.id, form.checklist.version): form.digest for form in checklist_versions(NATIONAL)
    }
    after = {(form.checklist.id, form.checklist.version): form for form in checklist_versions(handbook)}
    assert {name: form.digest for name, form in after.items()} == before
    sections = {
        section.id: [i.id for i in section.questions]
        for section in after["visitor-check", "1.0.0"].checklist.sections
    }
    assert sections["books"][-1] == "west-box"
    assert list(sections)[-1] == "west-own"
    assert after["visitor-check", "1.0.0"].checklist.local == ["west-box", "west-key"]
    assert [form.checklist.local for name, form in after.items() if name[0] != "visitor-check"] == [[], []]


def test_what_is_wrong_is_told_in_the_file_of_the_overlay_that_has_it(branch: Path) -> None:
    rewrite(branch / "content/guidance.yml", "under: country-finland", "under: country-norway")
    done = tebiki(branch, "check")
    assert done.exit_code == 1
    assert done.stdout.startswith(
        "content/guidance.yml:24:5 overlay-reference there is no item or page called"
    )


def test_a_stale_translation_of_the_library_is_not_the_branch_s(tmp_path: Path) -> None:
    create_branch(tmp_path / "branch")
    rewrite(tmp_path / "library/content/terms.yml", "      ja: 資料を館の外へ", "      ja: 本を館の外へ")
    commit(tmp_path / "library", tag="v1.2.1")
    assert "translation-stale" in tebiki(tmp_path / "library", "check").stdout
    assert tebiki(tmp_path / "branch", "upstream", "v1.2.1", "--take").exit_code == 0
    done = tebiki(tmp_path / "branch", "check")
    assert (done.exit_code, done.stdout) == (0, "")
    listed = tebiki(tmp_path / "branch", "translations")
    assert (listed.exit_code, listed.stdout) == (0, "en: 15 current, 0 stale, 0 missing\n")


overlays = st.fixed_dictionaries(
    {
        "hidden": st.sets(st.sampled_from(CAN_BE_HIDDEN), max_size=6),
        "explained": st.lists(st.sampled_from(CAN_BE_EXPLAINED), max_size=6),
        "asked": st.lists(st.tuples(st.sampled_from(["card", "books", "west-own"]), st.none() | st.sampled_from(QUESTIONS)), max_size=4),
        "desk": st.sampled_from([page.id for page in NATIONAL.pages]),
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def written_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of the branch that is written anew for each example."""
    root = tmp_path_factory.mktemp("any") / "branch"
    create_branch(root)
    return root


@settings(max_examples=15)
@given(overlays, st.integers(0, 1000))
def test_any_overlay_leaves_what_is_national_as_it_is(
    written_anew: Path, overlay: dict[str, object], seed: int
) -> None:
    """Entries, their order, digests and counts are those of the library, whatever the branch adds and hides."""
    write(written_anew, overlay)
    handbook, problems = load(written_anew)
    errors = [problem for problem in (*problems, *check(handbook)) if problem.severity == "error"]
    assert english_lines(errors) == []
    for name in ("items", "answer_sets"):
        merged = [plain_data(entry.data) for entry in getattr(handbook, name) if entry.at.upstream]
        is_unchanged = merged == [plain_data(entry.data) for entry in getattr(NATIONAL, name)]
        assert is_unchanged, (
            name
        )  # compared outside the assertion, because explaining the difference takes minutes
    own = {item.id for item in handbook.items if not item.at.upstream}
    assert all(item_id.startswith("west-") for item_id in own)
    assert not own & {item.id for item in NATIONAL.items}
    pages = [plain_data(page.head.data) for page in handbook.pages if page.head.at.upstream]
    assert (pages == [plain_data(page.head.data) for page in NATIONAL.pages]) is True
    assert_counted_alike(handbook, seed)


def assert_counted_alike(handbook: Handbook, seed: int) -> None:
    for form, national in zip(checklist_versions(handbook), checklist_versions(NATIONAL), strict=True):
        assert form.digest == national.digest
        record = random_record(form, handbook, random.Random(seed))
        assert record["local"] == form.checklist.local if form.checklist.local else "local" not in record
        here, there = compute_figures(form, record["answers"]), compute_figures(national, record["answers"])
        assert (here.total, here.sections) == (there.total, there.sections)
        assert record["computed"]["total"] == dict(there.total)


def write(root: Path, overlay: dict[str, object]) -> None:
    """Replace what the branch adds and hides by ``overlay``."""
    both = {"ja": "文", "en": "A text"}
    day = "2026-05-01"
    hidden = {item: {"reason": both, "date": day} for item in sorted(overlay["hidden"])}
    guidance = [
        {"id": f"west-g-{number}", "under": item, "title": both, "text": both, "date": day}
        for number, item in enumerate(overlay["explained"])
    ]
    sections: dict[str, dict[str, object]] = {}
    for number, (section, after) in enumerate(overlay["asked"]):
        question = {
            "id": f"west-q-{number}", "rev": 1, "number": str(number), "question": both, "help": both,
            "evidence": {"wanted": "none"}, "na": {"allowed": True}, "sources": [{"source": "west-rules", "place": "1"}],
            **({"when": {"item": after, "answered": True}} if after else {}),
        }  # fmt: skip
        own = {"title": both} if section == "west-own" else {}
        there = sections.setdefault(section, {"id": section, **own, "items": []})
        there["items"].append(question)
    files = {
        "content/hidden.yml": {"kind": "hidden", "hidden": hidden},
        "checklists/visitor-check.yml": {"kind": "additions", "checklist": "visitor-check", "sections": list(sections.values())},
    }  # fmt: skip
    (root / "content/guidance.yml").unlink(missing_ok=True)
    if guidance:
        files["content/guidance.yml"] = {"kind": "guidance", "items": guidance}
    for name, data in files.items():
        (root / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    text = (root / "overlay.yml").read_text(encoding="utf-8")
    text = re.sub(r"page: [a-z-]+", f"page: {overlay['desk']}", text)
    (root / "overlay.yml").write_text(text, encoding="utf-8")
