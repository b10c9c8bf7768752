"""The vectors for merging, comparing and exporting, which also test TypeScript, are up to date."""

from __future__ import annotations

from vectors.make_joined import FILE, written


def test_the_vectors_are_what_python_makes() -> None:
    same = FILE.read_text(encoding="utf-8") == written()
    assert same, "run tests/vectors/make_joined.py"
