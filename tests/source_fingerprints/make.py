"""Write the fingerprints of source documents, whose text is not kept here.

PYTHONPATH=tests/support python tests/source_fingerprints/make.py FILE…
"""

from __future__ import annotations

import sys
from pathlib import Path

from source_text import FINGERPRINT_SIZE, fingerprints

FILE = Path(__file__).with_name("windows.bin")


def main(files: list[str]) -> None:
    """Write the sorted fingerprints of all windows of the files."""
    hashes: set[bytes] = set()
    for file in files:
        hashes |= set(fingerprints(Path(file).read_text(encoding="utf-8")))
    FILE.write_bytes(b"".join(sorted(hashes)))
    print(f"{len(hashes)} fingerprints of {FINGERPRINT_SIZE} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
