"""The settings for web servers in docs/hosting.md: every server gets every header, and both languages agree."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from example_handbook import PROJECT

PAGES = {
    name: (PROJECT / "docs" / name).read_text(encoding="utf-8") for name in ("hosting.md", "hosting.ja.md")
}
SERVERS = ("apache", "nginx", "xml", "text")
KEPT_FOR_A_YEAR = "max-age=31536000, immutable"


def blocks(page: str) -> dict[str, str]:
    """The settings of each server, by the language of their block."""
    return dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))


def headers(page: str) -> dict[str, str]:
    return dict(re.findall(r"^\| ([A-Z][A-Za-z-]+) \| `([^`]+)` \|", page, re.MULTILINE))


def test_both_languages_have_the_same_settings() -> None:
    english, japanese = PAGES.values()
    assert blocks(english) == blocks(japanese)
    assert headers(english) == headers(japanese)
    assert len(headers(english)) == 5


@pytest.mark.parametrize("server", SERVERS)
def test_each_server_gets_each_header(server: str) -> None:
    settings = blocks(PAGES["hosting.md"])
    assert set(settings) == set(SERVERS)
    for name, value in headers(PAGES["hosting.md"]).items():
        assert name in settings[server]
        assert value in settings[server]


@pytest.mark.parametrize("server", ["apache", "nginx"])
def test_versions_are_kept_and_nothing_else(server: str) -> None:
    settings = blocks(PAGES["hosting.md"])[server]
    (pattern,) = re.findall(r"/\[0-9\][^\"#]*/", settings)
    assert KEPT_FOR_A_YEAR in settings
    for path in ("/1.2.0/ja/index.html", "/guide/1.10.0/"):
        assert re.search(pattern, path)
    for path in ("/latest/ja/index.html", "/versions.js", "/guide/index.html"):
        assert not re.search(pattern, path)


def test_the_settings_of_iis_are_xml() -> None:
    root = ET.fromstring(blocks(PAGES["hosting.md"])["xml"].encode())
    for version in root.iter("location"):
        assert KEPT_FOR_A_YEAR in {entry.get("value") for entry in version.iter("add")}
