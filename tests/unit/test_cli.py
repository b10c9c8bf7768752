"""The command ``tebiki``: exit code 0 in order, 1 problems found, 2 used wrongly."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from english import english
from example_handbook import EXAMPLES, MINIMAL, rewrite, tebiki
from tebiki.cli.main import main
from tebiki.model.site_layout import MARKER
from tebiki.model.system_errors import operating_system_message


def test_a_handbook_in_order_is_0(minimal: Path) -> None:
    assert tebiki(minimal, "check").exit_code == 0


def test_an_error_is_1(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "kind: event", "kind: evnet")
    result = tebiki(minimal, "check")
    assert result.exit_code == 1
    assert result.stdout == "content/events.yml:2:1 kind there is no kind evnet; did you mean event?\n"
    assert result.stderr.startswith("1 problems in ")


def test_a_warning_is_1_too(minimal: Path) -> None:
    (minimal / "content/files").mkdir(exist_ok=True)
    (minimal / "content/files/unused.csv").write_text("a,b\n", encoding="utf-8")
    result = tebiki(minimal, "check")
    assert result.exit_code == 1
    assert "unused-file (warning)" in result.stdout


@pytest.mark.parametrize(("required", "exit_code"), [("", 0), ("require_current_translations: true\n", 1)])
def test_a_stale_translation_is_1_where_the_handbook_asks_for_it(
    minimal: Path, required: str, exit_code: int
) -> None:
    rewrite(minimal / "content/handbook.yml", "version: 1.2.0\n", f"version: 1.2.0\n{required}")
    rewrite(minimal / "content/events.yml", "ja: 新館が開きます。", "ja: 春に新館が開きます。")
    result = tebiki(minimal, "check")
    assert result.exit_code == exit_code
    assert "translation-stale (warning)" in result.stdout


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_nothing_wrong_in_every_format(minimal: Path, form: str) -> None:
    result = tebiki(minimal, "check", "--format", form)
    assert result.exit_code == 0
    assert result.stdout == ("[]\n" if form == "json" else "")


def test_json_can_be_read_by_a_program(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "planned: true", "planned: maybe")
    result = tebiki(minimal, "check", "--format", "json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)
    assert problem["message"] == 'planned: "maybe" should be boolean'


def test_github_gets_annotations(minimal: Path) -> None:
    rewrite(minimal / "content/events.yml", "planned: true", "planned: maybe")
    result = tebiki(minimal, "check", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "::error file=content/events.yml,line=8,col=5,title=schema,key=reading.schema.at-key,"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["check", "content/terms.yml"],
        ["chek"],
        ["build", "--lang", "fr"],
        ["build", "--lang", "ja", "--lang", "fr"],
        ["serve", "--port", "99999"],
        ["result", "check"],
        ["result", "check", "there-is-no-such-file.json"],
        ["result", "check", str(EXAMPLES)],
        ["translations", "confirm"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(minimal: Path, tmp_path: Path, arguments: list[str]) -> None:
    out = ["--out", str(tmp_path / "site")] if arguments[0] in ("build", "serve") else []
    result = tebiki(minimal, *arguments, *out)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("root", ["", "/nowhere/at/all"], ids=["no handbook there", "no such folder"])
def test_a_folder_without_a_handbook_is_2(tmp_path: Path, root: str) -> None:
    assert tebiki(Path(root) if root else tmp_path, "check").exit_code == 2


def test_help_is_0_and_names_the_commands() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for command in ("build", "check", "result", "serve", "translations"):
        assert f"  {command} " in result.output


def test_the_list_of_commands_imports_none_of_them() -> None:
    """A fact about imports, which stands for the time that the list takes (``make bench start``)."""
    listing = "import sys; from tebiki.cli.main import main; main(['--help'], standalone_mode=False)"
    output = subprocess.check_output([sys.executable, "-c", f"{listing}; print(*sys.modules)"], text=True)
    modules = set(output.splitlines()[-1].split())
    assert "tebiki.cli.main" in modules
    heavy = {"mkdocs", "jsonschema", "jsonschema_rs", "markdown", "yaml", "jinja2", "watchdog"}
    assert not modules & (heavy | {"tebiki.reading", "tebiki.cli.site", "tebiki.site.pipeline"})


def test_a_check_imports_only_what_a_handbook_without_mistakes_needs(minimal: Path) -> None:
    """A fact about imports, as above."""
    check = f"import sys; from tebiki.cli.main import main; main(['--root', {str(minimal)!r}, 'check'])"
    program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {check}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    modules = set(done.stdout.splitlines()[-1].split())
    assert {"tebiki.rules", "jsonschema_rs", "markdown"} <= modules
    assert not modules & {"mkdocs", "jinja2", "jsonschema", "pygments", "importlib.metadata"}
    assert not modules & {
        "tebiki.reading.schema_problems",
        "tebiki.reading.yaml_mistakes",
        "tebiki.compiling",
    }


def test_a_new_handbook_is_checked_without_markdown(tmp_path: Path) -> None:
    """A fact about imports, as above: its pages hold words and links only."""
    folder = tmp_path / "our-handbook"
    assert tebiki(tmp_path, "init", "our-handbook", "--lang", "ja,en").exit_code == 0
    check = f"import sys; from tebiki.cli.main import main; main(['--root', {str(folder)!r}, 'check'])"
    program = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {check}"
    output = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert "markdown" not in output.splitlines()[-1].split()


def test_the_processes_of_a_build_are_started_before_it_is_imported(minimal: Path) -> None:
    """A fact about imports, as above: what this process needs, it imports while the others import MkDocs."""
    program = (
        "import sys; from tebiki.cli.main import main; import tebiki.site.workers;"
        " tebiki.site.workers.subprocess.Popen = lambda *_, **_options: sys.exit(print(*sys.modules));"
        f" main(['--root', {str(minimal)!r}, 'build'])"
    )
    modules = set(subprocess.check_output([sys.executable, "-c", program], text=True).split())
    assert "tebiki.cli.build" in modules
    assert not modules & {
        "hashlib",
        "pickle",
        "tempfile",
        "yaml",
        "tebiki.site.pipeline",
        "tebiki.reading.load",
    }


def test_a_build_imports_only_what_reads_a_handbook_before_it_does() -> None:
    """A fact about imports, as above."""
    program = "import sys; import tebiki.cli.build_and_report; print(*sys.modules)"
    modules = set(subprocess.check_output([sys.executable, "-c", program], text=True).split())
    assert "tebiki.site.pipeline" in modules
    assert not modules & {"tebiki.editor", "tebiki.site.live_reload", "tebiki.site.live_workers"}
    # while these are imported, another process checks what has been read
    assert not modules & {"jinja2", "tebiki.compiling", "tebiki.site.open_data", "tebiki.site.postprocess"}


def test_the_site_is_in_the_folder_of_the_handbook(
    minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (minimal / "site").mkdir()
    (minimal / "site/cat.jpg").write_bytes(b"\xff\xd8")
    monkeypatch.chdir(tmp_path)  # as after `tebiki init`, which says: tebiki --root FOLDER serve
    result = tebiki(minimal, "build")
    assert result.exit_code == 2
    assert str(minimal / "site") in "".join(result.output.split())
    assert not (tmp_path / "site").exists()


def test_a_site_of_somebody_else_is_2_and_untouched(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/cat.jpg").write_bytes(b"\xff\xd8")
    result = tebiki(minimal, "build", "--out", tmp_path / "photos")
    assert result.exit_code == 2
    assert "was not made by tebiki" in result.stderr
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_results_are_not_judged_by_a_handbook_with_errors(minimal: Path) -> None:
    rewrite(minimal / "checklists/visitor-check/1.0.0.yml", "minutes: 3", "minutes: many")
    result = tebiki(minimal, "result", "check", EXAMPLES / "valid/results/complete.json")
    assert result.exit_code == 1
    assert result.stdout.startswith("checklists/visitor-check/1.0.0.yml:10:1 schema ")


def test_without_a_language_the_message_is_in_one_of_the_handbooks() -> None:
    result = tebiki(MINIMAL, "result", "check", EXAMPLES / "valid/results/complete.json")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS], ids=errno.errorcode.get
)
def test_room_and_permission_are_named_where_they_are_missing(code: int) -> None:
    message = english(operating_system_message(OSError(code, os.strerror(code), "content/terms.yml")))
    assert message.startswith(f"content/terms.yml: {os.strerror(code)}; ")
    assert message.endswith("make room or allow writing, and run the command again")


@pytest.mark.parametrize(
    "code",
    [errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EIO, errno.EMFILE],
    ids=errno.errorcode.get,
)
def test_any_other_error_is_only_what_it_is(code: int) -> None:
    error = OSError(code, os.strerror(code), "content/terms.yml")
    assert english(operating_system_message(error)) == f"content/terms.yml: {os.strerror(code)}"


def test_an_error_without_a_path_or_a_number_is_its_text() -> None:
    assert english(operating_system_message(OSError(errno.EIO, "Input/output error"))) == "Input/output error"
    assert english(operating_system_message(OSError("cannot copy"))) == "cannot copy"


def test_a_file_where_a_folder_should_be_is_1(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    marker = json.dumps({"handbook": "city-library", "version": "1.2.0"})
    (tmp_path / "site" / MARKER).write_text(marker, encoding="utf-8")
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "offline"
    result = tebiki(minimal, "offline", "--site", tmp_path / "site", "--out", out)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {out}: Not a directory\n"


@pytest.mark.parametrize(
    ("language", "word"), [("ja", "中断しました"), ("en", "interrupted"), ("", "interrupted")]
)
def test_ctrl_c_is_answered_in_the_language_of_the_person(language: str, word: str) -> None:
    """Also before the language is known."""
    choose = f"from tebiki.cli.terminal import use_language; use_language({language!r})" if language else ""
    script = f"""{choose}
import os, signal
from tebiki.__main__ import _interrupt
signal.signal(signal.SIGINT, _interrupt)
os.kill(os.getpid(), signal.SIGINT)
"""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr.decode().strip()) == (130, word)
