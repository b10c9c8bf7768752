"""The guided path of this repository's handbook: its page, and its questions, options and ends."""

from __future__ import annotations

from example_handbook import PROJECT, loaded

PATH_PAGE = "self-check/does-it-apply.html"
PATH = next(item.data for item in loaded(PROJECT).items if item.id == "procedure-path")
