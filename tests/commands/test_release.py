"""tebiki release check: each promise that would be broken, with file, line and remedy."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from example_handbook import MINIMAL, rewrite, tebiki
from repository import commit, git
from tebiki.history.release import RELEASE_RULES

HANDBOOK = "content/handbook.yml"
OLD = "checklists/visitor-check/1.0.0.yml"


@pytest.fixture
def released(minimal: Path) -> Path:
    """The example handbook, released as 1.2.0; the files already say 1.3.0."""
    commit(minimal, "first", "v1.2.0")
    rewrite(minimal / HANDBOOK, "version: 1.2.0", "version: 1.3.0")
    rewrite(minimal / HANDBOOK, '"2026-04-01"', '"2026-05-01"')
    return minimal


def new_version(root: Path, version: str, *changes: tuple[str, str]) -> str:
    """The checklist in another version, with texts replaced; returns its file."""
    file = f"checklists/visitor-check/{version}.yml"
    text = (root / OLD).read_text(encoding="utf-8").replace("version: 1.0.0", f"version: {version}")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (root / file).write_text(text, encoding="utf-8")
    return file


def logged(root: Path) -> None:
    """Write the change log, confirm the translations and commit."""
    result = tebiki(root, "diff", "v1.2.0", "--write")
    assert result.exit_code == 0, result.stderr
    assert tebiki(root, "translations", "confirm", "--all").exit_code == 0
    commit(root, "a new version")


def problems(root: Path) -> list[str]:
    result = tebiki(root, "release", "check")
    assert result.exit_code in (0, 1), result.stderr
    lines = result.stdout.splitlines()
    assert bool(lines) == (result.exit_code == 1)
    for line in lines:
        assert re.fullmatch(r"\S+:[1-9]\d*:[1-9]\d* [a-z-]+ .+", line), line
        assert line.split()[1] in RELEASE_RULES
    return lines


def test_what_is_tagged_is_in_order(released: Path) -> None:
    assert [line.split()[:2] for line in problems(released)] == [
        ["content/changes/1.3.0.yml:1:1", "release-log"],
        [f"{HANDBOOK}:1:1", "release-uncommitted"],
    ]
    logged(released)
    assert problems(released) == []
    git(released, "tag", "v1.3.0")
    assert problems(released) == [], "at the tag itself it is still compared with the version before"


def test_a_handbook_never_released_has_only_to_be_in_order_and_committed(minimal: Path) -> None:
    commit(minimal)
    result = tebiki(minimal, "release", "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no version has been tagged yet" in result.stderr
    rewrite(minimal / HANDBOOK, '"2026-04-01"', '"2026-05-01"')
    assert [line.split()[1] for line in problems(minimal)] == ["release-uncommitted"]
    commit(minimal, tag="v1.2.0")
    assert "; v1.2.0 is the present commit, and no version" in tebiki(minimal, "release", "check").stderr


def test_an_id_that_vanished(released: Path) -> None:
    (released / "content/events.yml").unlink()
    rewrite(released / "content/pages/community/activities.ja.md", "![[list event]]\n", "")
    rewrite(released / "content/pages/community/activities.en.md", "![[list event]]\n", "")
    logged(released)
    (line,) = problems(released)
    assert line.startswith(
        "content/events.yml:4:5 release-vanished event-new-building was released and is gone"
    )
    snippet = line.partition("add to content/retired.yml: ")[2]
    file = released / "content/retired.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"  {snippet}\n", encoding="utf-8")
    assert (
        yaml.safe_load(file.read_text(encoding="utf-8"))["retired"]["event-new-building"]["kind"] == "event"
    )
    logged(released)
    assert problems(released) == []
    log = yaml.safe_load((released / "content/changes/1.3.0.yml").read_text(encoding="utf-8"))
    assert {"id": "event-new-building", "what": "retired"} in log["changes"]


def test_a_part_that_vanished_and_a_retired_id_that_came_off_the_list(released: Path) -> None:
    rewrite(released / "content/procedures.yml", "id: step-borrow", "id: step-take-home")
    rewrite(released / "content/retired.yml", "  date-slip:", "  date-stamp:")
    rewrite(released / "content/changes/1.2.0.yml", "id: date-slip", "id: date-stamp")
    logged(released)
    text = (MINIMAL / "content/procedures.yml").read_text(encoding="utf-8")
    line = text[: text.index("id: step-borrow")].count("\n") + 1
    assert [line.split()[:3] for line in problems(released)] == [
        [f"content/procedures.yml:{line}:9", "release-vanished", "step-borrow"],
        ["content/retired.yml:2:1", "release-vanished", "date-slip"],
    ]


def test_a_released_checklist_that_was_edited(released: Path) -> None:
    rewrite(released / OLD, "期限までに返していますか。", "期限内に返していますか。")
    logged(released)
    (line,) = problems(released)
    assert line.startswith(f"{OLD}:3:1 release-edited visitor-check 1.0.0 was released with v1.2.0")
    assert "write the change into checklists/visitor-check/1.0.1.yml" in line


def test_a_released_checklist_that_is_gone(released: Path) -> None:
    new_version(released, "1.0.1")
    (released / OLD).unlink()
    logged(released)
    (line,) = problems(released)
    assert line.startswith(
        f"{OLD}:3:1 release-vanished visitor-check 1.0.0 was released and is gone: put the file back"
    )


def test_other_answers_under_a_released_checklist(released: Path) -> None:
    rewrite(released / "checklists/answer-sets/done-or-not.yml", "role: open", "role: negative")
    logged(released)
    (line,) = problems(released)
    assert line.startswith("checklists/answer-sets/done-or-not.yml:3:1 release-edited ")
    assert "make a new answer set" in line


def test_better_words_for_an_answer_are_no_problem(released: Path) -> None:
    rewrite(released / "checklists/answer-sets/done-or-not.yml", "ja: ときどき", "ja: たまに")
    logged(released)
    assert problems(released) == []


@pytest.mark.parametrize(
    ("change", "line", "remedy"),
    [
        (("is: [done, partly]", "is: [done]"), 28, "raise rev to 3"),
        (("引っ越しのあと届けました。", "電話番号も届けてあります。"), 28, "raise rev to 3"),
        (("期限までに返していますか。", "本を大切に扱い、書き込みをしていませんか。"), 49, "raise rev to 2"),
        (("rev: 2", "rev: 1"), 28, "write 2 or more"),
    ],
    ids=["condition", "criterion", "another question", "lowered"],
)
def test_a_change_of_meaning_without_a_raised_rev(
    released: Path, change: tuple[str, str], line: int, remedy: str
) -> None:
    file = new_version(released, "2.0.0", change)
    logged(released)
    (problem,) = problems(released)
    assert problem.startswith(f"{file}:{line}:9 release-rev ")
    assert remedy in problem


def test_with_a_raised_rev_the_meaning_may_change(released: Path) -> None:
    new_version(released, "2.0.0", ("is: [done, partly]", "is: [done]"), ("rev: 2", "rev: 3"))
    logged(released)
    assert problems(released) == []


@pytest.mark.parametrize(
    ("change", "enough", "too_small"),
    [
        (("期限までに返していますか。", "期限内に返していますか。"), "1.0.1", None),
        (
            ("- {ja: 届けの控え, en: Your copy of the form}", "- {ja: 届の控え, en: A copy of the form}"),
            "1.0.1",
            None,
        ),
        (("evidence: {wanted: required}", "evidence: {wanted: recommended}"), "1.1.0", "1.0.1"),
        (("office: {ja: 案内の窓口, en: Information desk}", ""), "1.1.0", "1.0.1"),
        (("status: retired", "status: active"), "1.1.0", "1.0.1"),
        (("audience: visitor", "audience: staff"), "2.0.0", "1.1.0"),
        (("rev: 2", "rev: 3"), "2.0.0", "1.9.0"),
    ],
    ids=["wording", "example", "evidence", "office", "asked again", "readers", "meaning"],
)
def test_a_version_too_small_for_its_change(
    released: Path, change: tuple[str, str], enough: str, too_small: str | None
) -> None:
    file = new_version(released, enough, change)
    logged(released)
    assert problems(released) == []
    if too_small:
        (released / file).unlink()
        file = new_version(released, too_small, change)
        logged(released)
        (problem,) = problems(released)
        assert problem.startswith(f"{file}:4:1 release-version visitor-check {too_small} makes a ")
        assert problem.endswith(f": call it {enough} or higher")


def test_a_question_that_is_gone_instead_of_retired(released: Path) -> None:
    file = new_version(released, "2.0.0", ("id: stamps-card", "id: stamps-the-card"))
    logged(released)
    (problem,) = problems(released)
    assert problem.startswith(f"{file}:3:1 release-vanished the question stamps-card of 1.0.0 is gone")
    assert "status: retired" in problem


def test_the_version_of_the_handbook_has_to_rise(released: Path) -> None:
    rewrite(released / HANDBOOK, "version: 1.3.0", "version: 1.2.0")
    rewrite(released / "content/events.yml", '"2027-03"', '"2027-04"')
    commit(released)
    (problem,) = problems(released)
    assert problem.startswith(
        f"{HANDBOOK}:8:1 release-log v1.2.0 was version 1.2.0, and this is another text"
    )
    result = tebiki(released, "diff", "v1.2.0", "--write")
    assert result.exit_code == 2
    assert "raise version and date in content/handbook.yml first" in result.stderr


def test_a_change_that_the_log_does_not_name(released: Path) -> None:
    rewrite(released / "content/events.yml", '"2027-03"', '"2027-04"')
    logged(released)
    assert problems(released) == []
    rewrite(released / "content/cases.yml", "ja: 夕方にも", "ja: 夜にも")
    assert tebiki(released, "translations", "confirm", "--all").exit_code == 0
    commit(released)
    (problem,) = problems(released)
    assert problem.startswith(
        "content/changes/1.3.0.yml:4:1 release-log case-station-branch (changed) is not in"
    )
    assert "add - {id: case-station-branch, what: changed}" in problem


def test_words_that_people_wrote_into_the_log_stay(released: Path) -> None:
    rewrite(released / "content/events.yml", '"2027-03"', '"2027-04"')
    logged(released)
    file = released / "content/changes/1.3.0.yml"
    rewrite(file, "changes:\n", "text: {ja: 春の版です。, en: The spring version.}\nchanges:\n")
    rewrite(file, "    what: changed\n", "    what: changed\n    text: {ja: 遅れます。, en: It is late.}\n")
    rewrite(released / "content/cases.yml", "ja: 夕方にも", "ja: 夜にも")
    logged(released)
    log = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert log["text"]["ja"] == "春の版です。"
    assert [(change["id"], change.get("text", {}).get("en")) for change in log["changes"]] == [
        ("case-station-branch", None), ("event-new-building", "It is late."),
    ]  # fmt: skip
    assert problems(released) == []


def test_a_standing_that_changed_through_a_source_is_logged(released: Path) -> None:
    rewrite(released / "content/sources.yml", "    status: notice", "    status: adopted")
    logged(released)
    log = yaml.safe_load((released / "content/changes/1.3.0.yml").read_text(encoding="utf-8"))
    entries = {change["id"]: change for change in log["changes"]}
    assert entries["doc-notice-2026"]["what"] == "changed"
    assert entries["reservation"] == {
        "id": "reservation", "what": "status", "status": {"before": "notice", "after": "adopted"}
    }  # fmt: skip
    assert problems(released) == []


def test_every_release_rule_has_a_test_and_is_told_to_other_programs(released: Path) -> None:
    (released / "content/events.yml").unlink()
    rewrite(released / OLD, "is: [done, partly]", "is: [done]")
    new_version(released, "1.0.1", ("audience: visitor", "audience: staff"))
    result = tebiki(released, "release", "check", "--format", "github")
    assert set(re.findall(r"title=([\w-]+)", result.stdout)) >= set(RELEASE_RULES)
    assert f"::error file={OLD},line=28,col=9,title=release-rev," in result.stdout


def test_against_a_folder_without_git(minimal: Path) -> None:
    result = tebiki(minimal, "release", "check", "--against", MINIMAL)
    assert (result.exit_code, result.stdout) == (0, "")
    assert tebiki(minimal, "release", "check").exit_code == 2


def test_a_shallow_clone_without_tags(released: Path, tmp_path: Path) -> None:
    commit(released, "second")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", released.as_uri(), str(clone)], check=True)
    result = tebiki(clone, "release", "check")
    assert result.exit_code == 2
    assert "git fetch --unshallow --tags" in result.stderr


def test_each_new_version_is_compared_with_the_one_before_it(released: Path) -> None:
    wording = ("期限までに返していますか。", "期限内に返していますか。")
    evidence = ("evidence: {wanted: required}", "evidence: {wanted: recommended}")
    new_version(released, "1.0.1", wording)
    new_version(released, "1.1.0", wording, evidence)
    last = new_version(released, "1.1.1", wording, evidence, ("audience: visitor", "audience: staff"))
    logged(released)
    (problem,) = problems(released)
    assert problem.startswith(f"{last}:4:1 release-version visitor-check 1.1.1 makes a major change to 1.1.0")
    assert problem.endswith(": call it 2.0.0 or higher")
