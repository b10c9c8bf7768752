"""Times in reports. The browser is tested with the same vectors."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tebiki.results.local_time import local_time

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/local-times.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _own_zone() -> Iterator[None]:
    yield
    time.tzset()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['zone']} {vector['time']}")
def test_reports_show_local_time_with_its_offset(
    vector: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", vector["zone"])
        time.tzset()
        assert local_time(vector["time"]) == vector["text"]
