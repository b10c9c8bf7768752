"""What an institution's handbook takes from the data of its upstream handbook, and what is its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from example_handbook import MINIMAL, loaded
from tebiki.model.diagnostics import Place
from tebiki.model.handbook import Handbook, Overlay
from tebiki.model.positions import YamlMap
from tebiki.reading.merge_overlay import merge_overlay

REQUIRED = {
    "id": "west", "title": {}, "description": {}, "version": "1.0.0", "date": "2026-04-01",
    "prefix": "west", "name": {}, "upstream": {},
}  # fmt: skip
UPSTREAM_ONLY = {
    "editor": {"host": "github", "repository": "hibari-library/guide", "branch": "main"},
    "repository": {
        "edit": "https://example.org/upstream/edit/",
        "report": "https://example.org/upstream/issues",
    },
}


def merged(own: dict[str, Any]) -> Handbook:
    """The handbook that an overlay.yml with ``own`` makes of the example, which names its repository."""
    at, data = Place("overlay.yml"), YamlMap()
    data.update(REQUIRED | own)
    data.positions.update(dict.fromkeys(data, (1, 1)))
    upstream = loaded(MINIMAL)
    upstream = replace(upstream, data={**upstream.data, **UPSTREAM_ONLY})
    return merge_overlay(upstream, Handbook(data, at, overlay=Overlay(data, at)))


def test_an_institution_gets_neither_the_editor_nor_the_repository_of_its_upstream() -> None:
    data = merged({}).data
    assert data["languages"] == loaded(MINIMAL).data["languages"]
    assert data.keys().isdisjoint(UPSTREAM_ONLY)


def test_pages_of_an_institution_lead_to_its_own_repository() -> None:
    repository = {"edit": "https://example.org/west/edit/"}
    assert merged({"repository": repository}).data["repository"] == repository
