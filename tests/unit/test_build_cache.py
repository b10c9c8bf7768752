"""The cache of builds: what is damaged, foreign or too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tebiki.site.build_cache import BuildCache, cache_key


def test_an_entry_is_read_as_it_was_written(tmp_path: Path) -> None:
    BuildCache(tmp_path / "cache").put("key", b"content")
    assert BuildCache(tmp_path / "cache").get("key") == b"content"
    assert BuildCache(tmp_path / "cache").get("other") is None
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["key"]


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100])
def test_a_damaged_entry_is_none(tmp_path: Path, damage: bytes) -> None:
    cache = BuildCache(tmp_path)
    cache.put("key", b"content")
    (tmp_path / "key").write_bytes(damage)
    assert cache.get("key") is None


def test_a_cut_entry_is_none(tmp_path: Path) -> None:
    cache = BuildCache(tmp_path)
    cache.put("key", b"content")
    (tmp_path / "key").write_bytes((tmp_path / "key").read_bytes()[:-1])
    assert cache.get("key") is None


def test_a_folder_that_cannot_be_written_costs_the_cache_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    cache = BuildCache(tmp_path / "file" / "cache")
    cache.put("key", b"content")
    cache.prune()
    assert cache.get("key") is None


def test_what_was_not_used_for_longest_is_removed(tmp_path: Path) -> None:
    cache = BuildCache(tmp_path, max_bytes=500)
    for number in range(9):
        cache.put(str(number), bytes(100))
        os.utime(tmp_path / str(number), (number, number))
    cache.get("0")
    (tmp_path / ".new-of-a-killed-build").write_bytes(b"half")
    os.utime(tmp_path / ".new-of-a-killed-build", (0, 0))
    (tmp_path / ".new-of-a-running-build").write_bytes(b"half")
    size = (tmp_path / "0").stat().st_size
    BuildCache(tmp_path, max_bytes=4 * size).prune()
    assert {path.name for path in tmp_path.iterdir()} == {"0", "7", "8", ".new-of-a-running-build"}


def test_keys_tell_parts_apart() -> None:
    assert cache_key("ab", "c") == cache_key("ab", b"c")
    assert len({cache_key("ab", "c"), cache_key("a", "bc"), cache_key("abc"), cache_key("ab", "c", "")}) == 4


def test_it_is_in_the_cache_of_the_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEBIKI_CACHE", str(tmp_path / "account"))
    monkeypatch.chdir(tmp_path)  # as if it were a handbook
    BuildCache().put("key", b"content")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("key")] == ["account/pages/key"]
