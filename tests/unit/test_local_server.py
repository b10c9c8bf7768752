"""The server of ``tebiki serve``: whom it answers, what it refuses, and that nobody keeps it from others."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from patience import SECONDS
from tebiki.editor.folder import Editor
from tebiki.model.diagnostics import Diagnostic, Place
from tebiki.model.message import Message
from tebiki.site.live_reload import LiveReload
from tebiki.site.local_server import LocalServer


@contextlib.contextmanager
def serving(site: Path, editor: Editor | None = None, **limits: Any) -> Iterator[LocalServer]:
    with LocalServer(LiveReload(site, editor), 0, **limits) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("served") / "site"
    (site / "ja").mkdir(parents=True)
    (site / "index.html").write_text("front page", encoding="utf-8")
    (site / "ja" / "用語.html").write_text("用語", encoding="utf-8")
    (site.parent / "secret.html").write_text("secret", encoding="utf-8")
    (site.parent / "secret.txt").write_text("secret", encoding="utf-8")
    for name in ("secret.html", "secret.txt"):
        (site / "ja" / f"link-to-{name}").symlink_to(site.parent / name)
    return site


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[LocalServer]:
    with serving(site) as server:
        yield server


def connect(server: LocalServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), SECONDS)


def everything(connection: socket.socket) -> bytes:
    """What the server sends until it closes the connection."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def ask(
    server: LocalServer, target: bytes, host: bytes | None = b"localhost", method: bytes = b"GET"
) -> bytes:
    """Send a request as it stands, and return the whole answer."""
    head = b"" if host is None else b"Host: " + host + b"\r\n"
    with connect(server) as connection, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(method + b" " + target + b" HTTP/1.1\r\n" + head + b"\r\n")
        return everything(connection)
    return b""


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "host", [b"localhost", b"LocalHost:8000", b"127.0.0.1", b"127.0.0.1:80", b"[::1]:8000"]
)
def test_its_own_names(host: bytes, server: LocalServer) -> None:
    answer = ask(server, b"/", host)
    assert status(answer) == 200
    assert answer.endswith(b"front page")


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example", b"evil.example:8000", b"localhost.evil.example", b"127.0.0.1.evil.example", b"localhost@evil.example",
        b"0.0.0.0", b"127.0.0.2", b"2130706433", b"localhost:8000:1", b"localhost\r\nHost: evil.example", b"", None,
    ],
)  # fmt: skip
def test_a_foreign_name_is_refused(host: bytes | None, server: LocalServer) -> None:
    answer = ask(server, b"/", host)
    assert status(answer) == 421
    assert b"answers under the names 127.0.0.1 and localhost only" in answer
    assert b"front page" not in answer


@pytest.fixture(scope="module")
def editor_server(site: Path) -> Iterator[LocalServer]:
    files = {"index.html": b"<body>form</body>", "program/index.js": b"program"}
    with serving(site, Editor(files, "ja", "")) as server:
        yield server


def test_the_editor_shows_what_is_wrong_with_the_handbook(editor_server: LocalServer) -> None:
    answer = ask(editor_server, b"/admin/")
    assert b"<body>form<link" in answer
    assert b'src="/tebiki-serve/live_reload.js" data-version=""' in answer
    answer = ask(editor_server, b"/admin/program/index.js")
    assert b"Content-Type: text/javascript" in answer
    assert answer.endswith(b"program")


@pytest.mark.parametrize("target", [b"/admin/", b"/admin/config.json", b"/admin/program/index.js"])
def test_nobody_else_reads_the_editor(target: bytes, editor_server: LocalServer) -> None:
    answer = ask(editor_server, target, b"evil.example")
    assert status(answer) == 421
    assert b"<body>form" not in answer
    assert not answer.endswith(b"program")


@pytest.mark.parametrize("name", [b"secret.html", b"%2e%2e/secret.html", b"../secret.html", b"ja/", b""])
def test_the_editor_has_its_own_files_only(name: bytes, site: Path, editor_server: LocalServer) -> None:
    answer = ask(editor_server, b"/admin/" + name)
    assert status(answer) == (400 if b".." in name or b"%2e" in name else 404 if name else 200)
    with serving(site) as without:
        assert status(ask(without, b"/admin/" + name)) in (400, 404)


@pytest.mark.parametrize(
    "target",
    [
        b"/%00", b"/index.html%00", b"/\x00", b"/%0d%0aSet-Cookie:a", b"/%7f", b"/..", b"/../secret.html", b"/ja/../index.html",
        b"/%2e%2e/secret.html", b"/..%2fsecret.html", b"/.%2e/secret.html", b"/..%5csecret.html", b"/ja\\..\\index.html",
        b"/%5c", b"/C:/secret.html", b"//evil.example/", b"/ja//index.html", b"/%", b"/%2", b"/%zz", b"/%ff", b"/%c0%ae%c0%ae/",
        b"http://evil.example/", b"*", b"index.html", b"/" + b"a" * 2_000,
    ],
    ids=lambda target: repr(target[:30]),
)  # fmt: skip
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_an_odd_address_is_a_bad_request(target: bytes, method: bytes, server: LocalServer) -> None:
    answer = ask(server, target, method=method)
    assert status(answer) == 400
    assert b"secret" not in answer


def test_an_address_that_does_not_end(server: LocalServer) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET /".ljust(65_537, b"a"))  # one byte more than a line may have
        assert status(everything(connection)) == 400


