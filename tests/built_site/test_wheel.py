"""The wheel is everything: without a clone, Node.js or make, every command runs from it in an empty folder."""

from __future__ import annotations

import filecmp
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import urllib.request
import venv
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
import tebiki
from example_handbook import EXAMPLES, MINIMAL, PROJECT
from patience import SECONDS
from repository import SETTINGS, commit
from tebiki.cli.main import main

#: A megabyte, as the International System of Units counts it.
MAX_BYTES = 1_000_000
#: What is at the top of the package besides its modules.
FOLDERS = {"schemas.xz", "site_overrides", "browser", "locales.xz", "starter"}
COMPLETE = str(EXAMPLES / "valid/results/complete.json")
BEGUN = str(EXAMPLES / "valid/results/begun.json")
INVENTORY = "id,kind,source\nloan,term,def-loan-notice\nnotice-page-number,term,def-loan-notice\n"


@dataclass(frozen=True)
class Run:
    """One use of a command: what it has to print, and which files it has to write."""

    arguments: str
    output: str = ""
    files: tuple[str, ...] = ()
    exit_code: int = 0


#: Runs commands in one process, since a program takes half a second to start: a list of arguments each, as JSON, and
#: the exit code and the output of each.
RUNNER = """
import json, sys
from click.testing import CliRunner
from tebiki.cli.main import main
results = [CliRunner().invoke(main, arguments) for arguments in json.load(sys.stdin)]
json.dump([(result.exit_code, result.output + repr(result.exception)) for result in results], sys.stdout)
"""
#: In this order, in the folder of the handbook, a repository with the tag v1.2.0. ``serve`` has a test of its own.
RUNS = [
    Run("offline", "unpack it and open index.html", ("build/offline/*.zip",)),
    Run("search 貸出", "searching needs Node.js 20 or newer", exit_code=1),
    Run("publish 1.2.0 --site-url https://library.example.org/", "1.2.0 is on gh-pages"),
    Run("release check --against v1.2.0", "0 problems"),
    Run("diff v1.2.0"),
    Run("summary v1.2.0", "What this changes"),
    Run("impact def-loan-notice", "references to def-loan-notice"),
    Run("checklist template --out table.xlsx", files=("table.xlsx",)),
    Run(
        "checklist export visitor-check --to xlsx,csv,oscal --out lists",
        files=("lists/*.xlsx", "lists/*.csv"),
    ),
    Run("checklist import lists/visitor-check.1.0.0.csv", "no difference"),
    Run("table terms --out terms.xlsx", files=("terms.xlsx",)),
    Run("editor --package .", "has no editor", exit_code=2),
    Run("sources check", "0 documents compared"),
    Run("sources fingerprint doc-ordinance-old", "has no address", exit_code=2),
    Run("review --on 2027-04-01", "due on 2027-04-01"),
    Run("coverage inventory.csv"),
    Run("new term renewal", "content/terms"),
    Run("translations", "current"),
    Run("translations confirm --all", "texts confirmed"),
    Run(f"result check {COMPLETE} --lang en"),
    Run(f"result compare {BEGUN} {COMPLETE} --out out/compare.html", files=("out/compare.html",)),
    Run(f"result export {COMPLETE} --to csv,xlsx,html,md,oscal --out out", files=("out/*.xlsx", "out/*.md")),
    Run(f"result report {COMPLETE} --out out/report.html", files=("out/report.html",)),
    Run(f"result merge {BEGUN} {COMPLETE} --out merged/merged.json", files=("merged/merged.json",)),
    Run(f"result migrate {COMPLETE} --out merged"),
    Run("result pack merged -o lake", files=("lake/manifest*",)),
    Run("result query lake count.sql", "count"),
    Run("format --check", "files to format", exit_code=1),
    Run("result aggregate merged --out out/all.xlsx", files=("out/all.xlsx",)),
    Run(
        f"result fill {EXAMPLES}/valid/results/rows-incomplete.json --template workshop-plan-word -o filled.docx",
        files=("filled*",),
    ),
    Run("schemas --out ../schemas", files=("../schemas/term.schema.json",)),
    Run("init --lang ja,en ../our-handbook", files=("../our-handbook/.github/workflows/check.yml",)),
    Run("--root ../our-handbook check", "0 problems"),
    Run("--root ../our-handbook upgrade", "then run tebiki check"),
    Run("translations remove en", "commit first", exit_code=2),
    Run("init --from .@v1.2.0 ../branch", files=("../branch/overlay.yml",)),
    Run("--root ../branch upstream v1.2.0"),
]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and its sources, as ``make package`` builds them."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "--directory", str(folder)], PROJECT)
    return folder


