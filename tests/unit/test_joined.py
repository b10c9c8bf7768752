"""The vectors that merging, comparing and exporting are held to in TypeScript as well are up to date."""

from __future__ import annotations

from vectors.make_joined import FILE, written


def test_the_vectors_are_what_python_makes() -> None:
    same = FILE.read_text(encoding="utf-8") == written()
    assert same, "run tests/vectors/make_joined.py"
