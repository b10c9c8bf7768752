"""The workflows fit the schemas of their hosts, grant least rights, pin what they use, and run make targets."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable

import pytest
from example_handbook import PROJECT
from make_targets import TOOLS
from workflows import GITHUB, GITLAB, JOBS, gitlab, read

DEPENDABOT = PROJECT / ".github/dependabot.yml"
HOOKS = PROJECT / ".pre-commit-hooks.yaml"
FORMS = sorted((PROJECT / ".github/ISSUE_TEMPLATE").glob("[0-9]-*.yml"))
#: The workflows that ``tebiki init`` writes.
STARTER = PROJECT / "generator/tebiki/starter/project"
STARTER_GITHUB = sorted((STARTER / "dot_github/workflows").glob("*.yml"))
DEVCONTAINER = PROJECT / ".devcontainer/devcontainer.json"

#: What each job may do, and no other may do anything.
RIGHTS = {
    ("check", "check"): {"contents": "read"},
    ("check", "test"): {"contents": "read"},
    ("check", "preview"): {"contents": "read"},
    ("check", "summary"): {"contents": "read", "pull-requests": "write"},
    ("confirm", "confirm"): {"contents": "write"},
    ("publish", "publish"): {"contents": "write"},
    ("publish", "pages"): {"contents": "read", "pages": "write", "id-token": "write"},
    ("release", "test"): {"contents": "read"},
    ("release", "package"): {"contents": "read"},
    ("release", "install"): {"contents": "read"},
    ("release", "release"): {"contents": "write"},
    ("sources", "sources"): {"contents": "read", "issues": "write"},
}
#: The only jobs that push with git.
PUSHES = {("publish", "publish"), ("confirm", "confirm")}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--builtin-schema", "vendor.github-workflows", *map(str, [*GITHUB.values(), *STARTER_GITHUB])],
        [
            *("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
            *(str(GITLAB), str(STARTER / "dot_gitlab-ci.yml")),
        ],
        ["--builtin-schema", "vendor.dependabot", str(DEPENDABOT)],
        ["--builtin-schema", "vendor.github-issue-forms", *map(str, FORMS)],
        ["--builtin-schema", "vendor.github-issue-config", str(FORMS[0].parent / "config.yml")],
    ],
)
def test_they_fit_the_schema_of_the_host(arguments: list[str]) -> None:
    done = subprocess.run(
        [TOOLS / "check-jsonschema", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_auditor_finds_nothing() -> None:
    """zizmor, with all its rules that need no network."""
    command = [TOOLS / "zizmor", "--offline", "--persona=pedantic", "--no-progress", *GITHUB.values()]
    command += [DEPENDABOT, HOOKS, *STARTER_GITHUB]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_granted_but_what_a_job_needs() -> None:
    assert {name: read(file)["permissions"] for name, file in GITHUB.items()} == {name: {} for name in GITHUB}
    assert {job: definition["permissions"] for job, definition in JOBS.items()} == RIGHTS


def test_credentials_stay_only_where_git_pushes() -> None:
    for job, definition in JOBS.items():
        for step in definition["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert (step["with"]["persist-credentials"] == "true") == (job in PUSHES)


def test_only_the_last_step_of_a_release_gets_the_token() -> None:
    assert [step.get("env") for step in JOBS["release", "release"]["steps"]] == [
        None,
        None,
        {"GH_TOKEN": "${{ github.token }}"},
    ]


def test_every_action_is_pinned_by_its_commit() -> None:
    pins: dict[str, set[str]] = {}
    for file in GITHUB.values():
        for line in file.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                match = re.fullmatch(r"[ -]+uses: ([\w/-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line)
                assert match, f"{file.name}: {line.strip()}"
                pins.setdefault(match[1], set()).add(match[2])
    assert all(name.startswith("actions/") for name in pins), "made by anyone but the host"
    assert {name: len(versions) for name, versions in pins.items()} == dict.fromkeys(pins, 1)


def test_the_image_is_pinned_by_its_digest() -> None:
    images = re.findall(r"image: (.*)", GITLAB.read_text(encoding="utf-8"))
    assert len(images) == 1
    assert re.fullmatch(r"python:\d\.\d+-\w+@sha256:[0-9a-f]{64} # \d+\.\d+\.\d+", images[0])
    image, _comment = images[0].split(" # ")
    assert json.loads(DEVCONTAINER.read_text(encoding="utf-8"))["image"] == image


def make_targets(scripts: Iterable[str]) -> set[str]:
    return {target for script in scripts for target in re.findall(r"\bmake (?:--silent )?([a-z]+)", script)}


def test_every_change_is_tested_before_it_is_merged() -> None:
    assert read(GITHUB["check"])["on"]["pull_request"] == ""
    assert [step["run"] for step in JOBS["check", "test"]["steps"] if "run" in step] == ["make test"]
    assert gitlab()["test"]["script"] == ["make test"]
    assert gitlab()["test"]["rules"] == gitlab()["check"]["rules"]
    assert JOBS["release", "release"]["needs"] == ["test", "install"]


def test_a_package_is_used_on_every_system_before_it_is_released() -> None:
    job = JOBS["release", "install"]
    assert {name.partition("-")[0] for name in job["strategy"]["matrix"]["os"]} == {
        "ubuntu",
        "windows",
        "macos",
    }
    assert job["needs"] == "package"
    assert not make_targets(step["run"] for step in job["steps"] if "run" in step)


def test_the_steps_are_make_targets() -> None:
    runs = [step["run"] for definition in JOBS.values() for step in definition["steps"] if "run" in step]
    scripts = [line for definition in gitlab().values() for line in definition["script"]]
    on_both = {"check", "test", "site", "deploy", "sources", "summary", "confirm"}
    assert make_targets(runs) == on_both | {"package"}
    assert make_targets(scripts) == on_both
    listed = subprocess.run(
        ["make", "-C", PROJECT, "help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(f"make {target} " in listed for target in make_targets(runs))


@pytest.mark.parametrize(
    ("ref", "starts"),
    [
        ("v1.2.0", True),
        ("v10.20.30", True),
        ("1.2.0", False),
        ("v1.2", False),
        ("v1.2.0-rc1", False),
        ("tebiki-v1.2.0", False),
    ],
)
def test_the_tags_that_publish(ref: str, starts: bool) -> None:
    assert tag_starts("publish", ref) == starts
    rules = [rule["if"] for rule in read(GITLAB)["workflow"]["rules"]]
    (on_gitlab,) = (match[1] for rule in rules if (match := re.search(r"CI_COMMIT_TAG =~ /(.*)/", rule)))
    assert bool(re.search(on_gitlab, ref)) == starts


@pytest.mark.parametrize(
    ("ref", "starts"), [("tebiki-v0.2.0", True), ("v0.2.0", False), ("tebiki-v0.2", False)]
)
def test_the_tags_that_release_the_generator(ref: str, starts: bool) -> None:
    assert tag_starts("release", ref) == starts


def tag_starts(name: str, ref: str) -> bool:
    """Whether the tag ``ref`` starts the workflow ``name``."""
    (pattern,) = read(GITHUB[name])["on"]["push"]["tags"]
    # GitHub's patterns are regular expressions here, except for the dot
    return bool(re.fullmatch(pattern.replace(".", r"\."), ref))