@pytest.fixture(scope="module")
def environment(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The variables for an environment with the wheel and what it depends on, and with git, but without Node.js."""
    folder = tmp_path_factory.mktemp("environment")
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    builder.create(folder)
    context = builder.ensure_directories(folder)
    # the packages of this environment, without following the path to the sources of this repository
    libraries = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    Path(libraries, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run([context.env_exe, "-m", "pip", "install", *options, str(file_of(dist, "*.whl"))], folder)
    git = Path(shutil.which("git") or "")
    git_folder = git.parent
    if shutil.which("node", path=git_folder):
        git_folder = folder / "git"
        git_folder.mkdir()
        (git_folder / "git").symlink_to(git)
    variables = {
        **SETTINGS,
        "TEBIKI_LANG": "en",
        "PATH": os.pathsep.join([context.bin_path, str(git_folder)]),
        "PYTHONPATH": "",
    }
    package = run([context.env_exe, "-c", "import tebiki; print(tebiki.__file__)"], folder, variables)
    assert Path(package.strip()).is_relative_to(folder)
    return variables


def file_of(folder: Path, pattern: str) -> Path:
    (file,) = folder.glob(pattern)
    return file


def run(command: list[str], folder: Path, environment: Mapping[str, str] = os.environ, code: int = 0) -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    output = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == code, output
    return output


def program(environment: Mapping[str, str]) -> str:
    path = shutil.which("tebiki", path=environment["PATH"])
    assert path
    return path


def use(environment: Mapping[str, str], folder: Path, arguments: str, code: int = 0) -> str:
    """Run the installed program ``tebiki ARGUMENTS`` in ``folder``; return what it prints."""
    return run([program(environment), *arguments.split()], folder, environment, code)


def run_in_one_process(
    environment: Mapping[str, str], folder: Path, commands: list[str]
) -> list[tuple[int, str]]:
    """Run the commands with the installed package; return the exit code and the output of each."""
    python = shutil.which("python", path=environment["PATH"])
    assert python
    arguments = json.dumps([command.split() for command in commands])
    done = subprocess.run(
        [python, "-c", RUNNER],
        cwd=folder,
        env=environment,
        input=arguments,
        capture_output=True,
        text=True,
        check=True,
    )
    return [(exit_code, output) for exit_code, output in json.loads(done.stdout)]


def leaves(command: click.Command, name: str = "") -> Iterator[str]:
    """The names of the command and of all below it that do something."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            child = command.get_command(context, part)
            assert child
            yield from leaves(child, f"{name} {part}".strip())
    else:
        yield name


def test_the_wheel_is_small_and_has_every_folder(dist: Path) -> None:
    wheel = file_of(dist, "*.whl")
    assert wheel.stat().st_size <= MAX_BYTES
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[1] for name in names if name.startswith("tebiki/")} >= FOLDERS
    assert "tebiki/browser/build/search.mjs" in names
    packed = "tebiki/browser/build/bundles.xz"
    assert [name for name in names if "/bundles" in name] == [packed]
    bundles = json.loads(lzma.decompress(zipfile.ZipFile(wheel).read(packed)))
    assert {*bundles} == {file.name for file in (PROJECT / "browser/build/bundles").iterdir()}
    assert {name.split("/")[0] for name in names} == {"tebiki", f"tebiki-{tebiki.__version__}.dist-info"}


def test_the_sources_give_the_same_bytes_elsewhere(
    dist: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    """The second build has only the sources of the first, other times and another folder, and no Node.js."""
    with tarfile.open(file_of(dist, "*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    (sources,) = tmp_path.iterdir()
    for file in sources.rglob("*"):
        os.utime(file)
    again = tmp_path / "again"
    run([sys.executable, "-m", "hatchling", "build", "--directory", str(again)], sources, environment)
    names = sorted(file.name for file in dist.iterdir())
    assert len(names) == 2
    assert filecmp.cmpfiles(dist, again, names, shallow=False) == (names, [], [])


# one test, because the tests of a module are spread over processes, and each would build the site
def test_every_command_runs(environment: Mapping[str, str], site: Path, tmp_path: Path) -> None:
    assert shutil.which("node", path=environment["PATH"]) is None
    root = tmp_path / "handbook"
    shutil.copytree(MINIMAL, root, symlinks=True)
    (root / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    (root / "count.sql").write_text("SELECT count(*) AS count FROM assessments\n", encoding="utf-8")
    commit(root, tag="v1.2.0")
    use(environment, root, "build")
    assert differences(filecmp.dircmp(site, root / "site")) == []
    check_serve(environment, root)
    path = os.pathsep.join([environment["PATH"], os.environ["PATH"]])
    assert "貸出" in use({**environment, "PATH": path}, root, "search 貸出")
    assert f"tebiki {tebiki.__version__}" in use(environment, root, "--version")
    assert "0 problems" in use(environment, root, "check")
    used = {"build", "serve", "check"}
    outcomes = run_in_one_process(environment, root, [step.arguments for step in RUNS])
    for step, (exit_code, output) in zip(RUNS, outcomes, strict=True):
        assert exit_code == step.exit_code, (step.arguments, output)
        assert step.output in output, (step.arguments, output)
        for pattern in step.files:
            assert list(root.glob(pattern)), (step.arguments, pattern)
        words = re.sub(r"--root \S+ ", "", step.arguments).split()
        used |= {words[0], " ".join(words[:2])}
    assert set(leaves(main)) <= used
    code = "from tebiki.resources import BUNDLES; BUNDLES.with_suffix('.xz').unlink()"
    run([shutil.which("python", path=environment["PATH"]) or "", "-c", code], root, environment)
    assert "the scripts of forms and search are not in this installation" in use(
        environment, root, "build", 1
    )


def differences(compared: filecmp.dircmp[str]) -> list[str]:
    """Every file that is in one of two folders only or has other bytes."""
    _same, differ, errors = filecmp.cmpfiles(
        compared.left, compared.right, compared.common_files, shallow=False
    )
    here = [*compared.left_only, *compared.right_only, *differ, *errors]
    return here + [name for inside in compared.subdirs.values() for name in differences(inside)]


def check_serve(environment: Mapping[str, str], root: Path) -> None:
    command = [program(environment), "serve", "--port", "0"]
    variables = {**environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=root, env=variables, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            address = next(line.strip() for line in server.stdout if line.startswith("http://"))
            with urllib.request.urlopen(f"{address}ja/index.html", timeout=SECONDS) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
