"""The commands of the workflows, run against a bare repository in place of the host."""

from __future__ import annotations

import http.server
import json
import re
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import ClassVar
from urllib.parse import parse_qs

import pytest
from example_handbook import PROJECT, rewrite, tebiki
from make_targets import path_with_make
from published_handbook import create_repository, raise_version, root_entries
from repository import commit, git
from workflows import GITLAB, JOBS, gitlab, read

STARTER_GITLAB = PROJECT / "generator/tebiki/starter/project/dot_gitlab-ci.yml"
#: The variables that each host sets for a tag, as far as the commands read them.
ON_GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_REPOSITORY": "library/guide",
    "GITHUB_REPOSITORY_OWNER": "library",
}
ON_GITLAB = {
    "CI_PAGES_URL": "https://library.gitlab.example.org/guide",
    "GITLAB_USER_NAME": "編集者",
    "GITLAB_USER_EMAIL": "editor@library.example.org",
}


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A bare repository, and beside it in ``work`` the handbook as its editors have it, with the Makefile."""
    root = create_repository(tmp_path / "work")
    assert tebiki(root, "format").exit_code == 0
    (root / "Makefile").symlink_to(PROJECT / "Makefile")
    with (root / ".gitignore").open("a", encoding="utf-8") as stream:
        stream.write("public/\n")
    commit(root)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "host.git")
    git(tmp_path / "host.git", "config", "uploadpack.allowFilter", "true")
    git(root, "remote", "add", "origin", (tmp_path / "host.git").as_uri())
    tagged(root, "1.2.0")
    return tmp_path / "host.git"


def tagged(root: Path, version: str) -> None:
    """Send the version to the host as an editor does: the branch and the tag."""
    git(root, "tag", f"v{version}")
    git(root, "push", "--quiet", "origin", "main", f"v{version}")


def runner(host: Path, name: str) -> Path:
    """A shallow clone of what the tag ``name`` names, as the hosts make it for a job."""
    folder = host.parent / f"runner-{name}"
    git(host.parent, "clone", "--quiet", "--depth=1", "--branch", name, host.as_uri(), str(folder))
    (folder / "site_overrides").symlink_to(PROJECT / "site_overrides")
    return folder


def run(script: str, folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as the hosts do, without a name for git."""
    tools = folder.parent / "tools"
    kept = {"PATH": path_with_make(tools), "HOME": str(tools), "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def publish_on_github(host: Path, version: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The job ``publish`` of the workflow."""
    definition = JOBS["publish", "publish"]
    (script,) = (step["run"] for step in definition["steps"] if "run" in step)
    variables = {**definition["env"], **ON_GITHUB, "GITHUB_REF_NAME": f"v{version}", **more}
    return run(script, runner(host, f"v{version}"), variables)


def publish_on_gitlab(host: Path, version: str) -> subprocess.CompletedProcess[str]:
    """The job ``publish`` of GitLab's file."""
    definition = gitlab()["publish"]
    given = {name: Template(value).substitute(ON_GITLAB) for name, value in definition["variables"].items()}
    (script,) = definition["script"]
    return run(script, runner(host, f"v{version}"), {**ON_GITLAB, **given, "CI_COMMIT_TAG": f"v{version}"})


def canonical(host: Path, version: str) -> str:
    """The canonical address of the site in the front page of the published version."""
    page = git(host, "show", f"gh-pages:{version}/ja/index.html")
    link = re.search(r'<link rel="canonical" href="(.*?)latest/ja/index.html">', page)
    assert link
    return link[1]


def test_two_tags_on_github(host: Path) -> None:
    done = publish_on_github(host, "1.2.0")
    assert done.returncode == 0, done.stdout + done.stderr
    before = root_entries(host)
    assert {"1.2.0", "latest"} <= set(before)
    assert canonical(host, "1.2.0") == "https://library.github.io/guide/"
    raise_version(host.parent / "work", "1.3.0")
    tagged(host.parent / "work", "1.3.0")
    # a repository of the name that GitHub serves at the root
    done = publish_on_github(host, "1.3.0", GITHUB_REPOSITORY="library/library.github.io")
    assert done.returncode == 0, done.stdout + done.stderr
    assert canonical(host, "1.3.0") == "https://library.github.io/"
    assert root_entries(host)["1.2.0"] == before["1.2.0"]
    checkout = JOBS["publish", "pages"]["steps"][0]["with"]
    assert checkout["ref"] == "gh-pages"
    assert JOBS["publish", "pages"]["steps"][1]["with"]["path"] == checkout["path"]


def test_two_tags_on_gitlab(host: Path) -> None:
    work = host.parent / "work"
    done = publish_on_gitlab(host, "1.2.0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert canonical(host, "1.2.0") == "https://library.gitlab.example.org/guide/"
    rewrite(work / "mkdocs.yml", 'site_url: ""', "site_url: https://guide.example.org/library/")
    raise_version(work, "1.3.0")
    tagged(work, "1.3.0")
    done = publish_on_gitlab(host, "1.3.0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert canonical(host, "1.3.0") == "https://guide.example.org/library/", (
        "what mkdocs.yml says counts more"
    )
    author = git(host, "log", "-1", "--format=%an <%ae>", "gh-pages").strip()
    assert author == "編集者 <editor@library.example.org>"
    # the next job hands the branch to Pages, without the history
    definition = gitlab()["pages"]
    folder = host.parent / "empty"
    folder.mkdir()
    done = run("\n".join(definition["script"]), folder, {"CI_REPOSITORY_URL": host.as_uri()})
    assert done.returncode == 0, done.stdout + done.stderr
    assert definition["artifacts"]["paths"] == ["public"]
    assert {path.name for path in (folder / "public").iterdir()} == set(root_entries(host))
    assert (folder / "public/latest/ja/index.html").is_file()


def test_a_tag_of_another_version_publishes_nothing(host: Path) -> None:
    tagged(host.parent / "work", "1.9.0")
    done = publish_on_github(host, "1.9.0")
    assert done.returncode != 0
    assert "says that this is version 1.2.0, not 1.9.0" in done.stderr
    assert not git(host, "branch", "--list", "gh-pages")


def test_what_is_wrong_stands_at_the_lines_of_the_pull_request(host: Path) -> None:
    """As an annotation with file, line and column, in the form that GitHub reads from the log."""
    (script,) = (step["run"] for step in JOBS["check", "check"]["steps"] if "run" in step)
    here = runner(host, "v1.2.0")
    assert run(script, here, ON_GITHUB).returncode == 0
    rewrite(here / "content/roles.yml", "kind: role", "kind: roll")
    done = run(script, here, ON_GITHUB)
    assert done.returncode != 0
    assert re.search(
        r"^::error file=content/roles.yml,line=2,col=\d+,title=[\w-]+,key=", done.stdout, re.MULTILINE
    )
    by_hand = run(script, here, {})
    assert re.search(r"^content/roles.yml:2:\d+ ", by_hand.stdout, re.MULTILINE)


def test_the_preview_is_the_whole_site(host: Path) -> None:
    steps = JOBS["check", "preview"]["steps"]
    (script,) = (step["run"] for step in steps if "run" in step)
    here = runner(host, "v1.2.0")
    assert run(script, here, ON_GITHUB).returncode == 0
    (upload,) = (step["with"] for step in steps if "upload-artifact" in step.get("uses", ""))
    assert (here / upload["path"] / "ja/index.html").is_file()
    assert gitlab()["preview"]["artifacts"]["paths"] == [upload["path"]]


class Notes(http.server.BaseHTTPRequestHandler):
    """The notes of one merge request, as the API of GitLab gives and takes them."""

    notes: ClassVar[dict[int, str]] = {}

    def do_GET(self) -> None:
        notes = [{"id": number, "body": body} for number, body in self.notes.items()]
        self._answer(json.dumps(notes))

    def do_POST(self) -> None:
        self._take(len(self.notes) + 1)

    def do_PUT(self) -> None:
        self._take(int(self.path.rpartition("/")[2]))

    def _take(self, number: int) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8"))
        self.notes[number] = body["body"][0]
        self._answer("{}")

    def _answer(self, text: str) -> None:
        is_known = (
            self.headers["PRIVATE-TOKEN"] == "token" and "/projects/7/merge_requests/12/notes" in self.path
        )
        self.send_response(200 if is_known else 401)
        self.end_headers()
        self.wfile.write(text.encode("utf-8"))

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.mark.parametrize("file", [GITLAB, STARTER_GITLAB], ids=["ours", "starter"])
def test_one_comment_is_renewed_on_gitlab(file: Path, tmp_path: Path) -> None:
    script = read(file)["summary"]["script"][-1]
    Notes.notes = {1: "Looks fine", 2: "I mean <!-- tebiki summary -->"}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        variables = {
            "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
            "CI_MERGE_REQUEST_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "12",
        }
        for text in ("最初", "次"):
            summary = f"<!-- tebiki summary -->\n## {text} & more\n"
            (tmp_path / "summary.md").write_text(summary, encoding="utf-8")
            done = run(script, tmp_path, {**variables, "COMMENT_TOKEN": "token"})
            assert done.returncode == 0, done.stderr
            assert Notes.notes == {
                1: "Looks fine",
                2: "I mean <!-- tebiki summary -->",
                3: summary,
            }
        assert run(script, tmp_path, {**variables, "COMMENT_TOKEN": "wrong"}).returncode != 0
        assert run(script, tmp_path, variables).returncode == 0, "without a token there is no comment"
        server.shutdown()
    assert Notes.notes[3].startswith("<!-- tebiki summary -->\n## 次")
