"""``tebiki sources`` compares documents with their fingerprints, and asks nobody but the hosts of the documents."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_handbook import rewrite, tebiki
from static_server import serve

PAGE = "<html><head><script>let visit = {};</script></head><body class='v{}'><p>貸出の{}</p></body></html>"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "ordinance.pdf").write_bytes(b"%PDF-1.7 first")
    (folder / "notice.html").write_text(PAGE.format(1, 1, "案内"), encoding="utf-8")
    return folder


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    with serve(published) as address:
        yield address


@pytest.fixture
def handbook(minimal: Path, address: str) -> Path:
    """The example handbook with the fingerprints of two documents."""
    for source, file in (("doc-ordinance", "ordinance.pdf"), ("doc-notice-2026", "notice.html")):
        record(minimal, source, f"{address}/{file}")
    return minimal


def record(root: Path, source: str, address: str) -> None:
    register = root / "content/sources.yml"
    entry = f"  - id: {source}\n"
    text = register.read_text(encoding="utf-8")
    before, _, after = text.partition(entry)
    after = "\n".join(
        line for line in after.split("\n") if not line.startswith("    address: https://library")
    )
    register.write_text(f"{before}{entry}    address: {address}\n{after}", encoding="utf-8")
    printed = tebiki(root, "sources", "fingerprint", source, "--local").stdout
    assert "retrieved: 20" in printed
    lines = "".join(f"    {line}\n" for line in printed.splitlines())
    rewrite(register, f"    address: {address}\n", f"    address: {address}\n{lines}")


def test_what_is_as_it_was_is_not_listed(handbook: Path, published: Path) -> None:
    """Nor is a web page of which only the markup is another one."""
    (published / "notice.html").write_text(PAGE.format(2, 2, "案内"), encoding="utf-8")
    result = tebiki(handbook, "sources", "check", "--local")
    assert (result.exit_code, result.stdout.strip()) == (0, "")
    assert "2 documents compared, 0 not as they were" in result.stderr
    assert tebiki(handbook, "check").exit_code == 0


def test_what_changed_or_vanished_is_listed_with_what_rests_on_it(handbook: Path, published: Path) -> None:
    (published / "ordinance.pdf").unlink()
    (published / "notice.html").write_text(PAGE.format(1, 1, "中止"), encoding="utf-8")
    result = tebiki(handbook, "sources", "check", "--local", "--format", "json")
    assert result.exit_code == 1
    states = {entry["id"]: entry for entry in json.loads(result.stdout)}
    assert {name: entry["state"] for name, entry in states.items()} == {
        "doc-ordinance": "gone", "doc-notice-2026": "changed",
    }  # fmt: skip
    assert "reservation" in states["doc-notice-2026"]["uses"]
    text = tebiki(handbook, "sources", "check", "--local").stdout
    assert "doc-ordinance is no longer there: the host answers 404" in text
    assert "doc-notice-2026 has changed since 20" in text
    issue = tebiki(handbook, "sources", "check", "--local", "--format", "markdown").stdout
    assert issue.count("- [ ] ") == 2
    assert "`reservation`" in issue


def test_a_host_that_does_not_answer_is_said(handbook: Path, address: str) -> None:
    register = handbook / "content/sources.yml"
    rewrite(register, f"{address}/ordinance.pdf", "http://127.0.0.1:9/ordinance.pdf")
    result = tebiki(handbook, "sources", "check", "--local")
    assert result.exit_code == 1
    assert "doc-ordinance could not be fetched: " in result.stdout


def test_a_computer_of_ones_own_network_is_not_asked(handbook: Path) -> None:
    result = tebiki(handbook, "sources", "check")
    assert result.exit_code == 1
    assert result.stdout.count("the address leads into your own network") == 2


def test_a_redirect_leads_to_no_file(handbook: Path, address: str) -> None:
    class Redirects(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Redirects) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        rewrite(
            handbook / "content/sources.yml",
            f"{address}/ordinance.pdf",
            f"http://127.0.0.1:{server.server_port}/",
        )
        result = tebiki(handbook, "sources", "check", "--local")
        server.shutdown()
    assert "Redirection to url 'file:///etc/passwd' is not allowed" in result.stdout


@pytest.mark.parametrize(
    ("source", "reason"),
    [("no-such", "there is no source called no-such"), ("doc-ordinance-old", "has no address")],
)
def test_what_has_no_document_has_no_fingerprint(minimal: Path, source: str, reason: str) -> None:
    result = tebiki(minimal, "sources", "fingerprint", source)
    assert result.exit_code == 2
    assert reason in result.stderr