@pytest.mark.parametrize("target", [b"/index.html?q=%zz", b"/#%", b"/ja/%E7%94%A8%E8%AA%9E.html"])
def test_an_ordinary_address(target: bytes, server: LocalServer) -> None:
    answer = ask(server, target)
    assert status(answer) == 200
    assert b"\r\nCache-Control: no-store\r\n" in answer
    assert b"\r\nX-Content-Type-Options: nosniff\r\n" in answer


def test_an_address_without_a_file(server: LocalServer) -> None:
    assert status(ask(server, b"/ja/nowhere.html")) == 404
    assert status(ask(server, b"/" + b"a" * 300)) == 404


def test_silent_clients_keep_nobody_waiting(site: Path) -> None:
    """One connection more than there may be closes the oldest."""
    with serving(site, max_connections=4) as server, contextlib.ExitStack() as stack:
        silent = [stack.enter_context(connect(server)) for _ in range(20)]
        assert status(ask(server, b"/")) == 200
        assert everything(silent[0]) == b""
        silent[-1].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert everything(silent[-1]).endswith(b"front page")


def test_a_slow_client_is_cut_off(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The limit counts from the start of the connection, however often a client sends a byte."""
    with serving(site, time_limit=0.3) as server, connect(server) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            while True:
                connection.sendall(b"G")
                connection.settimeout(0.05)
                with contextlib.suppress(TimeoutError):
                    assert connection.recv(1) == b""
                    break
        assert status(ask(server, b"/")) == 200
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("target", [b"/ja/link-to-secret.html", b"/ja/link-to-secret.txt"])
def test_a_link_out_of_the_site_leads_nowhere(target: bytes, server: LocalServer) -> None:
    answer = ask(server, target)
    assert status(answer) == 404
    assert b"secret" not in answer.partition(b"\r\n\r\n")[2]


FORM_PAGE = "<head><meta content=\"connect-src 'none'; form-action 'none'\"></head><body>form</body>"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The page of a form, the only one of a site."""
    page = tmp_path / "site" / "ja" / "form.html"
    page.parent.mkdir(parents=True)
    page.write_text(FORM_PAGE, encoding="utf-8")
    return page


def test_a_page_gets_the_script_and_may_connect_to_the_events(form: Path) -> None:
    with serving(form.parents[1]) as server:
        answer = ask(server, b"/ja/form.html", b"localhost:8000").decode()
        assert status(ask(server, b"/tebiki-serve/live_reload.js")) == 200
        assert status(ask(server, b"/tebiki-serve/live_reload.css")) == 200
        assert status(ask(server, b"/tebiki-serve/live_reload.py")) == 404
    assert "connect-src http://localhost:8000/tebiki-serve/events; form-action 'none'" in answer
    assert '<script src="/tebiki-serve/live_reload.js" ' in answer
    assert answer.endswith("</script></body>")
    assert form.read_text(encoding="utf-8") == FORM_PAGE


def test_events_say_what_has_changed(form: Path) -> None:
    live = LiveReload(form.parents[1])
    events = live.events("/ja/form.html")
    assert next(events) == b"retry: 300\n\n"
    first = json.loads(next(events).removeprefix(b"data: "))
    assert first["version"]
    assert (first["errors"], first["warnings"]) == ([], [])
    warning = Diagnostic(
        Place("content/a.yml", 2, 3), "rule", Message("common.text", text="a warning"), severity="warning"
    )
    live.report(
        [Diagnostic(Place("content/a.yml", 2, 3), "rule", Message("common.text", text="a mistake")), warning]
    )
    wrong = json.loads(next(events).removeprefix(b"data: "))
    assert wrong["version"] == first["version"]
    for severity, text in (("errors", "a mistake"), ("warnings", "a warning")):
        shown = [(problem["place"], problem["message"]) for problem in wrong[severity]]
        assert shown == [("content/a.yml:2:3", text)]
    form.write_text(FORM_PAGE.replace("form<", "another<"), encoding="utf-8")
    live.report([])
    mended = json.loads(next(events).removeprefix(b"data: "))
    assert mended["version"] not in ("", first["version"])
    assert mended["errors"] == []


@pytest.mark.parametrize(
    "page", ["/../secret.html", "/ja/link-to-secret.html", "/ja/\0.html", "", "/nowhere.html"]
)
def test_events_of_no_page(page: str, site: Path) -> None:
    events = LiveReload(site).events(page)
    next(events)
    assert json.loads(next(events).removeprefix(b"data: "))["version"] == ""


def test_events_are_refused_under_a_foreign_name(server: LocalServer) -> None:
    assert status(ask(server, b"/tebiki-serve/events?page=/index.html", b"evil.example")) == 421
    assert status(ask(server, b"/tebiki-serve/changes", b"evil.example")) == 421


def test_messages_are_in_the_language_of_the_person(form: Path) -> None:
    live = LiveReload(form.parents[1], language="ja")
    live.report([Diagnostic(Place("content/a.yml"), "empty", Message("reading.empty.nothing"))])
    events = live.events("/ja/form.html")
    next(events)
    (error,) = json.loads(next(events).removeprefix(b"data: "))["errors"]
    assert error["message"].startswith("ファイルに何も書かれていません。")
    with LocalServer(live, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        answer = ask(server, b"/ja/nowhere.html").decode()
        page = ask(server, b"/ja/form.html").decode()
        server.shutdown()
    assert 'data-errors="手引きに誤りがあるため、' in page
    assert "このアドレスには何もありません。" in answer
    assert '<html lang="ja">' in answer
