from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import disks


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 256 kB."""
    with disks.small_disk(tmp_path / "tiny", 256) as disk:
        yield disk
