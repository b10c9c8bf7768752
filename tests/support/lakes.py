"""Lakes that were changed after packing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import rfc8785
from tebiki.model.digest import digest


def one_manifest(lake: Path) -> Path:
    return next(lake.glob("manifest-*.json"))


def change_manifest(lake: Path, sealed: bool = True, **members: Any) -> None:
    (path,) = lake.glob("manifest-*.json")
    manifest = {**json.loads(path.read_bytes()), **members}
    manifest.pop("digest")
    path.write_bytes(rfc8785.dumps({**manifest, "digest": digest(manifest) if sealed else "sha256:0"}))


def forge(lake: Path, table: str, write: Callable[[Path], object]) -> str:
    """Let ``write`` replace a part by another file, and name that in the manifest; return its name."""
    manifest = json.loads(one_manifest(lake).read_bytes())
    (batch,) = manifest["batches"].values()
    old = next(name for name in sorted(batch) if name.startswith(f"{table}/"))
    write(lake / old)
    sha256 = hashlib.sha256((lake / old).read_bytes()).hexdigest()
    new = (lake / old).rename((lake / old).with_name(f"part-{sha256[:32]}.parquet"))
    name = new.relative_to(lake).as_posix()
    batch[name] = {**batch.pop(old), "sha256": sha256}
    change_manifest(lake, batches=manifest["batches"])
    return name


def select(query: str) -> Callable[[Path], object]:
    """Replace the rows of a part by those of a query over ``part``."""

    def write(path: Path) -> None:
        source = path.rename(path.with_suffix(".source"))
        with duckdb.connect() as database:
            rows = f"FROM read_parquet('{source}', hive_partitioning = false) AS part"
            database.execute(f"COPY (SELECT {query} {rows}) TO '{path}' (FORMAT parquet)")
        source.unlink()

    return write


def damage_rows(path: Path) -> None:
    """Change bytes of the data, but not those that describe the file."""
    content = bytearray(path.read_bytes())
    for place in range(4, len(content) // 4):
        content[place] ^= 255
    path.write_bytes(content)
